"""The shared search against asking each case alone, and what must not change whatever the engine does."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.dense import Dense
from core.eligibility import ask_rules
from core.model.plans.columns import CaseView, VolunteerColumns
from core.model.plans.snapshot import Snapshot
from core.model.vocabulary import SeatRole
from core.ruling import CasesOfPairs, PeopleOfPairs, pair_rule, pair_scorer, rule
from matching.candidates import Candidates, Coded, Width, find_candidates
from matching.planning import plan_teams
from matching.search.pools import CROWDED, crowded
from tests.matching.search.worlds import a_world
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

NARROW = Width(attorneys=6, speakers=3, unaided=2, interpreters=2, mentors=3, whole=0)
Pairs = dict[tuple[Any, ...], float]


def found(snapshot: Snapshot, *, without: str = "", more: Sequence[Any] = (), width: Width | None = None) -> Candidates:
    host = builtin()
    rules = [one for one in host.rules() if one.name != without]
    rules += [one for one in more if hasattr(one, "blocks")]
    scorers = [*host.scorers(), *(one for one in more if not hasattr(one, "blocks"))]
    return find_candidates(snapshot, rules, scorers, width=width or Width())


def pairs(candidates: Candidates) -> tuple[Pairs, ...]:
    """Every pair by the refs of its case and person, with its score."""
    return _named(candidates, candidates.problem.tables)


def _named(candidates: Candidates, tables: tuple[Any, ...]) -> tuple[Pairs, ...]:
    cases = [case.ref for case in candidates.snapshot.cases]
    people, tags = [person.ref for person in candidates.snapshot.volunteers], candidates.tags
    x, y, z, w = tables

    def pair(table: Any, row: int) -> tuple[str, str]:
        return cases[table.case[row]], people[table.person[row]]

    return (
        {(*pair(x, r), bool(x.direct[r]), bool(x.needs_mentor[r])): float(x.score[r]) for r in range(len(x.case))},
        {
            (*pair(y, r), tags[y.source[r]], tags[y.target[r]], bool(y.relay[r])): float(y.score[r])
            for r in range(len(y.case))
        },
        {pair(z, r): float(z.score[r]) for r in range(len(z.case))},
        {pair(w, r): float(w.score[r]) for r in range(len(w.case))},
    )


seeds = st.integers(0, 10_000)
worlds = st.builds(a_world, seeds, st.integers(1, 12), st.integers(1, 14), st.integers(0, 8))
unsettled = st.builds(a_world, seeds, st.integers(1, 12), st.integers(1, 14), st.integers(0, 8), settled=st.just(False))
usual = settings(max_examples=40, deadline=None, derandomize=True)


@usual
@given(unsettled)
def test_every_pair_and_its_score_are_what_asking_each_case_alone_gives(snapshot: Snapshot) -> None:
    candidates = found(snapshot)
    dense = Dense(Coded.of(snapshot), builtin().rules(), builtin().scorers(), None).found()
    for mine, theirs in zip(pairs(candidates), _named(candidates, dense), strict=True):
        assert mine == pytest.approx(theirs)


@usual
@given(unsettled)
def test_the_kept_pairs_of_each_case_are_worth_what_the_best_are_worth(snapshot: Snapshot) -> None:
    mine = found(snapshot, width=NARROW).problem.tables
    theirs: tuple[Any, ...] = Dense(Coded.of(snapshot), builtin().rules(), builtin().scorers(), NARROW).found()
    for kept, best in zip(mine, theirs, strict=True):
        for case in range(len(snapshot.cases)):
            scores = sorted(kept.score[kept.case == case])
            assert scores == pytest.approx(sorted(best.score[best.case == case]))


@usual
@given(unsettled)
def test_who_may_is_who_may_claim(snapshot: Snapshot) -> None:
    """One truth: the attorneys of a run, co-counsel too, are those whom the check of one case allows."""
    attorneys, _, _, co_counsel = pairs(found(snapshot))
    for role, table in ((SeatRole.ATTORNEY, attorneys), (SeatRole.CO_COUNSEL, co_counsel)):
        for case in snapshot.cases:
            verdicts = ask_rules(builtin(), case, snapshot.volunteers, role, today=snapshot.today)
            allowed = {verdict.volunteer for verdict in verdicts if verdict.allowed and case.asks_for(role)}
            assert {person for ref, person, *_ in table if ref == case.ref} == allowed


@usual
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_cases_and_volunteers_changes_nothing(snapshot: Snapshot, random: Any) -> None:
    cases, people = list(snapshot.cases), list(snapshot.volunteers)
    random.shuffle(cases)
    random.shuffle(people)
    shuffled = Snapshot(snapshot.today, tuple(cases), tuple(people))
    for mine, theirs in zip(pairs(found(snapshot)), pairs(found(shuffled)), strict=True):
        assert mine == pytest.approx(theirs)


@usual
@given(worlds, st.sampled_from([one.name for one in builtin().rules()]))
def test_taking_a_rule_away_never_takes_a_pair_away(snapshot: Snapshot, name: str) -> None:
    for with_it, without in zip(pairs(found(snapshot)), pairs(found(snapshot, without=name)), strict=True):
        assert with_it.keys() <= without.keys()


@usual
@given(worlds)
def test_what_is_kept_and_what_is_left_out_add_up(snapshot: Snapshot) -> None:
    narrow, whole = found(snapshot, width=NARROW), found(snapshot)
    every, some = pairs(whole), pairs(narrow)
    assert all(kept.items() <= all_of.items() for kept, all_of in zip(some, every, strict=True))
    assert narrow.dropped.counts.left_out == sum(map(len, every)) - sum(map(len, some))
    assert whole.dropped.counts.left_out == 0


@pair_rule(role="attorney", reads=("waiting_days", "hours"), blocks="whim", name="whim")
def whim(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Any:
    """Nobody whose number is not odd with the days."""
    return (volunteers.index + cases.waiting_days + cases.hours.astype(int)) % 3 > 0


@pair_scorer(role=("attorney", "interpreter"), reads=("waiting_days", "latitude"), weight=7.0, name="travel")
def travel(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Any:
    """How far it is, and how long they wait."""
    return np.abs(volunteers.latitude - cases.latitude) + (volunteers.index * cases.waiting_days) % 5


@usual
@given(unsettled, st.booleans())
def test_pairs_asked_about_in_columns_get_what_each_case_alone_gets(snapshot: Snapshot, aligned: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if aligned:
            patch.setattr("matching.search.pools.crowded", lambda combinations, cases: True)
        candidates = found(snapshot, more=(whim, travel))
    rules, scorers = [*builtin().rules(), whim], [*builtin().scorers(), travel]
    for mine, theirs in zip(
        pairs(candidates), _named(candidates, Dense(Coded.of(snapshot), rules, scorers, None).found()), strict=True
    ):
        assert mine == pytest.approx(theirs)


def test_a_rule_of_pairs_blocks_a_claim_with_the_same_answer_as_a_run() -> None:
    people = [a_volunteer(f"V-{number}") for number in range(6)]
    case = a_case(languages=("en",))
    candidates = found(Snapshot(TODAY, (case,), tuple(people)), more=(whim,))
    view = candidates.views[0]
    assert {f"V-{row}" for row in np.flatnonzero(whim.allows(view, candidates.volunteers))} == {
        person for _, person, *_ in pairs(candidates)[0]
    }
    assert not whim.allows(view, candidates.volunteers).all()


def test_a_rule_of_pairs_that_reads_what_it_did_not_declare_blocks_and_says_which_field() -> None:
    @pair_rule(role="attorney", reads=(), blocks="odd", name="sly")
    def sly(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Any:
        """Sly."""
        return volunteers.county == cases.county

    candidates = found(Snapshot(TODAY, (a_case(),), (a_volunteer(),)), more=(sly,))
    assert pairs(candidates)[0] == {}
    assert [(one.name, "county" in one.cause) for one in candidates.asked.failures] == [("sly", True)]


def test_a_rule_about_named_people_that_fails_for_one_case_blocks_that_case_alone() -> None:
    @pair_rule(role="attorney", reads=("skill_level",), among="prior", blocks="odd", name="moody")
    def moody(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Any:
        """Moody."""
        if (cases.skill_level == 1).any():
            raise RuntimeError
        return np.ones(volunteers.n, dtype=bool)

    cases = tuple(a_case(f"C-{level}", languages=("en",), skill_level=level, prior=("V-1",)) for level in (1, 2))
    candidates = found(Snapshot(TODAY, cases, (a_volunteer(),)), more=(moody,))
    assert {case for case, *_ in pairs(candidates)[0]} == {"C-2"}
    assert not candidates.asked.could_decide(len(builtin().rules()), candidates.views[0])


def test_a_scorer_of_pairs_that_fails_for_one_case_is_left_out_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    @pair_scorer(role="attorney", reads=("skill_level",), name="moody")
    def moody(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Any:
        """Moody."""
        return np.where(cases.skill_level == 1, np.nan, 500.0)

    monkeypatch.setattr("matching.search.pools.crowded", lambda combinations, cases: True)
    snapshot = Snapshot(TODAY, (a_case("C-1", languages=("en",)), a_case("C-2", skill_level=1)), (a_volunteer(),))
    assert pairs(found(snapshot, more=(moody,))) == pairs(found(snapshot))


def test_a_rule_that_nearly_every_case_asks_something_else_is_named_as_slow() -> None:
    @rule(role="attorney", reads=("waiting_days", "hours", "county"), blocks="odd", name="curious")
    def curious(case: CaseView, volunteers: VolunteerColumns) -> Any:
        """Curious."""
        return (volunteers.index + case.waiting_days + int(case.hours * 10)) % 1009 > 0

    snapshot = a_world(3, 501, 1, 0)
    snapshot = Snapshot(TODAY, snapshot.cases, tuple(a_volunteer(f"V-{n}") for n in range(1100)))
    assert [told.split()[0] for told in found(snapshot, more=(curious,)).slow] == ["curious"]
    assert found(snapshot).slow == ()


@pytest.mark.parametrize(
    ("combinations", "cases", "expected"),
    [(500, 500, False), (251, 501, True), (250, 501, False), (CROWDED + 1, 10**6, True), (CROWDED, 10**6, False)],
)
def test_what_counts_as_too_many_combinations(combinations: int, cases: int, expected: bool) -> None:
    assert crowded(combinations, cases) is expected


def test_a_plan_names_the_rules_that_made_it_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    @rule(role="attorney", reads=("waiting_days",), blocks="odd", name="curious")
    def curious(case: CaseView, volunteers: VolunteerColumns) -> Any:
        """Curious."""
        return (volunteers.index + case.waiting_days) % 7 > 0

    monkeypatch.setattr("matching.search.pools.ALWAYS_ASKED", 0)
    people = tuple(a_volunteer(f"V-{number}") for number in range(8))
    cases = (a_case("C-1", languages=("en",)), a_case("C-2", languages=("en",), received=date(2026, 1, 6)))
    plan = plan_teams(
        Snapshot(TODAY, cases, people),
        [*builtin().rules(), curious],
        builtin().scorers(),
        seed=1,
        time_limit=60.0,
        report=lambda progress: None,
    )
    assert "curious had to be asked 2 times for 2 cases, which makes a run slow" in plan.pruned
