"""Messages with the client of a case, her receipt code, and what she agreed to: for staff."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.model.help.client_messages import READY, ClientMessage
from core.model.help.consents import CURRENT, Consent, Manner
from core.model.help.receipts import grouped
from core.model.numbered_texts import LANGUAGES
from core.services.help.consents import record_consent
from core.services.help.messages import read_as_staff, write_to_client
from core.services.help.receipts import give_code
from core.store.cases.cases import find_case
from core.store.clients.consents import consents_of
from core.store.clients.receipts import receipt_of_case
from core.store.upkeep.erasing import is_reduced
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import Readers, locales_for
from web.i18n import gettext as _
from web.shapes.cases.case_tabs import case_head
from web.words.field import language_options
from web.words.help import READY_WORDS

PATH = "/cases/{key:uuid}/messages"


class Written(msgspec.Struct):
    """What the forms of this page send."""

    text: str = ""
    ready: str = ""
    language: str = ""


Form = Annotated[Written, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(PATH, opt=only(STAFF))
async def messages_page(frame: Framed, key: Key) -> Template:
    """What was written to and fro. That somebody read it goes into the disclosure log."""
    return await _page(frame, key)


async def _page(frame: Frame, key: Key, *, code: str = "") -> Template:
    case = await find_case(key)
    written = await read_as_staff(key, by=frame.by, now=frame.house.clock())
    receipt = await receipt_of_case(key)
    language = receipt["language"] if receipt else _language_of(case.languages)
    return frame.page(
        "casefile/messages.html",
        title=_title(written),
        **case_head(frame, case),
        written=[_item(frame, one) for one in written],
        ready=[(one, _(READY_WORDS[one])) for one in READY],
        code=grouped(code) if code else "",
        erased=await is_reduced(key),
        has_code=receipt is not None and receipt["mark"] is not None,
        language=language,
        reads=dict(language_options((language,))).get(language, language),
        languages=language_options(locales_for(Readers.CLIENTS)),
        consents=[_agreed(frame, one) for one in await consents_of(key)],
        consent={"version": CURRENT, "languages": language_options(LANGUAGES)},
    )


def _title(written: list[ClientMessage]) -> str:
    if not written:
        return _("No message yet")
    if written[-1].from_client:
        return _("The client has written last")
    return _("The programme has written last")


def _language_of(languages: tuple[str, ...]) -> str:
    """The language of her pages to begin with: the first of hers that they are in."""
    there = locales_for(Readers.CLIENTS)
    return next((tag for tag in languages if tag in there), "es" if "es" in there else there[0])


def _item(frame: Frame, one: ClientMessage) -> dict[str, Any]:
    read = one.read_at
    seen = _("read %(when)s") % {"when": frame.times.day(read)} if read else _("not read yet")
    return {
        "who": _("The client") if one.from_client else one.written_by,
        "when": frame.times.moment(one.written_at),
        "seen": "" if one.from_client else seen,
        "text": _(READY_WORDS[one.ready]) if one.ready else one.text,
        "mine": not one.from_client,
    }


def _agreed(frame: Frame, one: Consent) -> dict[str, str]:
    names = dict(language_options((one.language,)))
    said = _("Version %(version)s in %(language)s") % {"version": one.version, "language": names[one.language]}
    aloud = _("read to the client by %(who)s") % {"who": one.noted_by}
    how = _("read by the client") if one.manner is Manner.READ else aloud
    return {"text": said, "how": how, "when": frame.times.day(one.given_at)}


@post(f"{PATH}/write", opt=only(STAFF))
async def write_message(frame: Framed, key: Key, data: Form) -> Redirect:
    """Write to the client."""
    await write_to_client(key, text=data.text, ready=data.ready, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/messages", "client-told")


@post(f"{PATH}/code", opt=only(STAFF), status_code=200)
async def give_receipt_code(frame: Framed, key: Key, data: Form) -> Template:
    """Give the client a code: shown this once, to be read out to her."""
    language = data.language if data.language in locales_for(Readers.CLIENTS) else "en"
    code = await give_code(key, language=language, by=frame.by, now=frame.house.clock())
    return await _page(frame, key, code=code)


@post(f"{PATH}/consent", opt=only(STAFF))
async def note_consent(frame: Framed, key: Key, data: Form) -> Redirect:
    """Note that the text was read to her, in which language, and that she agreed."""
    await record_consent(key, CURRENT, data.language, manner=Manner.READ_TO, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/messages", "consent")


ROUTES = (messages_page, write_message, give_receipt_code, note_consent)
