"""A client and her case, by receipt code: how it goes, messages to and fro, papers, a new code, an end to it.

Nothing here says what the case is about, who anybody is, or that somebody was asked: a phone may be in other hands.
"""

from http import HTTPStatus
from typing import Any, Final

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput, NotAllowed, TooLate
from core.model.cases.case import Case
from core.model.help.client_messages import ClientMessage
from core.model.help.receipts import code_in, grouped
from core.model.states import OPEN_CASE, CaseState
from core.services.help.messages import read_as_client, write_from_client
from core.services.help.receipts import GONE, REFUSED, Opened, close_visit, open_by_code, open_visit, renew_code
from core.services.help.requesting import stop_request
from core.store.cases.cases import find_case
from web.access.brake import TooManyTries
from web.access.sessions import chosen_language, help_cookie, help_token, language_cookie
from web.access.visiting import Visit, place_of
from web.addresses import Text
from web.frames.help import CLOSED, help_page, require_opened
from web.i18n import Readers, locales_for
from web.i18n import gettext as _
from web.pages.help.helping import CLIENTS, UNREADABLE, given_page, where_to
from web.surroundings import House, house_of
from web.words.help import READY_WORDS, STATUS_WORDS, STEP_OF, STEPS, flash_of
from web.words.times import Times, zone

CASE: Final = "/help/case"


@get("/help/code", opt=CLIENTS)
async def code_page(request: Visit) -> Template:
    """Where a code is typed."""
    return _code_form(request)


def _code_form(request: Visit, *, typed: str = "", error: str = "", status: int = 200) -> Template:
    return help_page(request, "code", title=_("What is your code?"), typed=typed, error=error, status=status)


@post("/help/code", opt=CLIENTS, status_code=200)
async def open_code(request: Visit) -> Template | Redirect:
    """Open a receipt. Whatever is wrong with 16 digits, the answer is the same; a place has so many tries."""
    house, typed = house_of(request.app), str((await request.form()).get("code", ""))
    code = code_in(typed)
    if not code:
        return _code_form(request, typed=typed[:40], error=_("A code has 16 digits."), status=UNREADABLE)
    try:
        with house.help_brake.trying(code, place_of(request), now=house.clock()):
            token = await open_by_code(code, now=house.clock())
    except TooManyTries:
        wait = _("Too many tries from here. Please try again in 15 minutes.")
        return _code_form(request, typed=grouped(code), error=wait, status=HTTPStatus.TOO_MANY_REQUESTS.value)
    except NotAllowed:
        return _code_form(request, typed=grouped(code), error=_(REFUSED), status=HTTPStatus.FORBIDDEN.value)
    opened = await open_visit(token, now=house.clock())
    if opened is None:
        raise TooLate(CLOSED)
    if before := help_token(request):
        await close_visit(before)
    return _led_on(request, opened, house)


def _led_on(request: Visit, opened: Opened, house: House) -> Redirect:
    """To where she was, in her language unless she has just chosen another one in this browser."""
    answer = Redirect(where_to(opened), status_code=303)
    answer.set_cookie(help_cookie(opened.token, house.settings))
    if not chosen_language(request) and opened.language in locales_for(Readers.CLIENTS):
        answer.set_cookie(language_cookie(opened.language, house.settings))
    return answer


async def _my_case(request: Visit) -> tuple[Opened, Case]:
    """The case that is open in this browser; TooLate where nothing is, or it was not sent yet."""
    opened = await require_opened(request)
    if opened.case is None:
        raise TooLate(GONE)
    return opened, await find_case(opened.case)


@get(CASE, opt=CLIENTS)
async def case_page(request: Visit, done: Text = "") -> Template | Redirect:
    """How it goes, and the messages."""
    opened = await require_opened(request)
    if opened.case is None:
        return Redirect(where_to(opened), status_code=303)
    return await _case(request, opened, flash=flash_of(done))


async def _case(request: Visit, opened: Opened, *, flash: str = "", typed: str = "", error: str = "") -> Template:
    house = house_of(request.app)
    case = await find_case(opened.case) if opened.case else None
    if case is None:
        raise TooLate(GONE)
    written = await read_as_client(opened, now=house.clock())
    title, coming = STATUS_WORDS[case.state]
    times = Times(house.clock(), zone(house.settings.timezone))
    return help_page(
        request,
        "case",
        opened=opened,
        here=CASE,
        title=_(title),
        next=_(coming),
        step=STEP_OF.get(case.state),
        steps=[_(words) for words in STEPS],
        written=[_message(one, times) for one in written],
        open=case.state in OPEN_CASE,
        flash=flash,
        typed=typed,
        error=error,
        status=UNREADABLE if error else 200,
    )


def _message(one: ClientMessage, times: Times) -> dict[str, Any]:
    text = _(READY_WORDS[one.ready]) if one.ready in READY_WORDS else one.text
    return {"mine": one.from_client, "when": times.day(one.written_at), "text": text}


@post("/help/case/write", opt=CLIENTS, status_code=200)
async def write(request: Visit) -> Template | Redirect:
    """Write to the programme."""
    opened, _case_of_hers = await _my_case(request)
    typed = str((await request.form()).get("text", ""))
    try:
        await write_from_client(opened, typed, now=house_of(request.app).clock())
    except (BadInput, TooLate) as problem:
        return await _case(request, opened, typed=typed, error=_(str(problem)))
    return Redirect(f"{CASE}?done=written", status_code=303)


@get("/help/case/code", opt=CLIENTS)
async def new_code_page(request: Visit) -> Template:
    """Whether she wants a new code."""
    opened, _case_of_hers = await _my_case(request)
    texts = [
        _("You get new digits, and the old ones do not work any more."),
        _("Do this if you lost the code, or if somebody else may have seen it."),
    ]
    title, label = _("Get a new code?"), _("Give me a new code")
    return help_page(request, "sure", opened=opened, title=title, texts=texts, action="/help/case/code", label=label)


@post("/help/case/code", opt=CLIENTS, status_code=200)
async def new_code(request: Visit) -> Template | Redirect:
    """Give a new code, told this once; whoever touched the button twice is asked again."""
    opened, _case_of_hers = await _my_case(request)
    try:
        code = await renew_code(opened, now=house_of(request.app).clock())
    except TooLate:
        return Redirect("/help/case/code", status_code=303)
    return given_page(request, opened, code, title=_("Your new code"), new=True)


@get("/help/case/stop", opt=CLIENTS)
async def stop_page(request: Visit) -> Template:
    """Whether she is sure."""
    opened, case = await _my_case(request)
    waits = _("We stop looking, and your place among those who wait is free for somebody else.")
    served = _("Your lawyer is told, and works for you no more. Talk to your lawyer before you do this.")
    erased = _("If you want your data to be erased as well, write us a message first.")
    texts = [served if case.state is CaseState.ENGAGED else waits, erased]
    title, label, action = _("You do not need help any more?"), _("Yes, stop my request"), "/help/case/stop"
    return help_page(request, "sure", opened=opened, title=title, texts=texts, action=action, label=label, danger=True)


@post("/help/case/stop", opt=CLIENTS)
async def stop(request: Visit) -> Redirect:
    """End the case at the client's wish; its team is released and told."""
    opened, _case_of_hers = await _my_case(request)
    await stop_request(opened, now=house_of(request.app).clock())
    return Redirect(CASE, status_code=303)


ROUTES = (code_page, open_code, case_page, write, new_code_page, new_code, stop_page, stop)
