"""How long clients are kept after their cases have ended: the decision, its history, what it reaches, what is held."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import WrongEntries
from core.model.clients.retention import MOST_YEARS, REASON, begins, in_force, read_years, to_come
from core.queries.privacy.keeping import held_cases, how_many_held, reduced_cases
from core.services.privacy.retaining import decide_retention, how_many_due, take_back
from core.store.clients import retention
from web.access.roles import STAFF, only
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.clients.retention import (
    SPANS,
    due_items,
    for_years,
    held_item,
    reduced_item,
    retention_title,
    rule_items,
)
from web.typed import given_back

PATH: Final = "/office/retention"
UNREADABLE: Final = 422
SHOWN: Final = 20


class Decision(msgspec.Struct):
    """How many years, and why; ``sure``: what it will do was shown."""

    years: str = ""
    reason: str = ""
    sure: str = ""


DecisionForm = Annotated[Decision, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(PATH, opt=only(STAFF))
async def retention_page(frame: Framed) -> Template:
    """What is decided, and what that reaches."""
    return await _page(frame, Decision(), {})


async def _page(
    frame: Frame, typed: Decision, errors: Mapping[str, str], preview: dict[str, Any] | None = None
) -> Template:
    rules, now = await retention.rules(), frame.times.now
    rule, later = in_force(rules, now), to_come(rules, now)
    held = await held_cases(SHOWN)
    due = await _due(rule.years, frame) if rule and rule.years else []
    return frame.page(
        "office/retention.html",
        status=UNREADABLE if errors else 200,
        title=retention_title(rules, frame.times),
        rules=rule_items(rules, frame.times),
        later=_later(frame, later.years, later) if later else None,
        due=due,
        reaches=any(one["value"] != "0" for one in due),
        held=[held_item(one, frame.times) for one in held],
        held_count=await how_many_held() if len(held) == SHOWN else len(held),
        reduced=[reduced_item(one, frame.times) for one in await reduced_cases(SHOWN)],
        preview=preview,
        most=MOST_YEARS,
        longest=REASON,
        **given_back(typed, errors),
    )


async def _due(years: int, frame: Frame) -> list[dict[str, Any]]:
    ahead = [await how_many_due(years, now=frame.times.now, within=span) for span in SPANS]
    return due_items(await how_many_due(years, now=frame.times.now), ahead)


def _later(frame: Frame, years: int | None, rule: Any) -> str:
    day = frame.times.day(rule.begins_at)
    return _("From %(day)s on clients are kept: %(long)s.") % {"day": day, "long": for_years(years)}


@post(PATH, opt=only(STAFF), status_code=200)
async def decide(frame: Framed, data: DecisionForm) -> Redirect | Template:
    """Decide; what would erase more is shown first, with how many cases that are."""
    now = frame.house.clock()
    try:
        years = read_years(data.years)
        if years is not None and not data.sure and (preview := await _preview(frame, years)):
            return await _page(frame, data, _unexplained(data), preview)
        await decide_retention(years, reason=data.reason, by=frame.by, now=now)
    except WrongEntries as problem:
        return await _page(frame, data, problem.errors)
    return onward(PATH, "retention")


async def _preview(frame: Frame, years: int) -> dict[str, Any] | None:
    """What a decision would do that erases more than what holds; None for any other."""
    now = frame.times.now
    begin = begins(years, in_force(await retention.rules(), now), now)
    if begin == now:
        return None
    due = await how_many_due(years, now=begin)
    return {"long": for_years(years), "day": frame.times.day(begin), "due": due}


def _unexplained(data: Decision) -> dict[str, str]:
    return {} if data.reason.strip() else {"reason": _("Write in a few words why.")}


@post(f"{PATH}/take-back", opt=only(STAFF))
async def take_decision_back(frame: Framed) -> Redirect:
    """Take back a decision that has not begun."""
    await take_back(by=frame.by, now=frame.house.clock())
    return onward(PATH, "retention-back")


ROUTES: tuple[Any, ...] = (retention_page, decide, take_decision_back)
