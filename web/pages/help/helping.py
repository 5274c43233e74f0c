"""A client asks for help: first page, what she agrees to, one question a screen, a look at all of it, sending.

No account and no script are needed. What she answers is sealed so that nobody reads it before she sends it.
"""

from http import HTTPStatus
from typing import Any, Final

from litestar import get, post
from litestar.background_tasks import BackgroundTask
from litestar.params import FromPath
from litestar.response import Redirect, Template

from core.errors import NotFound, TooLate
from core.model.help.answering import wrong_with
from core.model.help.asking import BY_NAME, Question, after, asked, before, first_open, fitted, unanswered
from core.model.help.consents import consent_text
from core.model.help.receipts import grouped
from core.services.help.helping import DAYS_KEPT, begin_request, keep_answer, keep_language
from core.services.help.receipts import Opened, close_visit, renew_code
from core.services.help.requesting import send_request
from core.store.days import day_of
from web.access.roles import ANYONE, only
from web.access.sessions import help_cookie, help_token, language_cookie, no_language
from web.access.visiting import Visit, place_of
from web.addresses import Text
from web.frames.help import away, help_page, opened_in, require_opened, within
from web.i18n import Readers, locale, locales_for
from web.i18n import gettext as _
from web.shapes.clients.helping import answer_in, heading_of, question_item, told
from web.surroundings import house_of
from web.words.help import WRONG_WORDS

UNREADABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value
CLIENTS: Final = only(ANYONE, readers=Readers.CLIENTS)
CHECK: Final = "/help/check"
SENT: Final = "/help/case?done=sent"
Name = FromPath[str]


@get("/help", opt=CLIENTS)
async def help_start(request: Visit) -> Template:
    """What this is, in five lines, and where to begin. Asks the database nothing."""
    title = _("Free help with your immigration case")
    phone, begun = house_of(request.app).settings.help_phone, help_token(request) is not None
    return help_page(request, "start", form=False, title=title, phone=phone, begun=begun)


@get("/help/in/{language:str}", opt=CLIENTS)
async def choose_language(request: Visit, language: Name, back: Text = "") -> Redirect:
    """Read on in another language, remembered in this browser and with the receipt that is open in it."""
    if language not in locales_for(Readers.CLIENTS):
        raise NotFound(_("There is no such language here."))
    if (opened := await opened_in(request)) is not None:
        await keep_language(opened, language)
    answer = Redirect(within(back), status_code=303)
    answer.set_cookie(language_cookie(language, house_of(request.app).settings))
    return answer


@get("/help/data", opt=CLIENTS)
async def help_data(request: Visit) -> Template:
    """What happens with what a client tells."""
    opened = await opened_in(request)
    text = consent_text(locale())
    return help_page(
        request, "data", opened=opened, form=False, title=_("What happens with what I tell you"), text=text
    )


@get("/help/leave", opt=CLIENTS)
async def leave(request: Visit) -> Redirect:
    """The quick way out: another page is shown, and what is open here is closed.

    The answer does not wait for that: somebody may be coming, and the database may be busy.
    """
    settings = house_of(request.app).settings
    answer = away(request, settings.exit_url)
    answer.set_cookie(no_language(settings))
    if token := help_token(request):
        answer.background = BackgroundTask(close_visit, token)
    return answer


@post("/help/close", opt=CLIENTS)
async def close(request: Visit) -> Redirect:
    """Close what is open in this browser."""
    if token := help_token(request):
        await close_visit(token)
    return away(request, "/help")


@get("/help/begin", opt=CLIENTS)
async def begin_page(request: Visit) -> Template:
    """What she agrees to."""
    opened, title = await opened_in(request), _("Before you begin")
    return help_page(request, "begin", opened=opened, title=title, text=consent_text(locale()))


@post("/help/begin", opt=CLIENTS, status_code=200)
async def begin(request: Visit) -> Redirect:
    """Begin, and close what was open in this browser; TooManyTries where one place begins very many."""
    house, form = house_of(request.app), await request.form()
    house.help_brake.count(place_of(request), now=house.clock())
    token = await begin_request(str(form.get("version", "")), str(form.get("language", "")), now=house.clock())
    if earlier := help_token(request):
        await close_visit(earlier)
    answer = Redirect(f"/help/ask/{first_of({})}", status_code=303)
    answer.set_cookie(help_cookie(token, house.settings))
    return answer


def first_of(answers: dict[str, str]) -> str:
    """The name of the question that somebody goes on with; empty where she has seen all."""
    found = first_open(answers)
    return found.name if found else ""


@get("/help/go-on", opt=CLIENTS)
async def go_on(request: Visit) -> Redirect:
    """Where she was: the first question that she has not seen, the look at all of them, or her case."""
    opened = await require_opened(request)
    return Redirect(where_to(opened), status_code=303)


def where_to(opened: Opened) -> str:
    """The page that an open receipt is at."""
    if opened.case is not None:
        return "/help/case"
    name = first_of(opened.answers)
    return f"/help/ask/{name}" if name else CHECK


@get("/help/ask/{name:str}", opt=CLIENTS)
async def question_page(request: Visit, name: Name, checking: Text = "") -> Template | Redirect:
    """One question."""
    opened = await require_opened(request)
    question = BY_NAME.get(name)
    if question is None or opened.case is not None or question not in asked(opened.answers):
        return Redirect(where_to(opened), status_code=303)
    return _question(request, opened, question, checking=bool(checking))


