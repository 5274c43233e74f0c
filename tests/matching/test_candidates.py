"""From a snapshot to the candidate graph: who is asked how often, what a failure does, what is kept."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from core.model.plans.columns import CaseView, VolunteerColumns
from core.model.plans.snapshot import Held, Snapshot
from core.model.plans.teams import ProviderFailure
from core.model.vocabulary import SeatRole, VolunteerRole
from core.ruling import Rule, Scorer, rule, scorer
from matching.candidates import EVERY_PAIR, Candidates, Width, find_candidates
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

INTERPRETERS = (VolunteerRole.INTERPRETER,)


def found(cases: list[Any], people: list[Any], rules: list[Any] = [], scorers: list[Any] = []) -> Candidates:  # noqa: B006 -- only read
    snapshot = Snapshot(TODAY, tuple(cases), tuple(people))
    host = builtin()
    return find_candidates(snapshot, [*host.rules(), *rules], [*host.scorers(), *scorers])


def pairs(candidates: Candidates) -> set[tuple[int, int]]:
    table = candidates.problem.attorneys
    return set(zip(table.case.tolist(), table.person.tolist(), strict=True))


@dataclass
class Counted:
    asked: list[int] = field(default_factory=list)

    def rule(self) -> Rule:
        @rule(role="attorney", reads=("skill_level",), blocks="counted", name="counted")
        def counts(case: CaseView, volunteers: VolunteerColumns) -> Any:
            """Counted."""
            self.asked.append(case.skill_level)
            return volunteers.index >= 0

        return counts


def test_a_rule_is_asked_once_for_each_combination_of_what_it_reads() -> None:
    counted = Counted()
    levels = [1, 2, 1, 2, 2, 1]
    found([a_case(f"C-{n}", skill_level=level) for n, level in enumerate(levels)], [a_volunteer()], [counted.rule()])
    assert sorted(counted.asked) == [1, 2]


def raising(case: Any, volunteers: VolunteerColumns) -> Any:
    """Fails."""
    raise RuntimeError("private words")


def test_a_rule_that_fails_blocks_its_seat_and_is_named_without_its_words() -> None:
    broken = rule(role="attorney", reads=(), blocks="odd", name="broken")(raising)
    candidates = found([a_case()], [a_volunteer()], [broken])
    assert pairs(candidates) == set()
    assert candidates.asked.failures == (ProviderFailure("broken", "RuntimeError"),)


def test_a_rule_that_reads_what_it_did_not_declare_blocks_and_says_which_field() -> None:
    @rule(role="attorney", reads=(), blocks="odd", name="sly")
    def sly(case: CaseView, volunteers: VolunteerColumns) -> Any:
        """Sly."""
        return volunteers.level[:, case.practice_area] > 0

    candidates = found([a_case()], [a_volunteer()], [sly])
    assert pairs(candidates) == set()
    assert "practice_area" in candidates.asked.failures[0].cause


def test_a_scorer_that_fails_for_one_case_is_left_out_for_all() -> None:
    @scorer(role="attorney", reads=("skill_level",), name="moody")
    def moody(case: CaseView, volunteers: VolunteerColumns) -> Any:
        """Moody."""
        return np.full(volunteers.n, np.nan if case.skill_level == 1 else 500.0)

    cases = [a_case("C-1", skill_level=2), a_case("C-2", skill_level=1)]
    with_moody, without = found(cases, [a_volunteer()], scorers=[moody]), found(cases, [a_volunteer()])
    assert with_moody.problem.attorneys.score.tolist() == without.problem.attorneys.score.tolist()
    assert [failure.name for failure in with_moody.asked.failures] == ["moody"]


def test_an_attorney_of_the_clients_language_is_direct_and_others_get_legs_to_what_they_speak() -> None:
    people = [
        a_volunteer("A-1", languages={"en": 5.0, "mam": 3.0}),
        a_volunteer("A-2", languages={"en": 5.0, "es": 3.5}),
        a_volunteer("A-3"),
        a_volunteer("I-1", roles=INTERPRETERS, interprets=(("mam", "es"),)),
        a_volunteer("I-2", roles=INTERPRETERS, interprets=(("en", "es"),)),
        a_volunteer("I-3", roles=INTERPRETERS, interprets=(("zh", "en"),)),
    ]
    candidates = found([a_case(languages=("mam",))], people)
    table, legs, tags = candidates.problem.attorneys, candidates.problem.legs, candidates.tags
    assert table.direct[table.person].tolist() == [True, False, False]
    chain = {
        (int(legs.person[row]), tags[legs.source[row]], tags[legs.target[row]], bool(legs.relay[row]))
        for row in range(len(legs.case))
    }
    assert chain == {(3, "mam", "es", False), (4, "es", "en", True)}
    assert (legs.score < 0).all()


def test_who_is_one_level_below_or_a_student_needs_a_mentor() -> None:
    people = [
        a_volunteer("A-1"),
        a_volunteer("A-2", practice={"asylum": 1}),
        a_volunteer("A-3", roles=(VolunteerRole.LAW_STUDENT,), bars=()),
        a_volunteer("A-4", roles=(VolunteerRole.MENTOR, VolunteerRole.ATTORNEY)),
    ]
    candidates = found([a_case(languages=("en",))], people)
    table = candidates.problem.attorneys
    assert table.needs_mentor[np.argsort(table.person)].tolist() == [False, True, True, False]
    assert candidates.problem.mentors.person.tolist() == [3]


def test_a_settled_seat_is_open_to_its_holder_only_even_when_her_places_are_full() -> None:
    claimed = a_case("C-1", pinned=(Held(SeatRole.ATTORNEY, "A-1"),))
    candidates = found([claimed, a_case("C-2")], [a_volunteer("A-1", capacity_cases=0), a_volunteer("A-2")])
    assert pairs(candidates) == {(0, 0), (1, 1)}


def test_a_settled_seat_whose_holder_is_suspended_since_has_no_candidate() -> None:
    claimed = a_case("C-1", pinned=(Held(SeatRole.ATTORNEY, "A-1"),))
    assert pairs(found([claimed], [a_volunteer("A-1", standing="suspended"), a_volunteer("A-2")])) == set()


def test_the_best_pairs_of_each_case_are_kept_and_what_was_left_out_is_said() -> None:
    people = [a_volunteer(f"A-{n}", load=n / 200, languages={"en": 5.0, "es": 4.0}) for n in range(200)]
    whole = found([a_case()], people)
    assert (len(pairs(whole)), whole.pruned) == (200, "")
    asked = whole.snapshot, builtin().rules(), builtin().scorers()
    narrow = find_candidates(*asked, width=Width(whole=100))
    assert {person for _, person in pairs(narrow)} == set(range(128))
    assert narrow.pruned.startswith("72 of 200 eligible pairs were left out (72 with attorneys)")
    assert len(pairs(find_candidates(*asked, width=Width(whole=100), every_pair=True))) == 200


def test_no_cases_or_no_volunteers_make_an_empty_problem() -> None:
    assert found([], [a_volunteer()]).problem.cases.n == 0
    assert found([a_case()], []).problem.people.n == 0


def test_a_partners_scorer_cannot_make_an_interpreter_worth_having_for_herself() -> None:
    @scorer(role="interpreter", reads=(), name="friends")
    def friends(case: CaseView, volunteers: VolunteerColumns) -> Any:
        """Friends."""
        return np.full(volunteers.n, 1000.0)

    people = [a_volunteer("A-1"), a_volunteer("I-1", roles=INTERPRETERS, interprets=(("es", "en"),))]
    assert found([a_case()], people, scorers=[friends]).problem.legs.score.tolist() == [-1.0]


def test_providers_of_a_partners_own_class_are_asked_like_ours() -> None:
    @dataclass(frozen=True)
    class Whim:
        inner: Scorer

        def __getattr__(self, name: str) -> Any:
            return getattr(self.inner, name)

    ours = builtin().scorers()[0]
    inner = replace(ours, name="whim") if isinstance(ours, Scorer) else None
    assert inner is not None
    doubled = found([a_case()], [a_volunteer()], scorers=[Whim(inner)])
    assert doubled.problem.attorneys.score[0] > found([a_case()], [a_volunteer()]).problem.attorneys.score[0]


def test_very_many_cases_keep_fewer_candidates_each_unless_every_pair_is_asked_for() -> None:
    assert Width().for_cases(50_000) == Width()
    narrow = Width().for_cases(100_000)
    assert (narrow.attorneys, narrow.interpreters, narrow.mentors) == (80, 60, 40)
    assert EVERY_PAIR.for_cases(100_000) == EVERY_PAIR
