"""The built-in scorers, by what they prefer."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.model.plans.snapshot import Held
from core.model.vocabulary import PracticeArea, SeatRole, VolunteerRole
from tests.plugins.asking import points
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

INTERPRETER = SeatRole.INTERPRETER
SEATS = (SeatRole.ATTORNEY, SeatRole.CO_COUNSEL)


def score(case: dict[str, Any], person: dict[str, Any], role: SeatRole = SeatRole.ATTORNEY) -> float:
    return sum(points(a_case(**case), a_volunteer(**person), role).values())


def test_a_higher_tier_outweighs_everything_below_it() -> None:
    nothing_else = {"practice": {PracticeArea.ASYLUM: 1}, "load": 1.0}
    everything = {
        "languages": {"es": 5.0},
        "county": "Taos",
        "us_state": "NM",
        "interests": (PracticeArea.ASYLUM,),
    }
    long_known = {"received": date(2020, 1, 1), "prior": ("V-1",), "proposed": (Held(SeatRole.ATTORNEY, "V-1"),)}
    near = {"county": "Taos", "us_state": "NM", "remote_ok": False}
    soon = {"deadline": TODAY + timedelta(days=60), "received": TODAY}
    assert score(soon, nothing_else) > score(long_known | near, everything)
    now = {"detained": True, "received": TODAY}
    assert score(now, nothing_else) > score(soon | long_known | near, everything)


def test_waiting_counts_up_to_two_years() -> None:
    waited = [points(a_case(received=TODAY - timedelta(days=days)), a_volunteer())["waiting"] for days in (0, 365, 730)]
    assert waited == [0.0, 100.0, 200.0]
    assert points(a_case(received=date(2020, 1, 1)), a_volunteer())["waiting"] == 200.0


def test_an_experienced_attorney_is_not_spent_on_a_simple_case() -> None:
    by_level = [score({"skill_level": 2}, {"practice": {PracticeArea.ASYLUM: level}}) for level in (1, 2, 3, 4)]
    assert by_level[1] > by_level[2] > by_level[3]
    assert by_level[1] > by_level[0]


@pytest.mark.parametrize(
    "better",
    [
        {"languages": {"en": 5.0, "es": 4.0}},
        {"interests": (PracticeArea.ASYLUM,)},
        {"county": "Bernalillo"},
        {"load": 0.0},
    ],
)
def test_language_interest_nearness_and_room_each_count(better: dict[str, Any]) -> None:
    usual: dict[str, Any] = {"county": "Lea", "us_state": "NM", "load": 0.5}
    case = {"county": "Bernalillo", "us_state": "NM"}
    assert score(case, usual | better) > score(case, usual)


@pytest.mark.parametrize("role", list(SeatRole))
def test_who_knows_the_client_or_is_already_proposed_is_preferred(role: SeatRole) -> None:
    assert score({"prior": ("V-1",)}, {}, role) > score({}, {}, role)
    assert score({"proposed": (Held(role, "V-1"),)}, {}, role) > score({}, {}, role)


def test_even_the_best_liked_interpreter_costs_something() -> None:
    place = {"county": "Taos", "us_state": "NM"}
    case = {"prior": ("V-1",), "proposed": (Held(INTERPRETER, "V-1"),), "remote_ok": False} | place
    assert score(case, {"roles": (VolunteerRole.INTERPRETER,), "load": 0.0} | place, INTERPRETER) < 0


def test_a_second_attorney_makes_no_case_count_twice() -> None:
    lead, second = (points(a_case(detained=True, attorneys=2), a_volunteer(), role) for role in SEATS)
    assert lead["urgency"] == 9000.0
    assert not {"urgency", "waiting"} & second.keys()
    assert sum(second.values()) < 200.0


@pytest.mark.parametrize("better", [{"languages": {"en": 5.0, "es": 4.0}}, {"practice": {PracticeArea.ASYLUM: 2}}])
def test_of_two_attorneys_the_better_fit_leads(better: dict[str, Any]) -> None:
    other = {"practice": {PracticeArea.ASYLUM: 1}}
    case = {"skill_level": 2, "languages": ("es",), "attorneys": 2}
    lead, second = SEATS
    best = score(case, other | better, lead) + score(case, other, second)
    assert best > score(case, other, lead) + score(case, other | better, second)
