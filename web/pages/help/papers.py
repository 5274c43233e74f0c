"""A client sends photos and papers: sealed as they come in, and never shown on her page again."""

from http import HTTPStatus
from typing import Final

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput
from core.model.cases.documents import DocumentKind, Origin
from core.model.states import OPEN_CASE
from core.services.casework.documents import MOST_FROM_CLIENT, Brought, add_from_client
from core.services.help.receipts import Opened
from core.store.cases.cases import find_case
from core.store.cases.documents import count_documents
from web.access.brake import TooManyTries
from web.access.roles import ANYONE, only
from web.access.visiting import Visit, place_of
from web.addresses import Text
from web.frames.help import help_page, require_opened
from web.i18n import Readers
from web.i18n import gettext as _
from web.pages.help.helping import CLIENTS, UNREADABLE, where_to
from web.streamed import StreamedForm, form_with_file
from web.surroundings import house_of
from web.words.help import PAPER_KINDS, flash_of

PAPERS: Final = "/help/case/papers"


@get(PAPERS, opt=CLIENTS)
async def papers_page(request: Visit, done: Text = "") -> Template | Redirect:
    """What can be sent, and how many papers she has sent."""
    opened = await require_opened(request)
    if not await _takes_papers(opened):
        return Redirect(where_to(opened), status_code=303)
    return await _page(request, opened, flash=flash_of(done))


async def _takes_papers(opened: Opened) -> bool:
    """Whether there is an open case that papers can be for."""
    return opened.case is not None and (await find_case(opened.case)).state in OPEN_CASE


async def _page(
    request: Visit, opened: Opened, *, flash: str = "", kind: str = "", error: str = "", status: int = UNREADABLE
) -> Template:
    sent = await count_documents(opened.case, Origin.CLIENT) if opened.case else 0
    return help_page(
        request,
        "papers",
        opened=opened,
        here=PAPERS,
        title=_("Send a photo or a paper"),
        kinds=[(str(kind), _(words)) for kind, words in PAPER_KINDS.items()],
        sent=sent,
        full=sent >= MOST_FROM_CLIENT,
        most=house_of(request.app).settings.document_mib,
        kind=kind,
        flash=flash,
        error=error,
        status=status if error else 200,
    )


@post(f"{PAPERS}/send", opt=only(ANYONE, streams=True, readers=Readers.CLIENTS), status_code=200)
async def send_paper(request: Visit) -> Template | Redirect:
    """Keep a paper as it comes in; what is wrong with one, or too many from one place, is told in her language."""
    opened, form, house = await require_opened(request), form_with_file(request), house_of(request.app)
    if opened.case is None or not await _takes_papers(opened):
        await form.drain()
        return Redirect(where_to(opened), status_code=303)
    kind = form.fields.get("kind", "")
    if not form.file_name:
        return await _page(request, opened, kind=kind, error=_("Choose a photo or a paper first."))
    most = house.settings.document_mib
    try:
        house.papers_brake.count(place_of(request), now=house.clock())
        await add_from_client(opened.case, form.read, _brought(kind, form), most_mib=most, now=house.clock())
    except TooManyTries:
        await form.drain()
        said = _("Very many papers came from here today. Nothing was kept. Please send this one tomorrow.")
        return await _page(request, opened, kind=kind, error=said, status=HTTPStatus.TOO_MANY_REQUESTS.value)
    except BadInput:
        await form.drain()
        said = _("This could not be taken. Send a photo or a PDF, at most %(num)s MB. Nothing was kept.")
        return await _page(request, opened, kind=kind, error=said % {"num": most})
    return Redirect(f"{PAPERS}?done=paper", status_code=303)


def _brought(kind: str, form: StreamedForm) -> Brought:
    return Brought(DocumentKind(kind) if kind in PAPER_KINDS else DocumentKind.OTHER, form.file_name)


ROUTES = (papers_page,)

UPLOADS = (send_paper,)
