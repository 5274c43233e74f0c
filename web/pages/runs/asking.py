"""Asking the matcher beside a run: whom to recruit, and what if. The answer is worked out apart and kept."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import TooLate, WrongEntries
from core.model.vocabulary import PracticeArea, seats_of
from core.queries.cases.listings import languages_waiting
from core.queries.runs.questions import Asked, asked_beside
from core.queries.runs.results import Run, find_run
from core.queries.volunteers.people import languages_known, names_known
from core.services.runs import advising
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.pages.runs.scenarios import Form, Supposed, scenario
from web.shapes.runs import questions as shapes
from web.shapes.runs.board import run_of
from web.typed import given_back
from web.words.field import language_options, options, word

CONFLICT: Final = HTTPStatus.CONFLICT.value
UNREADABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value


def _page(
    frame: Frame, template: str, run: Run, asked: tuple[Asked, ...], *, status: int = 200, **context: Any
) -> Template:
    """What both pages show: the run, the question being worked out, and whether this matcher answers at all."""
    return frame.page(
        template,
        status=status,
        run=run,
        kicker=run_of(run, frame.times),
        back=f"/runs/{run.id}",
        open=next((shapes.asked_item(one, frame.times) for one in asked if one.is_open), None),
        answers=advising.answers(run.matcher, frame.house.clinic),
        **context,
    )


@get("/runs/{key:uuid}/recruit", opt=only(STAFF))
async def recruit_page(frame: Framed, key: Key) -> Template:
    """Which kinds of volunteer would free most cases."""
    return await _recruit(frame, key)


async def _recruit(frame: Frame, key: UUID, *, refused: str = "") -> Template:
    run, asked = await find_run(key), await asked_beside(key, advising.RECRUIT)
    answered = next((one for one in asked if not one.is_open), None)
    return _page(
        frame,
        "runs/recruit.html",
        run,
        asked,
        status=CONFLICT if refused else 200,
        refused=refused,
        title=shapes.recruit_title(answered),
        answered=shapes.asked_item(answered, frame.times) if answered else None,
        kinds=[shapes.recruit_item(one, answered) for one in answered.recruit] if answered else [],
    )


@post("/runs/{key:uuid}/recruit", opt=only(STAFF), status_code=200)
async def ask_recruit(frame: Framed, key: Key) -> Redirect | Template:
    """Ask whom to recruit; where that cannot be asked now, the page says why."""
    try:
        await advising.ask_whom_to_recruit(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    except TooLate as problem:
        return await _recruit(frame, key, refused=str(problem))
    return onward(f"/runs/{key}/recruit")


@get("/runs/{key:uuid}/what-if", opt=only(STAFF))
async def what_if_page(frame: Framed, key: Key) -> Template:
    """Suppose something, and see who would be served."""
    return await _what_if(frame, key, given_back(Supposed(), {}))


async def _what_if(frame: Frame, key: UUID, form: dict[str, Any], status: int = 200) -> Template:
    run, asked = await find_run(key), await asked_beside(key, advising.WHAT_IF)
    ended = [one for one in asked if not one.is_open]
    tags = sorted({*await languages_known(), *await languages_waiting()})
    return _page(
        frame,
        "runs/what_if.html",
        run,
        asked,
        status=status,
        title=shapes.what_if_title(ended[0] if ended else None),
        scenarios=[shapes.asked_item(one, frame.times) for one in ended],
        people=[name for name, _ref, _key in await names_known()],
        roles=[(str(one), word(one)) for one in seats_of(1)],
        areas=options(PracticeArea),
        languages=language_options(tuple(tags)),
        **form,
    )


@post("/runs/{key:uuid}/what-if", opt=only(STAFF), status_code=200)
async def ask_what_if(frame: Framed, key: Key, data: Form) -> Redirect | Template:
    """Ask what a scenario would change; a form that cannot be read comes back as it was, with what would be right."""
    try:
        asked = scenario(data, _known(await names_known()))
        await advising.ask_what_if(key, asked, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    except WrongEntries as problem:
        return await _what_if(frame, key, given_back(data, problem.errors), UNREADABLE)
    except TooLate as problem:
        return await _what_if(frame, key, given_back(data, {}, str(problem)), CONFLICT)
    return onward(f"/runs/{key}/what-if")


def _known(people: tuple[tuple[str, str, UUID], ...]) -> dict[str, str]:
    """Ids by name and by reference; a name that several have leads to none of them."""
    known: dict[str, str] = {}
    for name, _ref, key in people:
        known[name.casefold()] = "" if name.casefold() in known else str(key)
    return known | {ref.casefold(): str(key) for _name, ref, key in people}


ROUTES = (recruit_page, ask_recruit, what_if_page, ask_what_if)
