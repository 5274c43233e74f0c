"""Why and why not, against brute force: the smallest sets of rules, the runner-up, the case that came first."""

from collections.abc import Iterator
from itertools import combinations, permutations, product
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import World
from core.model.plans.columns import CodeBook, VolunteerColumns, case_view, volunteer_columns
from core.model.plans.fit import converses, is_student_only, legs_from, speaks_directly
from core.model.plans.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.plans.teams import Plan, RuleSet, Unmatched
from core.model.vocabulary import Gender, SeatRole, VolunteerRole
from core.protocols import Rule
from core.ruling import is_about, rule
from matching.planning import plan_teams
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

FEW = settings(max_examples=60, deadline=None, derandomize=True)
WORLDS = (st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 4), st.integers(0, 4))
Names = frozenset[str]


def planned(snapshot: Snapshot, *, without: Names = frozenset()) -> Plan:
    host = builtin()
    rules = [rule for rule in host.rules() if rule.name not in without]
    return plan_teams(snapshot, rules, host.scorers(), seed=1, time_limit=60.0, report=lambda progress: None)


class Alone:
    """One case and everybody, with the answers of each rule: whether a team is possible, by trying all teams."""

    def __init__(self, case: CaseFacts, snapshot: Snapshot) -> None:
        book = CodeBook.of(snapshot)
        view, columns = case_view(case, book, snapshot.today), volunteer_columns(snapshot, book)
        self.case, self.people = case, snapshot.volunteers
        self.rules: list[Rule] = list(builtin().rules())
        self.answers = {rule.name: rule.allows(view, columns) for rule in self.rules}
        self.asked = {role: [rule.name for rule in self.rules if is_about(rule, role)] for role in SeatRole}

    def smallest(self) -> set[Names]:
        """All smallest sets of rules that make a team possible, none of them about what people offer to be."""
        names = [rule.name for rule in self.rules if rule.blocks != "role"]
        for size in range(4):
            found = {frozenset(some) for some in combinations(names, size) if self.possible(frozenset(some))}
            if found:
                return found
        return set()

    def possible(self, without: Names) -> bool:
        may = {role: self._allowed(role, without) for role in SeatRole}
        return any(
            self._has_others(team, may[SeatRole.MENTOR], may[SeatRole.CO_COUNSEL])
            for attorney in may[SeatRole.ATTORNEY]
            for team in self._understanding(attorney, may[SeatRole.INTERPRETER])
        )

    def _allowed(self, role: SeatRole, without: Names) -> list[VolunteerFacts]:
        asked = [name for name in self.asked[role] if name not in without]
        every = np.logical_and.reduce([self.answers[name] for name in asked])
        return [self.people[one] for one in np.flatnonzero(every)]

    def _understanding(
        self, attorney: VolunteerFacts, interpreters: list[VolunteerFacts]
    ) -> Iterator[tuple[VolunteerFacts, ...]]:
        if speaks_directly(self.case, attorney):
            yield (attorney,)
            return
        others = [person for person in interpreters if person.ref != attorney.ref]
        own = set(self.case.languages)
        for one in others:
            if any(converses(attorney, leg.to_language) for leg in self._first(one, own)):
                yield attorney, one
        for one, other in permutations(others, 2):
            onward = (step for leg in self._first(one, own) for step in legs_from(other, leg.to_language))
            if any(step.to_language not in own and converses(attorney, step.to_language) for step in onward):
                yield attorney, one, other

    def _first(self, person: VolunteerFacts, own: set[str]) -> list[Any]:
        return [leg for tag in own for leg in legs_from(person, tag) if leg.to_language not in own]

    def _has_others(
        self, team: tuple[VolunteerFacts, ...], mentors: list[VolunteerFacts], seconds: list[VolunteerFacts]
    ) -> bool:
        level = team[0].practice.get(self.case.practice_area, 0)
        guided = is_student_only(team[0]) or level == self.case.skill_level - 1
        wanted = [others for others, one in ((mentors, guided), (seconds, self.case.attorneys > 1)) if one]
        known = [member.ref for member in team]
        return any(len({*known, *(one.ref for one in more)}) == len(known) + len(wanted) for more in product(*wanted))


def some_with_two(snapshot: Snapshot) -> Snapshot:
    """Every third case asks for two attorneys."""
    asked = (msgspec.structs.replace(one, attorneys=1 + (n % 3 == 0)) for n, one in enumerate(snapshot.cases))
    return msgspec.structs.replace(snapshot, cases=tuple(asked))


