"""What reports and panels may be asked about: made up, ordinary or odd."""

import random
from datetime import date, timedelta
from typing import Any, Final

from core.conformance.samples import LANGUAGES, PLACES, TODAY
from core.model.cases.urgency import Tier
from core.model.plugins.records import CaseRecord, MatchRecord, ReportFacts, RosterRecord, SeatRecord, VolunteerRecord
from core.model.states import CaseState, MatchState, SeatState
from core.model.vocabulary import Forum, PracticeArea, SeatRole, Standing, VolunteerRole

STARTS: Final = date(2025, 4, 1)
MANY: Final = 2_000
"""Cases of the sample by which a report's time is measured."""


def a_case_record(ref: str = "C-1", **given: Any) -> CaseRecord:
    """An asylum case at level 2 that waits since January; what is given replaces what is usual."""
    usual: dict[str, Any] = {
        "state": CaseState.WAITLISTED,
        "practice_area": PracticeArea.ASYLUM,
        "skill_level": 2,
        "languages": ("es",),
        "forum": Forum.USCIS,
        "received": date(2026, 1, 5),
        "waiting_since": date(2026, 1, 9),
        "county": "Bernalillo",
        "us_state": "NM",
    }
    return CaseRecord(ref=ref, **(usual | given))


def a_match_record(case: str = "C-1", **given: Any) -> MatchRecord:
    """An engaged match of a case with one attorney."""
    usual: dict[str, Any] = {
        "state": MatchState.ENGAGED,
        "approved": date(2026, 2, 2),
        "engaged": date(2026, 2, 20),
        "seats": (SeatRecord(SeatRole.ATTORNEY, "V-1", SeatState.ENGAGED),),
    }
    return MatchRecord(case=case, **(usual | given))


def a_roster_record(name: str = "our-bar", **given: Any) -> RosterRecord:
    """A roster of the New Mexico bar with 1,200 members in good standing and 30 who are suspended."""
    usual: dict[str, Any] = {
        "title": "Members of our bar",
        "bar": "NM",
        "members": {Standing.ACTIVE: 1200, Standing.SUSPENDED: 30},
    }
    return RosterRecord(name=name, **(usual | given))


def a_volunteer_record(ref: str = "V-1", **given: Any) -> VolunteerRecord:
    """An attorney in good standing who does asylum at level 2 and speaks English and Spanish."""
    usual: dict[str, Any] = {
        "roles": (VolunteerRole.ATTORNEY,),
        "joined": date(2025, 6, 1),
        "practice": {PracticeArea.ASYLUM: 2},
        "languages": {"en": 5.0, "es": 3.0},
        "bars": ("NM",),
        "standing": Standing.ACTIVE,
        "county": "Bernalillo",
        "us_state": "NM",
    }
    return VolunteerRecord(ref=ref, **(usual | given))


def some_facts(
    cases: tuple[CaseRecord, ...] = (),
    matches: tuple[MatchRecord, ...] = (),
    volunteers: tuple[VolunteerRecord, ...] = (),
    **given: Any,
) -> ReportFacts:
    """The facts of these cases, matches and volunteers, and of no others, for eleven months until ``TODAY``."""
    usual: dict[str, Any] = {"starts": STARTS, "ends": TODAY, "today": TODAY}
    return ReportFacts(cases=cases, matches=matches, volunteers=volunteers, **(usual | given))


def sample_facts(cases: int = 60) -> ReportFacts:
    """So many cases, made anew, with everything that occurs: no language, no county, no hours, every state."""
    chance = random.Random(20260302)  # noqa: S311 -- a sample, the same every time
    people = tuple(_some_volunteer(chance, f"V-{number}") for number in range(1, cases // 2 + 1))
    found = tuple(_some_case(chance, f"C-{number}") for number in range(1, cases + 1))
    refs = [person.ref for person in people]
    matches = tuple(_some_match(chance, case, refs) for case in found for _ in range(chance.choice((0, 1, 1, 2))))
    return some_facts(found, matches, people)


def _some_day(chance: random.Random) -> date:
    return TODAY - timedelta(days=chance.choice((0, 1, 40, 200, 3000)))


def _some_case(chance: random.Random, ref: str) -> CaseRecord:
    us_state, county = chance.choice(PLACES)
    state = chance.choice(list(CaseState))
    over = state in (CaseState.CLOSED, CaseState.DECLINED, CaseState.WITHDRAWN)
    return CaseRecord(
        ref=ref,
        state=state,
        practice_area=chance.choice(list(PracticeArea)),
        skill_level=chance.randint(1, 4),
        languages=tuple(chance.sample((*LANGUAGES, "qqq"), chance.choice((0, 1, 1, 2)))),
        forum=chance.choice(list(Forum)),
        received=_some_day(chance),
        tier=chance.choice(list(Tier)),
        detained=chance.random() < 0.2,
        county=county,
        us_state=us_state,
        attorneys=chance.choice((1, 1, 2)),
        hours=chance.choice((0.0, 10.0, 80.0)),
        interpreter_hours=chance.choice((None, 5.0)),
        deadline=chance.choice((None, TODAY - timedelta(days=3), TODAY + timedelta(days=4000))),
        waiting_since=chance.choice((None, _some_day(chance))),
        ended=_some_day(chance) if over else None,
        outcome="=1+1 asylum granted" if state is CaseState.CLOSED else "",
    )


def _some_match(chance: random.Random, case: CaseRecord, people: list[str]) -> MatchRecord:
    roles = [SeatRole.ATTORNEY, *(role for role in SeatRole if chance.random() < 0.3)]
    seats = (
        SeatRecord(role, chance.choice((*people, "")), chance.choice(list(SeatState)), chance.choice((None, 0.0, 12.5)))
        for role in roles
    )
    return MatchRecord(
        case=case.ref,
        state=chance.choice(list(MatchState)),
        approved=_some_day(chance),
        engaged=chance.choice((None, _some_day(chance))),
        ended=chance.choice((None, _some_day(chance))),
        seats=tuple(seats) if chance.random() < 0.9 else (),
    )


def _some_volunteer(chance: random.Random, ref: str) -> VolunteerRecord:
    us_state, county = chance.choice(PLACES)
    return VolunteerRecord(
        ref=ref,
        roles=tuple(chance.sample(list(VolunteerRole), chance.choice((0, 1, 2)))),
        joined=_some_day(chance),
        practice={area: chance.randint(1, 4) for area in chance.sample(list(PracticeArea), chance.randint(0, 3))},
        languages={tag: chance.choice((0.5, 3.0, 5.0)) for tag in chance.sample(LANGUAGES, chance.randint(0, 3))},
        bars=chance.choice(((), ("NM",), ("NM", "QQ"))),
        standing=chance.choice(list(Standing)),
        county=county,
        us_state=us_state,
        capacity_cases=chance.choice((0, 1, 3)),
        hours_a_month=chance.choice((None, 0.0, 20.0)),
    )
