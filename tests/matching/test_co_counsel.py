"""Cases that ask for two attorneys: who leads, who is co-counsel, and why there is nobody."""

from typing import Any

import msgspec
import numpy as np
import pytest

from core.model.plans.advice import Questions
from core.model.plans.changes import AddVolunteers, ForbidPair, PinPair
from core.model.plans.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.plans.soundness import faults
from core.model.plans.teams import Plan, TeamPlan, Unmatched
from core.model.vocabulary import PracticeArea, SeatRole, VolunteerRole
from matching.advice.advising import advise
from matching.amounts import Cases
from matching.export import problem_document
from matching.mistakes import BadProblem
from matching.planning import Planner, plan_teams
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

LEAD, SECOND = SeatRole.ATTORNEY, SeatRole.CO_COUNSEL
INTERPRETER = {"roles": (VolunteerRole.INTERPRETER,), "bars": (), "practice": {}}


def hard(ref: str = "C-1", **given: Any) -> CaseFacts:
    """A case that asks for two attorneys, of a client who speaks English."""
    return a_case(ref, **({"languages": ("en",), "attorneys": 2} | given))


def beginner(ref: str, **given: Any) -> VolunteerFacts:
    """An attorney who has just begun with asylum."""
    return a_volunteer(ref, **({"practice": {PracticeArea.ASYLUM: 1}} | given))


def day(cases: CaseFacts | tuple[CaseFacts, ...], *people: VolunteerFacts) -> Snapshot:
    return Snapshot(TODAY, cases if isinstance(cases, tuple) else (cases,), people)


def planned(snapshot: Snapshot) -> Plan:
    host = builtin()
    plan = plan_teams(snapshot, host.rules(), host.scorers(), seed=1, time_limit=60.0, report=lambda progress: None)
    assert list(faults(plan, snapshot)) == []
    return plan


def seats(team: TeamPlan) -> list[tuple[str, str]]:
    return [(str(seat.role), seat.volunteer) for seat in team.seats]


def why_not(case: CaseFacts, *people: VolunteerFacts) -> Unmatched:
    (left,) = planned(day(case, *people)).unmatched
    return left


def test_the_experienced_attorney_leads_and_the_beginner_is_co_counsel() -> None:
    (team,) = planned(
        day(hard(skill_level=4), beginner("A-1"), beginner("A-2", practice={PracticeArea.ASYLUM: 4}))
    ).teams
    assert seats(team) == [("attorney", "A-2"), ("co_counsel", "A-1")]
    assert "Two attorneys, one as co-counsel" in team.reasons
    assert team.seats[1].fact == "asylum level 1"


def test_co_counsel_needs_no_language_of_the_client_while_somebody_carries_it() -> None:
    interpreter = a_volunteer("I-1", interprets=(("mam", "en"),), **INTERPRETER)
    (team,) = planned(day(hard(languages=("mam",)), a_volunteer("A-1"), a_volunteer("A-2"), interpreter)).teams
    assert [role for role, _ in seats(team)] == ["attorney", "co_counsel", "interpreter"]

    speaks = a_volunteer("A-2", languages={"en": 5.0, "mam": 5.0})
    (team,) = planned(day(hard(languages=("mam",)), a_volunteer("A-1"), speaks, interpreter)).teams
    assert seats(team) == [("attorney", "A-2"), ("co_counsel", "A-1")]


def test_a_lead_who_needs_a_mentor_has_one_beside_co_counsel() -> None:
    mentor = a_volunteer("M-1", roles=(VolunteerRole.MENTOR,))
    (team,) = planned(day(hard(), beginner("A-1"), beginner("A-2"), mentor)).teams
    assert [role for role, _ in seats(team)] == ["attorney", "co_counsel", "mentor"]


def test_one_person_is_not_both_attorneys_of_a_case() -> None:
    left = why_not(hard(), a_volunteer("A-1", capacity_cases=2))
    assert left.reason == "co_counsel"
    assert left.detail.startswith("Somebody could lead it, but no second attorney is found.")


def test_what_keeps_the_second_attorney_away_is_told_with_the_rules_that_would_have_to_give_way() -> None:
    left = why_not(hard(), a_volunteer("A-1"), a_volunteer("A-2", practice={PracticeArea.FAMILY: 3}))
    assert left.reason == "co_counsel"
    assert ("takes_the_area",) in [one.rules for one in left.relax]
    assert "No second attorney who takes asylum cases" in left.detail


def test_two_attorneys_serve_one_hard_case_or_two_simple_ones_whichever_counts_for_more() -> None:
    people = a_volunteer("A-1"), a_volunteer("A-2")
    simple = tuple(a_case(f"C-{n}", languages=("en",)) for n in (2, 3))
    plan = planned(day((hard(), *simple), *people))
    assert [team.case for team in plan.teams] == ["C-2", "C-3"]
    (left,) = plan.unmatched
    assert (left.reason, left.lost_to) != ("co_counsel", ())

    (team,) = planned(day((hard(detained=True), *simple), *people)).teams
    assert team.case == "C-1"


def test_a_case_whose_second_attorney_others_have_says_which() -> None:
    people = a_volunteer("A-1"), beginner("A-2", practice={PracticeArea.ASYLUM: 1, PracticeArea.FAMILY: 2})
    urgent = a_case("C-2", languages=("en",), practice_area=PracticeArea.FAMILY, detained=True)
    plan = planned(day((hard(), urgent), *people))
    assert [seats(team) for team in plan.teams] == [[("attorney", "A-2")]]
    (left,) = plan.unmatched
    assert (left.reason, left.lost_to) == ("priority", ("C-2",))
    assert left.detail.startswith("Every co-counsel who could take it is needed by other cases")