def _question(
    request: Visit, opened: Opened, question: Question, *, checking: bool, answer: str | None = None, error: str = ""
) -> Template:
    """``checking``: she came from the look at all answers, and goes back there."""
    questions, earlier = asked(opened.answers), before(question.name, opened.answers)
    whole = checking and not unanswered(opened.answers)
    back = CHECK if whole else f"/help/ask/{earlier.name}" if earlier else "/help"
    return help_page(
        request,
        "ask",
        opened=opened,
        title=heading_of(question, opened.answers),
        question=question_item(fitted(question, opened.answers), opened.answers, answer),
        place=questions.index(question) + 1,
        all=len(questions),
        back=back,
        checking=checking,
        error=error,
        status=UNREADABLE if error else 200,
    )


@post("/help/ask/{name:str}", opt=CLIENTS, status_code=200)
async def answer_question(request: Visit, name: Name) -> Template | Redirect:
    """Keep the answer and go on; an empty one where the question may be skipped."""
    opened, question = await require_opened(request), BY_NAME.get(name)
    if question is None or opened.case is not None:
        return Redirect(where_to(opened), status_code=303)
    form = await request.form()
    checking = bool(form.get("checking"))
    answer = answer_in(question, form, [str(one) for one in form.getall("answer", [])])
    now = house_of(request.app).clock()
    if wrong := wrong_with(fitted(question, opened.answers), answer, day_of(now)):
        return _question(request, opened, question, checking=checking, answer=answer, error=_(WRONG_WORDS[wrong]))
    opened = await keep_answer(opened, name, answer, now=now)
    return Redirect(_next(opened, name, checking=checking), status_code=303)


def _next(opened: Opened, name: str, *, checking: bool) -> str:
    """After a change: back to the look at all of it, by way of what the new answer makes worth asking."""
    if checking:
        follows = first_open(opened.answers)
        return f"/help/ask/{follows.name}?checking=yes" if follows else CHECK
    follows = after(name, opened.answers)
    return f"/help/ask/{follows.name}" if follows else CHECK


@get("/help/pause", opt=CLIENTS)
async def pause_page(request: Visit) -> Template | Redirect:
    """How to stop here and come back."""
    opened = await require_opened(request)
    if opened.case is not None:
        return Redirect("/help/case", status_code=303)
    title = _("Stop here and go on later")
    return help_page(request, "pause", opened=opened, title=title, has_code=opened.has_code, days=DAYS_KEPT)


@post("/help/pause", opt=CLIENTS, status_code=200)
async def pause(request: Visit) -> Template | Redirect:
    """Give a code, told this once; whoever touched the button twice is told that there is one."""
    opened = await require_opened(request)
    if opened.case is not None:
        return Redirect("/help/case", status_code=303)
    try:
        code = await renew_code(opened, now=house_of(request.app).clock())
    except TooLate:
        return Redirect("/help/pause", status_code=303)
    return given_page(request, opened, code, title=_("You can stop now"))


def given_page(
    request: Visit, opened: Opened, code: str, *, title: str, sent: bool = False, new: bool = False
) -> Template:
    """The page that tells a code once; it offers no other language, since that would lose the code.

    ``sent``: the request has just been sent. ``new``: a case has a code instead of another one.
    """
    return help_page(
        request, "given", opened=opened, languages=False, title=title, code=grouped(code), sent=sent, new=new
    )


@get(CHECK, opt=CLIENTS)
async def check_page(request: Visit) -> Template | Redirect:
    """All answers, each with the way to change it; the first question that must be answered and is not, before that."""
    opened = await require_opened(request)
    if opened.case is not None:
        return Redirect("/help/case", status_code=303)
    if lacking := unanswered(opened.answers):
        return Redirect(f"/help/ask/{lacking[0].name}", status_code=303)
    return help_page(request, "check", opened=opened, title=_("Is this right?"), rows=_rows(opened))


def _rows(opened: Opened) -> list[dict[str, Any]]:
    return [
        {
            "heading": heading_of(question, opened.answers),
            "answer": told(question, opened.answers.get(question.name, "")),
            "href": f"/help/ask/{question.name}?checking=yes",
        }
        for question in asked(opened.answers)
    ]


@post("/help/send", opt=CLIENTS, status_code=200)
async def send(request: Visit) -> Template | Redirect:
    """Send it: from here on the programme can read it, and the code opens how it goes.

    Whoever sends it twice, since the button was touched twice or the answer got lost, may have seen no code: the page
    tells her how to get one.
    """
    opened, house = await require_opened(request), house_of(request.app)
    if opened.case is not None:
        return Redirect(SENT, status_code=303)
    if unanswered(opened.answers):
        return Redirect(CHECK, status_code=303)
    try:
        sent = await send_request(opened, language=locale(), clinic=house.clinic, now=house.clock())
        code = "" if sent.has_code else await renew_code(sent, now=house.clock())
    except TooLate:
        return Redirect(SENT, status_code=303)
    return given_page(request, sent, code, title=_("Thank you. We have your request"), sent=True)


ROUTES = (
    help_start,
    choose_language,
    help_data,
    leave,
    close,
    begin_page,
    begin,
    go_on,
    question_page,
    answer_question,
    pause_page,
    pause,
    check_page,
    send,
)
