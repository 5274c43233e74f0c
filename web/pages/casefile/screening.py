"""What a coordinator does with a case before it has a team: screen, put on the waitlist, decline, end."""

from litestar import post
from litestar.response import Redirect, Template

from core.errors import NotEligible, WrongEntries
from core.services.cases import intake
from core.services.cases.answering import require_answers
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Framed, onward
from web.pages.casefile.answers import answers_form
from web.pages.casefile.eligibility import refused_for
from web.pages.matches.engagements import Form, written


@post("/cases/{key:uuid}/screen", opt=only(STAFF))
async def screen(frame: Framed, key: Key) -> Redirect:
    """Begin screening: the waiting time runs from here."""
    await intake.begin_screening(key, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}", "moved")


@post("/cases/{key:uuid}/waitlist", opt=only(STAFF), status_code=200)
async def waitlist(frame: Framed, key: Key) -> Redirect | Template:
    """Put a screened case on the waitlist; where something must be answered or checked first, that page is shown."""
    try:
        await require_answers(key, clinic=frame.house.clinic)
    except WrongEntries as problem:
        return await answers_form(frame, key, {}, problem.errors)
    try:
        await intake.waitlist_case(key, by=frame.by, now=frame.house.clock())
    except NotEligible as problem:
        return await refused_for(frame, key, problem)
    return onward(f"/cases/{key}", "moved")


@post("/cases/{key:uuid}/turn-down", opt=only(STAFF))
async def turn_down(frame: Framed, key: Key, data: Form) -> Redirect:
    """Decline a case at screening, with its reason."""
    await intake.decline_case(key, reason=written(data, 200), by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}", "moved")


@post("/cases/{key:uuid}/withdraw", opt=only(STAFF))
async def withdraw(frame: Framed, key: Key, data: Form) -> Redirect:
    """End an open case; its team is released and told."""
    await intake.withdraw_case(key, reason=written(data, 200), by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}", "moved")


ROUTES = (screen, waitlist, turn_down, withdraw)
