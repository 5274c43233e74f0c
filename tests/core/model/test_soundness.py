"""A plan is checked before anything of it is saved."""

from typing import Any

import pytest

from core.model.plans.snapshot import Held, Snapshot
from core.model.plans.soundness import faults
from core.model.plans.teams import Plan, Reserve, SeatPlan, TeamPlan, Unmatched
from core.model.vocabulary import SeatRole
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

ATTORNEY, CO_COUNSEL, INTERPRETER, MENTOR = SeatRole
WORLD = Snapshot(
    TODAY,
    (a_case("C-1"), a_case("C-2", interpreter_hours=10.0), a_case("C-3", attorneys=2)),
    (a_volunteer("V-1"), a_volunteer("V-2", capacity_hours=15.0), a_volunteer("V-3", capacity_cases=2)),
)


def a_plan(*teams: TeamPlan, **given: Any) -> Plan:
    usual: dict[str, Any] = {"status": "optimal", "objective": 1.0, "bound": 1.0, "gap": 0.0, "seconds": 0.1}
    return Plan(teams=teams, **(usual | given))


def a_team(case: str, *seats: tuple[SeatRole, str], score: float = 1.0, **given: Any) -> TeamPlan:
    return TeamPlan(case, tuple(SeatPlan(role, person, score, **given) for role, person in seats), score)


def test_a_sound_plan_has_no_faults() -> None:
    plan = a_plan(
        a_team("C-1", (ATTORNEY, "V-1")), a_team("C-2", (ATTORNEY, "V-3"), (INTERPRETER, "V-2"), (MENTOR, "V-1"))
    )

    assert list(faults(plan, WORLD)) == []


NAN, INFINITY = float("nan"), float("inf")
BAD: list[tuple[Plan, str]] = [
    (a_plan(a_team("C-3", (ATTORNEY, "V-1"))), "Case C-3 has 0 co-counsel; it asks for 1."),
    (a_plan(a_team("C-1", (ATTORNEY, "V-1"), (CO_COUNSEL, "V-3"))), "Case C-1 has 1 co-counsel; it asks for 0."),
    (
        a_plan(a_team("C-3", (ATTORNEY, "V-3"), (CO_COUNSEL, "V-2"))),
        "Volunteer V-2 is given 40 hours and is free for 15.",
    ),
    (a_plan(status="great"), "The status is “great”; it must be one of optimal, feasible, empty."),
    (a_plan(bound=INFINITY), "A score or figure is not a finite number."),
    (a_plan(a_team("C-1", (ATTORNEY, "V-1"), score=NAN)), "A score or figure is not a finite number."),
    (a_plan(a_team("C-1", (ATTORNEY, "V-1"), scores={"tier": NAN})), "A score or figure is not a finite number."),
    (a_plan(a_team("C-1", (ATTORNEY, "V-1"), reserves=(Reserve("V-8", 1.0),))), "There is no volunteer V-8."),
    (a_plan(a_team("C-1", (ATTORNEY, "V-9"))), "There is no volunteer V-9."),
    (a_plan(a_team("C-9", (ATTORNEY, "V-1"))), "There is no case C-9."),
    (a_plan(unmatched=(Unmatched("C-9", "skill", ""),)), "There is no case C-9."),
    (a_plan(a_team("C-1", (ATTORNEY, "V-1")), a_team("C-1", (ATTORNEY, "V-3"))), "Case C-1 comes 2 times."),
    (
        a_plan(a_team("C-1", (ATTORNEY, "V-1")), unmatched=(Unmatched("C-1", "skill", ""),)),
        "Case C-1 comes 2 times.",
    ),
    (a_plan(a_team("C-1", (INTERPRETER, "V-1"))), "Case C-1 has 0 attorneys instead of one."),
    (a_plan(a_team("C-1", (ATTORNEY, "V-3"), (INTERPRETER, "V-3"))), "Case C-1 has one person in two seats."),
    (
        a_plan(a_team("C-1", (ATTORNEY, "V-1")), a_team("C-2", (ATTORNEY, "V-1"))),
        "Volunteer V-1 is given 2 cases and is free for 1.",
    ),
    (
        a_plan(a_team("C-1", (ATTORNEY, "V-1"), (MENTOR, "V-3")), a_team("C-2", (ATTORNEY, "V-3"), (MENTOR, "V-1"))),
        "",
    ),
    (a_plan(a_team("C-1", (ATTORNEY, "V-2"))), "Volunteer V-2 is given 40 hours and is free for 15."),
]


@pytest.mark.parametrize(("plan", "fault"), BAD)
def test_a_plan_that_makes_no_sense_is_told_what_is_wrong(plan: Plan, fault: str) -> None:
    assert list(faults(plan, WORLD)) == ([fault] if fault else [])


def test_a_settled_seat_may_exceed_what_is_free_and_nothing_may_come_on_top() -> None:
    pinned = a_case("C-1", pinned=(Held(ATTORNEY, "V-1"),))
    world = Snapshot(TODAY, (pinned, a_case("C-2")), (a_volunteer("V-1", capacity_cases=0),))
    one = a_team("C-1", (ATTORNEY, "V-1"))

    assert list(faults(a_plan(one), world)) == []
    assert list(faults(a_plan(one, a_team("C-2", (ATTORNEY, "V-1"))), world)) == [
        "Volunteer V-1 is given 2 cases and is free for 0."
    ]