def named(left: Unmatched) -> set[Names]:
    return {frozenset(one.rules) for one in left.relax}


@FEW
@given(*WORLDS)
def test_the_sets_of_rules_of_a_case_without_a_team_are_the_smallest_and_all_of_them(
    seed: int, cases: int, attorneys: int, interpreters: int
) -> None:
    snapshot = some_with_two(World(seed).snapshot(cases, attorneys, interpreters, hours=True, mentors=True))
    facts = {case.ref: case for case in snapshot.cases}
    for left in planned(snapshot).unmatched:
        smallest = Alone(facts[left.case], snapshot).smallest()
        assert named(left) == (smallest - {frozenset()}), left
        assert all(left.case != other for other in left.lost_to)


@FEW
@given(*WORLDS)
def test_a_case_gets_a_team_when_a_named_set_of_rules_gives_way_and_keeps_none_with_fewer(
    seed: int, cases: int, attorneys: int, interpreters: int
) -> None:
    snapshot = some_with_two(World(seed).snapshot(cases, attorneys, interpreters, hours=True, mentors=True))
    for left in planned(snapshot).unmatched:
        alone = msgspec.structs.replace(snapshot, cases=tuple(c for c in snapshot.cases if c.ref == left.case))
        for one in left.relax:
            if {"capacity", "hours"}.isdisjoint(one.blocks):
                assert planned(alone, without=frozenset(one.rules)).teams, (left, one)
            for fewer in combinations(one.rules, len(one.rules) - 1):
                assert not planned(alone, without=frozenset(fewer)).teams, (left, fewer)


def why_not(case: CaseFacts, *people: VolunteerFacts) -> Unmatched:
    (left,) = planned(Snapshot(TODAY, (case,), people)).unmatched
    return left


def test_two_rules_that_stand_in_the_way_together_are_named_together() -> None:
    case = a_case(languages=("en",), skill_level=4, remote_ok=False, county="Taos", us_state="NM")
    left = why_not(case, a_volunteer("A-1", county="Lea", us_state="NM"))
    assert left.reason == "several"
    assert left.relax == (
        RuleSet(
            ("knows_the_area", "can_be_there"),
            ("skill", "location"),
            (
                "No asylum attorney at level 4, or one below with a mentor.",
                "Nobody is near, nor works remotely where the case allows it.",
            ),
            1,
        ),
    )
    assert left.detail.endswith(
        "\nBesides: Nobody is near, nor works remotely where the case allows it. "
        "Without these rules, 1 attorney could help."
    )


def test_rules_about_different_seats_are_named_together() -> None:
    case = a_case(languages=("mam",), skill_level=4, interpreter_gender=Gender.FEMALE)
    people = (
        a_volunteer("A-1"),
        a_volunteer(
            "I-1", roles=(VolunteerRole.INTERPRETER,), interprets=(("mam", "en"),), bars=(), gender=Gender.MALE
        ),
    )
    left = why_not(case, *people)
    assert named(left) == {frozenset({"knows_the_area", "of_the_needed_gender"})}
    assert left.relax[0].volunteers == 2
    assert "Without these rules, 1 attorney and 1 interpreter could help." in left.detail


def test_each_of_several_single_rules_that_would_do_is_named_the_one_that_keeps_out_most_first() -> None:
    case = a_case(languages=("en",), barred=("A-1", "A-2"))
    left = why_not(case, *(a_volunteer(f"A-{n}") for n in (1, 2)), a_volunteer("A-3", standing="suspended"))
    assert [(one.rules, one.volunteers) for one in left.relax] == [
        (("is_not_barred",), 2),
        (("in_good_standing",), 1),
    ]


def test_a_case_whose_attorneys_and_interpreters_are_all_needed_elsewhere_names_who_has_them() -> None:
    interpreter = a_volunteer("I-1", roles=(VolunteerRole.INTERPRETER,), interprets=(("mam", "en"),), bars=())
    urgent = a_case("C-1", languages=("mam",), detained=True)
    waiting = a_case("C-2", languages=("mam",))
    (left,) = planned(Snapshot(TODAY, (urgent, waiting), (a_volunteer("A-1"), interpreter))).unmatched
    assert (left.case, left.reason, left.lost_to) == ("C-2", "priority", ("C-1",))
    assert left.detail == (
        "Every attorney and every interpreter who could take it is needed by other cases, "
        "among them the more urgent C-1."
    )


