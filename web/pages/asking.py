"""Asking the matcher beside a run: whom to recruit, and what if. The answer is worked out apart and kept."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.model.vocabulary import PracticeArea, SeatRole
from core.queries.listings import languages_waiting
from core.queries.people import languages_known, names_known
from core.queries.questions import Asked, asked_beside
from core.queries.runs import Run, find_run
from core.services import advising
from web.access import STAFF, only
from web.addresses import Key
from web.frame import Frame, Framed, onward
from web.pages.scenarios import Form, scenario
from web.shapes import questions as shapes
from web.shapes.runs import run_of
from web.words import language_options, options


def _page(frame: Frame, template: str, run: Run, asked: tuple[Asked, ...], **context: Any) -> Template:
    """What both pages show: the run, the question being worked out, and whether this matcher answers at all."""
    return frame.page(
        template,
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
    run, asked = await find_run(key), await asked_beside(key, advising.RECRUIT)
    answered = next((one for one in asked if not one.is_open), None)
    return _page(
        frame,
        "coordinator/recruit.html",
        run,
        asked,
        title=shapes.recruit_title(answered),
        answered=shapes.asked_item(answered, frame.times) if answered else None,
        kinds=[shapes.recruit_item(one, answered) for one in answered.recruit] if answered else [],
    )


@post("/runs/{key:uuid}/recruit", opt=only(STAFF))
async def ask_recruit(frame: Framed, key: Key) -> Redirect:
    """Ask whom to recruit."""
    await advising.ask_whom_to_recruit(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"/runs/{key}/recruit")


@get("/runs/{key:uuid}/what-if", opt=only(STAFF))
async def what_if_page(frame: Framed, key: Key) -> Template:
    """Suppose something, and see who would be served."""
    run, asked = await find_run(key), await asked_beside(key, advising.WHAT_IF)
    ended = [one for one in asked if not one.is_open]
    tags = sorted({*await languages_known(), *await languages_waiting()})
    return _page(
        frame,
        "coordinator/what_if.html",
        run,
        asked,
        title=shapes.what_if_title(ended[0] if ended else None),
        scenarios=[shapes.asked_item(one, frame.times) for one in ended],
        people=[name for name, _ref, _key in await names_known()],
        roles=options(SeatRole),
        areas=options(PracticeArea),
        languages=language_options(tuple(tags)),
    )


@post("/runs/{key:uuid}/what-if", opt=only(STAFF))
async def ask_what_if(frame: Framed, key: Key, data: Form) -> Redirect:
    """Ask what a scenario would change."""
    asked = scenario(data, _known(await names_known()))
    await advising.ask_what_if(key, asked, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"/runs/{key}/what-if")


def _known(people: tuple[tuple[str, str, UUID], ...]) -> dict[str, str]:
    """Ids by name and by reference; a name that several have leads to none of them."""
    known: dict[str, str] = {}
    for name, _ref, key in people:
        known[name.casefold()] = "" if name.casefold() in known else str(key)
    return known | {ref.casefold(): str(key) for _name, ref, key in people}


ROUTES = (recruit_page, ask_recruit, what_if_page, ask_what_if)
