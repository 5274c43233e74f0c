"""The whole matcher: why these teams, why not those cases, and the same again on a second run."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import World
from core.model.plans.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.plans.soundness import faults
from core.model.plans.teams import Plan, Progress, TeamPlan, Unmatched
from core.model.vocabulary import Forum, PracticeArea, SeatRole, Standing, VolunteerRole
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

INTERPRETERS = (VolunteerRole.INTERPRETER,)


def planned(
    cases: list[CaseFacts], people: list[VolunteerFacts], told: list[Progress] | None = None, seed: int = 1
) -> Plan:
    snapshot = Snapshot(TODAY, tuple(cases), tuple(people))
    host = builtin()
    heard = told if told is not None else []
    plan = host.matcher("joint").propose(
        snapshot, host.rules(), host.scorers(), seed=seed, time_limit=60.0, report=heard.append
    )
    assert list(faults(plan, snapshot)) == []
    return plan


def seats(team: TeamPlan) -> list[tuple[str, str, str, str]]:
    return [(seat.role.value, seat.volunteer, seat.from_language, seat.to_language) for seat in team.seats]


def interpreter(ref: str, *pairs: tuple[str, str], **given: Any) -> VolunteerFacts:
    return a_volunteer(ref, roles=INTERPRETERS, interprets=pairs, bars=(), practice={}, **given)


def test_a_client_who_speaks_only_mam_gets_an_interpreter_to_spanish_and_an_attorney_who_speaks_it() -> None:
    """Scenario 1: no Mam-English interpreter, an attorney with Spanish."""
    people = [a_volunteer("A-1", languages={"en": 5.0, "es": 4.0}), interpreter("I-1", ("mam", "es"))]
    (team,) = planned([a_case(languages=("mam",))], people).teams
    assert seats(team) == [("attorney", "A-1", "", ""), ("interpreter", "I-1", "mam", "es")]


def test_a_client_who_speaks_only_mam_gets_a_relay_pair_where_no_attorney_speaks_spanish() -> None:
    """Scenario 1: no Mam-English interpreter, nobody with Spanish."""
    people = [a_volunteer("A-1"), interpreter("I-2", ("es", "en")), interpreter("I-1", ("mam", "es"))]
    (team,) = planned([a_case(languages=("mam",))], people).teams
    assert seats(team) == [
        ("attorney", "A-1", "", ""),
        ("interpreter", "I-1", "mam", "es"),
        ("interpreter", "I-2", "es", "en"),
    ]
    assert "Two interpreters in relay" in team.reasons


def test_the_scarce_interpreter_is_left_to_the_case_that_has_no_other_way() -> None:
    spanish = a_volunteer("A-1", languages={"en": 5.0, "es": 4.0})
    people = [spanish, a_volunteer("A-2"), interpreter("I-1", ("es", "en"), ("mam", "en"))]
    plan = planned([a_case("C-1"), a_case("C-2", languages=("mam",))], people)
    assert {team.case: [seat.volunteer for seat in team.seats] for team in plan.teams} == {
        "C-1": ["A-1"],
        "C-2": ["A-2", "I-1"],
    }


def test_every_seat_shows_its_score_by_scorer_and_two_reserves() -> None:
    people = [a_volunteer(f"A-{n}", load=n / 10, languages={"en": 5.0, "es": 4.0}) for n in range(5)]
    (team,) = planned([a_case()], people).teams
    (seat,) = team.seats
    assert seat.volunteer == "A-0"
    assert sum(seat.scores.values()) == pytest.approx(seat.score, abs=0.01)
    assert seat.scores["urgency"] == 1000.0
    assert [reserve.volunteer for reserve in seat.reserves] == ["A-1", "A-2"]
    assert team.score == pytest.approx(seat.score)
    assert team.why == "The next best attorney scores 1 lower."


def test_reserves_with_room_come_before_better_ones_who_are_needed_elsewhere() -> None:
    people = [a_volunteer(f"A-{n}", load=n / 10, languages={"en": 5.0, "es": 4.0}) for n in range(4)]
    for team in planned([a_case("C-1"), a_case("C-2")], people).teams:
        assert [reserve.volunteer for reserve in team.seats[0].reserves] == ["A-2", "A-3"]


def why_not(case: CaseFacts, *people: VolunteerFacts) -> Unmatched:
    (left,) = planned([case], list(people)).unmatched
    return left


@pytest.mark.parametrize(
    ("case", "person", "reason"),
    [
        ({"skill_level": 4}, {}, "skill"),
        ({"practice_area": PracticeArea.FAMILY}, {}, "skill"),
        ({"remote_ok": False, "county": "Taos", "us_state": "NM"}, {"county": "Lea", "us_state": "NM"}, "location"),
        ({}, {"standing": Standing.SUSPENDED}, "standing"),
        ({"forum": Forum.EOIR}, {}, "right_to_represent"),
        ({}, {"capacity_cases": 0}, "capacity"),
        ({"barred": ("V-1",)}, {}, "conflict"),
        ({}, {"leave": ((TODAY, TODAY + timedelta(days=40)),)}, "time"),
    ],
)
def test_a_case_without_a_team_names_the_one_rule_in_its_way(
    case: dict[str, Any], person: dict[str, Any], reason: str
) -> None:
    left = why_not(a_case(**({"languages": ("en",)} | case)), a_volunteer(**person))
    assert left.reason == reason
    assert "Without this rule, 1 attorney could help." in left.detail


def test_a_case_without_a_chain_says_which_leg_is_missing() -> None:
    case = a_case(languages=("quc",))
    assert why_not(case, a_volunteer()) == Unmatched(
        "C-1", "language", "Nobody interprets K'iche', and no eligible attorney speaks it."
    )
    detail = "K'iche' is interpreted into Spanish only: no eligible attorney speaks that, and there is no relay."
    assert why_not(case, a_volunteer(), interpreter("I-1", ("quc", "es"))) == Unmatched("C-1", "language", detail)


def test_a_case_whose_only_interpreter_is_full_says_so() -> None:
    left = why_not(a_case(languages=("quc",)), a_volunteer(), interpreter("I-1", ("quc", "en"), capacity_cases=0))
    assert left.reason == "capacity"
    assert "Without this rule, 1 interpreter could help." in left.detail


def test_a_case_that_only_a_mentor_would_open_says_so() -> None:
    left = why_not(a_case(languages=("en",)), a_volunteer(practice={PracticeArea.ASYLUM: 1}))
    assert left.reason == "mentor"


def test_a_case_that_lost_to_a_more_urgent_one_names_it() -> None:
    cases = [a_case("C-1", languages=("en",)), a_case("C-2", languages=("en",), detained=True)]
    (left,) = planned(cases, [a_volunteer()]).unmatched
    detail = "Every attorney who could take it is needed by other cases, among them the more urgent C-2."
    assert left == Unmatched("C-1", "priority", detail, lost_to=("C-2",))


def test_a_claim_that_cannot_be_completed_is_told_as_such() -> None:
    claimed = a_case(languages=("quc",), pinned=(Held(SeatRole.ATTORNEY, "V-1"),))
    assert why_not(claimed, a_volunteer(), a_volunteer("A-2", languages={"quc": 5.0})).reason == "claim"


def test_nobody_and_nothing_give_an_empty_plan() -> None:
    assert planned([], [a_volunteer()]).status == "empty"
    plan = planned([a_case()], [])
    assert (plan.status, [left.reason for left in plan.unmatched]) == ("empty", ["attorney"])


def test_a_second_run_changes_only_what_must_change() -> None:
    """Scenario 13."""
    snapshot = World(5).snapshot(60, 40, 15, hours=True, mentors=True)
    cases, people = list(snapshot.cases), list(snapshot.volunteers)
    first = planned(cases, people)
    proposed = {team.case: tuple(Held(seat.role, seat.volunteer) for seat in team.seats) for team in first.teams}
    again = [msgspec.structs.replace(case, proposed=proposed.get(case.ref, ())) for case in cases]
    assert [seats(team) for team in planned(again, people).teams] == [seats(team) for team in first.teams]


def changes(before: Plan, after: Plan) -> int:
    teams = {team.case: seats(team) for team in after.teams}
    return sum(teams.get(team.case) != seats(team) for team in before.teams)


def test_after_somebody_leaves_a_second_run_changes_less_than_one_that_knows_nothing_of_the_first() -> None:
    snapshot = World(5).snapshot(60, 40, 15, hours=True, mentors=True)
    cases, first = list(snapshot.cases), planned(list(snapshot.cases), list(snapshot.volunteers))
    proposed = {team.case: tuple(Held(seat.role, seat.volunteer) for seat in team.seats) for team in first.teams}
    again = [msgspec.structs.replace(case, proposed=proposed.get(case.ref, ())) for case in cases]
    calm, forgetful = 0, 0
    for leaver in [team.seats[0].volunteer for team in first.teams[:6]]:
        rest = [person for person in snapshot.volunteers if person.ref != leaver]
        calm += changes(first, planned(again, rest))
        forgetful += changes(first, planned(cases, rest))
    assert calm < forgetful


def test_the_same_snapshot_and_seed_give_the_same_plan() -> None:
    snapshot = World(6).snapshot(80, 50, 20, hours=True, mentors=True)
    runs = [planned(list(snapshot.cases), list(snapshot.volunteers), seed=3) for _ in range(2)]
    assert runs[0].teams == runs[1].teams
    assert runs[0].unmatched == runs[1].unmatched
    assert runs[0].status == "optimal"


def test_progress_is_told_from_the_first_question_to_the_last_reason() -> None:
    told: list[Progress] = []
    planned([a_case()], [a_volunteer(languages={"es": 4.0})], told)
    assert told[0] == Progress("Asking the rules", 1, 1)
    assert told[-1].stage == "Writing down why"


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(1, 8), st.integers(0, 5))
def test_every_plan_is_sound_and_accounts_for_every_case(seed: int, cases: int, attorneys: int, helpers: int) -> None:
    snapshot = World(seed).snapshot(cases, attorneys, helpers, hours=True, mentors=True)
    plan = planned(list(snapshot.cases), list(snapshot.volunteers))
    told = [team.case for team in plan.teams] + [left.case for left in plan.unmatched]
    assert sorted(told) == sorted(case.ref for case in snapshot.cases)
    assert plan.objective == pytest.approx(sum(team.score for team in plan.teams), abs=1e-3)