def test_a_settled_seat_that_no_team_can_be_built_around_says_what_is_missing() -> None:
    case = a_case(languages=("mam",), pinned=(Held(SeatRole.ATTORNEY, "A-1"),))
    left = why_not(case, a_volunteer("A-1"), a_volunteer("A-2", languages={"mam": 5.0}))
    assert left.reason == "claim"
    assert left.detail == (
        "No team can be completed around the volunteer who is settled as its attorney. "
        "Nobody interprets Mam, and no eligible attorney speaks it."
    )


@FEW
@given(*WORLDS)
def test_the_runner_up_of_a_seat_scores_what_her_scorers_say_and_is_kept_out_by_what_is_said(
    seed: int, cases: int, attorneys: int, interpreters: int
) -> None:
    snapshot = World(seed).snapshot(cases + 3, attorneys + 2, interpreters, hours=True, mentors=True)
    plan = planned(snapshot)
    seats = {(team.case, seat.volunteer) for team in plan.teams for seat in team.seats}
    for team in plan.teams:
        for seat in team.seats:
            other = seat.runner_up
            if other is None:
                assert seat.reserves == ()
                continue
            assert other.volunteer not in {member.volunteer for member in team.seats}
            assert (other.kept_by == "case") == bool(other.case)
            assert other.kept_by in ("score", "case", "team")
            if other.kept_by == "score":
                assert other.score <= seat.score + 1e-6
            if other.kept_by == "case":
                assert (other.case, other.volunteer) in seats


def test_a_runner_up_who_is_needed_by_a_more_urgent_case_names_it() -> None:
    people = (a_volunteer("A-1"), a_volunteer("A-2", practice={"asylum": 3}))
    cases = (a_case("C-1", languages=("en",)), a_case("C-2", languages=("en",), detained=True, skill_level=3))
    plan = planned(Snapshot(TODAY, cases, people))
    seat = next(team for team in plan.teams if team.case == "C-1").seats[0]
    assert seat.runner_up is not None
    assert (seat.volunteer, seat.runner_up.volunteer, seat.runner_up.kept_by, seat.runner_up.case) == (
        "A-1",
        "A-2",
        "case",
        "C-2",
    )
    assert seat.runner_up.score == pytest.approx(seat.score - 5.0)


def broken(case: Any, volunteers: VolunteerColumns) -> Any:
    """Fails."""
    raise RuntimeError("private words")


def test_a_rule_that_could_not_decide_is_named_as_what_stands_in_the_way() -> None:
    host, odd = builtin(), rule(role="attorney", reads=(), blocks="odd", name="broken")(broken)
    snapshot = Snapshot(TODAY, (a_case(languages=("en",)),), (a_volunteer(),))
    plan = plan_teams(
        snapshot, [*host.rules(), odd], host.scorers(), seed=1, time_limit=60.0, report=lambda progress: None
    )
    (left,) = plan.unmatched
    assert (left.reason, left.relax[0].rules) == ("undecided", ("broken",))
    assert left.detail == "Could not decide: broken.\nWithout this rule, 1 attorney could help."


def closed(case: Any, volunteers: VolunteerColumns) -> Any:
    """Closed."""
    return volunteers.index < 0


def test_more_rules_than_a_machine_word_has_bits_are_told_apart() -> None:
    host, snapshot = builtin(), Snapshot(TODAY, (a_case(languages=("en",)),), (a_volunteer(),))
    many = [
        rule(role="attorney", reads=(), blocks="odd", name=f"open {n}")(lambda case, v: v.index >= 0) for n in range(80)
    ]
    shut = rule(role="attorney", reads=(), blocks="shut", name="shut")(closed)
    plan = plan_teams(
        snapshot, [*host.rules(), *many, shut], host.scorers(), seed=1, time_limit=60.0, report=lambda progress: None
    )
    assert [one.rules for one in plan.unmatched[0].relax] == [("shut",)]


def test_a_case_that_needs_more_rules_to_give_way_than_are_looked_at_names_the_hardest() -> None:
    case = a_case(languages=("en",), skill_level=4, remote_ok=False, county="Taos", us_state="NM", barred=("A-1",))
    left = why_not(case, a_volunteer("A-1", county="Lea", us_state="NM", capacity_cases=0))
    assert (left.reason, left.relax) == ("several", ())
    assert left.detail.startswith("No attorney meets all requirements. The hardest: ")
