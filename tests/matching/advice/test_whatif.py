"""What if: one scenario beside the plan as it is, in which only what must change does."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import World
from core.errors import BadInput
from core.model.plans.advice import Advised, Questions, WhatIf
from core.model.plans.changes import (
    AddAbilities,
    AddVolunteers,
    Change,
    ForbidPair,
    PinPair,
    RemoveVolunteer,
    SetCapacity,
    changed,
)
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.vocabulary import PracticeArea, SeatRole, VolunteerRole
from matching import solver
from matching.advice.advising import advise
from matching.advice.whatif import CALM
from matching.planning import plan_teams
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

FEW = settings(max_examples=40, deadline=None, derandomize=True)
MAM = {"languages": ("mam",)}


def advised(snapshot: Snapshot, **questions: Any) -> Advised:
    host = builtin()
    return advise(
        snapshot,
        host.rules(),
        host.scorers(),
        questions=Questions(**questions),
        seed=1,
        time_limit=60.0,
        report=lambda progress: None,
    )


def what_if(cases: list[CaseFacts], people: list[VolunteerFacts], *changes: Change) -> WhatIf:
    found = advised(Snapshot(TODAY, tuple(cases), tuple(people)), what_if=changes).what_if
    assert found is not None
    return found


def optimum(snapshot: Snapshot) -> float:
    host = builtin()
    return plan_teams(
        snapshot, host.rules(), host.scorers(), seed=1, time_limit=60.0, report=lambda progress: None
    ).objective


def interpreter(ref: str, *pairs: tuple[str, str]) -> VolunteerFacts:
    return a_volunteer(ref, roles=(VolunteerRole.INTERPRETER,), interprets=pairs, bars=(), practice={})


def test_an_interpreter_more_serves_the_case_that_waits_for_one() -> None:
    found = what_if([a_case("C-1", **MAM)], [a_volunteer("A-1")], AddVolunteers(interpreter("I-new", ("mam", "en"))))
    assert (found.served_before, found.served_after) == (0, 1)
    (team,) = found.gained
    assert [seat.volunteer for seat in team.seats] == ["A-1", "I-new"]
    assert found.value_after == pytest.approx(found.value_before + team.score)
    assert [(one.group, one.before, one.after) for one in found.languages] == [("Indigenous", 0, 1)]
    assert found.changes == ("I-new joins (interpreter, mam>en, no county, 1 place)",)


def test_copies_get_refs_of_their_own() -> None:
    people = [a_volunteer("A-1", capacity_cases=3)]
    cases = [a_case(f"C-{n}", **MAM) for n in range(3)]
    found = what_if(cases, people, AddVolunteers(interpreter("I", ("mam", "en")), copies=2))
    assert {team.seats[1].volunteer for team in found.gained} == {"I-1", "I-2"}


def test_who_loses_their_team_when_somebody_leaves_is_told_with_the_reason() -> None:
    cases = [a_case("C-1", languages=("en",)), a_case("C-2", languages=("en",), detained=True)]
    found = what_if(cases, [a_volunteer("A-1"), a_volunteer("A-2")], RemoveVolunteer("A-1"))
    assert (found.served_before, found.served_after) == (2, 1)
    assert [(left.case, left.reason, left.lost_to) for left in found.lost] == [("C-1", "priority", ("C-2",))]
    assert found.value_after < found.value_before


@pytest.mark.parametrize(
    ("change", "served"),
    [
        (SetCapacity("I-1", cases=2), 2),
        (SetCapacity("I-1", cases=0), 0),
        (AddAbilities("A-2", languages={"mam": 3.0}), 2),
        (AddAbilities("A-2", interprets=(("mam", "en"),)), 2),
        (AddAbilities("A-3", practice={PracticeArea.ASYLUM: 2}), 1),
        (ForbidPair("C-1", "I-1"), 1),
    ],
)
def test_each_kind_of_change_has_its_effect(change: Change, served: int) -> None:
    people = [
        a_volunteer("A-1", capacity_cases=2),
        a_volunteer("A-2"),
        a_volunteer("A-3", practice={PracticeArea.FAMILY: 2}),
        interpreter("I-1", ("mam", "en")),
    ]
    found = what_if([a_case("C-1", **MAM), a_case("C-2", **MAM)], people, change)
    assert (found.served_before, found.served_after) == (1, served)


def test_a_pair_that_is_settled_or_forbidden_changes_the_team() -> None:
    people = [a_volunteer("A-1"), a_volunteer("A-2", load=0.9)]
    cases = [a_case("C-1", languages=("en",))]
    for change in (PinPair("C-1", "A-2"), ForbidPair("C-1", "A-1")):
        (team,) = what_if(cases, people, change).changed
        assert [[holder.volunteer for holder in team.before], [holder.volunteer for holder in team.after]] == [
            ["A-1"],
            ["A-2"],
        ]


@FEW
@given(st.integers(0, 10_000))
def test_a_what_if_that_changes_nothing_changes_nothing(seed: int) -> None:
    snapshot = World(seed).snapshot(12, 8, 4, hours=True, mentors=True)
    same = SetCapacity("A-0", cases=snapshot.volunteers[0].capacity_cases)
    found = advised(snapshot, what_if=(same,)).what_if
    assert found is not None
    assert (found.gained, found.lost, found.changed) == ((), (), ())
    assert found.value_after == found.value_before


@FEW
@given(st.integers(0, 10_000), st.integers(0, 7))
def test_the_plan_of_a_scenario_is_as_good_as_planning_anew_up_to_its_calm(seed: int, leaver: int) -> None:
    snapshot = World(seed).snapshot(14, 8, 5, hours=True, mentors=True)
    change = RemoveVolunteer(f"A-{leaver}")
    answer = advised(snapshot, what_if=(change,))
    assert answer.what_if is not None
    best = optimum(changed(snapshot, (change,)))
    seats = sum(len(team.seats) for team in answer.plan.teams)
    assert best - CALM * seats - 1e-6 <= answer.what_if.value_after <= best + 1e-6
    assert best <= answer.plan.objective + 1e-6


@FEW
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_volunteer_more_never_lowers_the_value(seed: int, other: int) -> None:
    snapshot = World(seed).snapshot(14, 8, 5, hours=True, mentors=True)
    newcomer = World(other).snapshot(0, 1, 1, hours=True, mentors=True).volunteers[other % 2]
    joined = AddVolunteers(msgspec.structs.replace(newcomer, ref="new"))
    found = advised(snapshot, what_if=(joined,)).what_if
    assert found is not None
    assert found.value_after >= found.value_before
    assert optimum(changed(snapshot, (joined,))) >= found.value_before - 1e-6


@pytest.mark.parametrize("leaver", range(0, 20, 3))
def test_among_many_pairs_a_scenario_begins_with_the_plan_and_mends_what_it_breaks(
    monkeypatch: pytest.MonkeyPatch, leaver: int
) -> None:
    monkeypatch.setattr(solver, "LED", -1)
    snapshot = World(leaver).snapshot(40, 25, 15, hours=False, mentors=True)
    changes = (
        RemoveVolunteer(f"A-{leaver}"),
        AddVolunteers(interpreter("I-new", ("aa", "en"))),
        PinPair(snapshot.cases[leaver].ref, f"A-{leaver + 1}"),
    )
    found = advised(snapshot, what_if=changes).what_if
    assert found is not None
    best = optimum(changed(snapshot, changes))
    assert 0.98 * best - CALM * 100 <= found.value_after <= best + 1e-6
    assert len(found.lost) + len(found.gained) + len(found.changed) <= 8


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((RemoveVolunteer("A-11"),), "There is no volunteer A-11: did you mean A-1?"),
        ((ForbidPair("C-9", "A-1"),), "There is no case C-9: did you mean C-1?"),
        ((AddVolunteers(a_volunteer("A-1")),), "There is a volunteer A-1 already"),
        ((AddVolunteers(a_volunteer("A-2"), copies=0),), "write a number from 1 to 1000"),
        ((AddVolunteers(a_volunteer("A-2"), copies=10**9),), "write a number from 1 to 1000"),
        ((SetCapacity("A-1", cases=-1),), "A-1 cannot have -1 cases"),
        ((ForbidPair("C-1", "A-1"), PinPair("C-1", "A-1")), "settle it with somebody else"),
        ((PinPair("C-1", "A-1"), ForbidPair("C-1", "A-1")), "drop one of the two"),
        ((RemoveVolunteer("A-1"), PinPair("C-1", "A-1")), "There is no volunteer A-1"),
        ((PinPair("C-1", "A-1"), RemoveVolunteer("A-1")), "A-1 leaves and is settled for C-1 as well"),
        (
            (PinPair("C-1", "A-1"), SetCapacity("A-1", cases=0)),
            "settled for C-1 and has capacity_cases=0; that takes 1",
        ),
        (
            (PinPair("C-1", "A-1"), SetCapacity("A-1", hours=5.0)),
            "Drop one, or give more: set A-1 capacity_hours=40",
        ),
        ((PinPair("C-1", "A-1"), PinPair("C-1", "A-1", SeatRole.MENTOR)), "nobody has two"),
        (
            (AddVolunteers(a_volunteer("A-2")), PinPair("C-1", "A-1"), PinPair("C-1", "A-2")),
            "The attorney of C-1 is settled already: A-1. Drop one of them.",
        ),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_and_says_what_would_be_right(
    changes: tuple[Change, ...], said: str
) -> None:
    with pytest.raises(BadInput, match=said.replace("?", r"\?")):
        what_if([a_case("C-1")], [a_volunteer("A-1")], *changes)


def test_everything_about_one_case_counts_who_passes_each_rule_and_which_legs_there_are() -> None:
    people = [a_volunteer("A-1", languages={"en": 5.0, "es": 4.0}), a_volunteer("A-2", standing="suspended")]
    people += [interpreter("I-1", ("mam", "es")), interpreter("I-2", ("es", "en"))]
    snapshot = Snapshot(TODAY, (a_case("C-1", **MAM),), tuple(people))
    (told,) = advised(snapshot, explain=("C-1",)).explanations
    attorneys = next(seat for seat in told.seats if seat.role is SeatRole.ATTORNEY)
    assert {one.rule: one.volunteers for one in attorneys.rules}["in_good_standing"] == 3
    assert attorneys.eligible == 1
    assert [(leg.from_language, leg.to_language, leg.volunteers, leg.onward) for leg in told.legs] == [
        ("mam", "es", 1, False),
        ("es", "en", 1, True),
    ]
    assert told.team is not None
    assert told.unmatched is None
    with pytest.raises(BadInput, match="did you mean C-1"):
        advised(snapshot, explain=("C-11",))


def test_where_the_search_had_no_time_the_difference_is_told_with_its_doubt() -> None:
    snapshot, host = World(3).snapshot(30, 20, 10, hours=True, mentors=True), builtin()
    hasty = advise(
        snapshot,
        host.rules(),
        host.scorers(),
        questions=Questions(what_if=(RemoveVolunteer("A-0"),)),
        seed=1,
        time_limit=0.0,
        report=lambda progress: None,
    ).what_if
    assert hasty is not None
    assert not hasty.proved
    assert hasty.doubt > 0
    patient = advised(snapshot, what_if=(RemoveVolunteer("A-0"),)).what_if
    assert patient is not None
    assert (patient.proved, patient.doubt) == (True, 0.0)
    assert hasty.value_before <= patient.value_before <= hasty.value_before + hasty.doubt