def test_each_attorney_gives_the_hours_of_the_case() -> None:
    tired = a_volunteer("A-2", capacity_hours=39.0)
    assert why_not(hard(hours=40.0), a_volunteer("A-1"), tired).reason == "co_counsel"
    (team,) = planned(day(hard(hours=39.0), a_volunteer("A-1"), tired)).teams
    assert len(team.seats) == 2


def test_a_pinned_co_counsel_is_kept_though_another_would_score_higher() -> None:
    pinned = hard(pinned=(Held(SECOND, "A-1"),))
    people = a_volunteer("A-1", load=1.0), a_volunteer("A-2"), a_volunteer("A-3")
    (team,) = planned(day(pinned, *people)).teams
    assert dict(seats(team))["co_counsel"] == "A-1"


def test_a_second_run_keeps_both_attorneys_in_their_seats() -> None:
    people = [a_volunteer(f"A-{n}") for n in range(6)]
    (team,) = planned(day(hard(), *people)).teams
    held = tuple(Held(seat.role, seat.volunteer) for seat in team.seats)
    (again,) = planned(day(hard(proposed=held), *reversed(people))).teams
    assert seats(again) == seats(team)


@pytest.mark.parametrize("role", [LEAD, SECOND])
def test_a_runner_up_and_reserves_are_told_for_both_seats(role: SeatRole) -> None:
    (team,) = planned(day(hard(), *(a_volunteer(f"A-{n}") for n in range(4)))).teams
    seat = next(one for one in team.seats if one.role is role)
    assert len(seat.reserves) == 2
    assert seat.runner_up is not None
    assert seat.runner_up.volunteer not in dict(seats(team)).values()


def test_what_if_and_whom_to_recruit_know_of_the_second_seat() -> None:
    host, snapshot = builtin(), day(hard(), a_volunteer("A-1"))
    asked = Questions(explain=("C-1",), what_if=(AddVolunteers(beginner("new-1")),), recruit=3)
    answer = advise(
        snapshot, host.rules(), host.scorers(), questions=asked, seed=1, time_limit=60.0, report=lambda _: None
    )
    assert answer.what_if is not None
    assert seats(answer.what_if.gained[0]) == [("attorney", "A-1"), ("co_counsel", "new-1")]
    assert [sieve.role for sieve in answer.explanations[0].seats] == list(SeatRole)
    first = answer.recruit[0]
    assert first.kind == "Attorney for asylum at level 1, remote"
    assert first.verified is not None
    assert first.verified.freed == ("C-1",)


def test_a_scenario_may_pin_co_counsel_and_rule_her_out() -> None:
    host, people = builtin(), [a_volunteer(f"A-{n}") for n in range(3)]
    planner = Planner(host.rules(), host.scorers(), 1, 60.0, lambda progress: None)
    for change in (PinPair("C-1", "A-2", SECOND), ForbidPair("C-1", "A-0")):
        asked = Questions(what_if=(change,))
        found = advise(
            day(hard(), *people),
            planner.rules,
            planner.scorers,
            questions=asked,
            seed=1,
            time_limit=60.0,
            report=planner.report,
        ).what_if
        assert found is not None
        assert (found.served_before, found.served_after) == (1, 1)


def test_a_case_that_asks_for_one_attorney_has_no_seat_of_co_counsel() -> None:
    (team,) = planned(day(a_case(languages=("en",)), a_volunteer("A-1"), a_volunteer("A-2"))).teams
    assert seats(team) == [("attorney", team.seats[0].volunteer)]


def test_the_written_graph_has_both_seats_and_says_how_many_attorneys_each_case_asks_for() -> None:
    host = builtin()
    planner = Planner(host.rules(), host.scorers(), 1, 60.0, lambda progress: None)
    cases = (hard(), a_case("C-2", languages=("en",)))
    document = problem_document(planner.candidates(day(cases, a_volunteer("A-1"), beginner("A-2"))))
    assert [case.attorneys for case in document.cases] == [2, 1]
    beside = [(pair.case, pair.volunteer, pair.mode) for pair in document.pairs if pair.role is SECOND]
    assert beside == [("C-1", "A-1", "co_counsel"), ("C-1", "A-2", "co_counsel")]


def test_a_partners_rule_for_attorneys_keeps_somebody_from_both_seats() -> None:
    host = builtin()
    rules = [*host.rules(), Untrained()]
    snapshot = day(hard(), *(a_volunteer(f"A-{n}") for n in range(3)))
    (team,) = plan_teams(snapshot, rules, host.scorers(), seed=1, time_limit=60.0, report=lambda _: None).teams
    assert sorted(volunteer for _, volunteer in seats(team)) == ["A-1", "A-2"]


class Untrained:
    """A rule of a bar association, as an object of its own class, written before there was co-counsel."""

    name, roles, reads, blocks, text = "trained", (SeatRole.ATTORNEY,), (), "training", "Nobody is trained."

    def allows(self, case: Any, volunteers: Any) -> Any:
        return volunteers.index > 0

    def explain(self, case: Any) -> str:
        return self.text


@pytest.mark.parametrize("attorneys", [[0, 1], [3, 1], [1]])
def test_a_number_of_attorneys_that_makes_no_sense_is_refused(attorneys: list[int]) -> None:
    with pytest.raises(BadProblem):
        Cases(np.ones(2), np.zeros(2), attorneys=np.array(attorneys)).check()


def test_facts_say_what_each_seat_takes() -> None:
    case = msgspec.structs.replace(hard(), hours=30.0, interpreter_hours=12.0)
    assert [case.hours_of(role) for role in SeatRole] == [30.0, 30.0, 12.0, 0.0]
