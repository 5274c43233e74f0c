"""Whether the client of a case may be served: the check, the decision of a person, and what was found before."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import BadInput, NotEligible
from core.model.cases.case import Case
from core.model.cases.eligibility import Exemption, Verdict, likely_exemptions
from core.model.cases.eligibility_checks import Check
from core.model.cases.poverty import guideline_on
from core.model.clients.client import ClientField, Purpose
from core.model.clients.households import Household, household_in
from core.model.states import OPEN_CASE, CaseState
from core.services.cases import eligibility, intake
from core.services.clients.disclosing import read_client
from core.store.cases.cases import find_case
from core.store.cases.eligibility import checks_of, thresholds_in_force
from web.access.roles import STAFF, only
from web.addresses import Key, chosen
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases import eligibility as shapes
from web.shapes.cases.case_tabs import case_head
from web.shapes.clients.client_form import PERIODS, Fields, line_in, several_in, told
from web.shapes.intake.place_reading import PlaceReader, county_choices, state_choices
from web.typed import given_back

UNREADABLE: Final = 422
PATH: Final = "/cases/{key:uuid}/eligibility"
TYPED: Final = ("us_state", "county", "persons", "income", "period")


class Decision(msgspec.Struct):
    """What a person decides, and why."""

    decided: str = ""
    reason: str = ""


DecisionForm = Annotated[Decision, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(PATH, opt=only(STAFF))
async def eligibility_page(frame: Framed, key: Key) -> Template:
    """What was found last, and the form to check again."""
    return await eligibility_form(frame, key)


async def eligibility_form(
    frame: Frame,
    key: UUID,
    *,
    typed: Fields | None = None,
    errors: dict[str, str] | None = None,
    decision: Decision | None = None,
    refused: str = "",
) -> Template:
    """The page with what was typed, and what is wrong with it."""
    now, errors = frame.house.clock(), errors or {}
    case, checks, kept = await find_case(key), await checks_of(key), await thresholds_in_force()
    known = await read_client(key, (ClientField.HOUSEHOLD,), purpose=Purpose.SCREENING, by=frame.by, now=now)
    household = household_in(known.get(ClientField.HOUSEHOLD, ""))
    last = checks[0] if checks else None
    guideline = guideline_on(frame.times.today, case.us_state)
    return frame.page(
        "casefile/eligibility.html",
        status=UNREADABLE if errors or refused else 200,
        **case_head(frame, case),
        title=shapes.title_for(case, last),
        is_open=case.state in OPEN_CASE,
        may_wait=case.state is CaseState.SCREENING and last is not None and last.decided is Verdict.ELIGIBLE,
        last=shapes.check_item(last, frame.times) if last else None,
        findings=shapes.finding_items(last.findings) if last else [],
        changed=last is not None and not last.stands_for(case),
        earlier=[shapes.check_item(check, frame.times) for check in checks[1:]],
        figures=shapes.household_lines(household, guideline, kept.asks.percent_for(case.practice_area)),
        overdue=guideline.year if guideline.is_overdue(frame.times.today) else None,
        thresholds=shapes.threshold_lines(kept, frame.times),
        decision=decision or Decision(),
        **_choices(case),
        **given_back(typed or _fields(case, household, last), errors, refused),
    )


def _choices(case: Case) -> dict[str, Any]:
    offered = [one for one in Exemption if one is not Exemption.DETAINED]
    return {
        "states": state_choices(),
        "known_counties": county_choices(),
        "periods": told(PERIODS),
        "exemptions": [(str(one), text) for one, text in zip(offered, map(_exemption, offered), strict=True)],
        "results": [(str(one), shapes.result_tag(one)["label"]) for one in (Verdict.ELIGIBLE, Verdict.INELIGIBLE)],
    }


def _exemption(one: Exemption) -> str:
    text = dict(told(shapes.EXEMPTIONS))[str(one)]
    return text[:1].upper() + text[1:]


def _fields(case: Case, household: Household, last: Check | None) -> Fields:
    exemptions = last.rests_on.exemptions if last else likely_exemptions(case)
    return {
        "us_state": case.us_state,
        "county": case.county,
        "persons": "" if household.persons is None else str(household.persons),
        "income": "" if household.income is None else f"{household.income:f}",
        "period": str(household.period),
        "exemptions": [str(one) for one in exemptions],
    }


@post(PATH, opt=only(STAFF), status_code=200)
async def check(frame: Framed, key: Key) -> Redirect | Template:
    """Keep the place and the household, and ask the thresholds."""
    form = await frame.visit.form()
    if any(name not in form for name in TYPED):
        raise BadInput(_("This form is not whole. Load the page again."))
    typed = {name: line_in(form, name) for name in TYPED} | {"exemptions": several_in(form, "exemptions")}
    reader = PlaceReader(typed, frame.times.today)
    place, household = reader.place(), reader.household()
    if reader.errors:
        return await eligibility_form(frame, key, typed=typed, errors=reader.errors)
    exemptions = tuple(one for one in Exemption if one in typed["exemptions"])
    now = frame.house.clock()
    await intake.check_where_she_lives(key, place, household=household, exemptions=exemptions, by=frame.by, now=now)
    return onward(f"/cases/{key}/eligibility", "eligibility-checked")


@post(f"{PATH}/decide", opt=only(STAFF), status_code=200)
async def decide(frame: Framed, key: Key, data: DecisionForm) -> Redirect | Template:
    """Decide whatever the thresholds say, with a reason."""
    try:
        decided = chosen(Verdict, data.decided) or Verdict.UNKNOWN
        await eligibility.decide_otherwise(key, decided, reason=data.reason, by=frame.by, now=frame.house.clock())
    except BadInput as problem:
        name = "reason" if data.decided else "decided"
        return await eligibility_form(frame, key, errors={name: str(problem)}, decision=data)
    return onward(f"/cases/{key}/eligibility", "eligibility-decided")


async def refused_for(frame: Frame, key: UUID, problem: NotEligible) -> Template:
    """The page where a case could not be put on the waitlist, with why."""
    return await eligibility_form(frame, key, refused=str(problem))


ROUTES = (eligibility_page, check, decide)
