"""How rules and scorers of pairs are declared, and what they get to see."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from core.errors import AmparoError
from core.model.plans.columns import CaseView, CodeBook, VolunteerColumns, case_view, volunteer_columns
from core.model.plans.snapshot import Snapshot
from core.model.vocabulary import SeatRole, VolunteerRole
from core.ruling import (
    BadAnswer,
    CasesOfPairs,
    PeopleOfPairs,
    UndeclaredField,
    is_about,
    pair_rule,
    pair_scorer,
    rule,
    scorer,
)
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer


def coded(*cases: Any) -> tuple[list[CaseView], VolunteerColumns]:
    people = (a_volunteer("V-1"), a_volunteer("V-2", roles=(VolunteerRole.INTERPRETER,)), a_volunteer("V-3"))
    snapshot = Snapshot(TODAY, tuple(cases), people)
    book = CodeBook.of(snapshot)
    return [case_view(case, book, TODAY) for case in cases], volunteer_columns(snapshot, book)


def test_pairs_come_as_aligned_columns_with_nan_for_what_is_missing() -> None:
    views, columns = coded(a_case("C-1"), a_case("C-2", deadline=date(2026, 3, 12), languages=("es", "mam")))
    cases = CasesOfPairs(views, np.array([1, 0, 1]), ("deadline_in", "languages", "skill_level"))
    people = PeopleOfPairs(columns, np.array([0, 1, 2]))

    assert cases.deadline_in.tolist()[::2] == [10.0, 10.0]
    assert np.isnan(cases.deadline_in[1])
    assert [len(spoken) for spoken in cases.languages] == [2, 1, 2]
    assert cases.skill_level.tolist() == [2, 2, 2]
    assert (people.n, people.index.tolist()) == (3, [0, 1, 2])
    assert people.is_a(VolunteerRole.INTERPRETER).tolist() == [False, True, False]


def test_a_field_that_is_not_declared_is_refused_in_columns_too() -> None:
    views, _ = coded(a_case())
    with pytest.raises(UndeclaredField, match="county"):
        _ = CasesOfPairs(views, np.array([0]), ("tier",)).county


def test_a_rule_about_named_people_allows_everybody_else_and_is_asked_about_nobody_where_none_is_named() -> None:
    @pair_rule(role="attorney", among="barred", blocks="conflict")
    def none_of_them(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Any:
        """Nobody of them."""
        assert volunteers.n
        return np.zeros(volunteers.n, dtype=bool)

    views, columns = coded(a_case("C-1", barred=("V-2",)), a_case("C-2"))
    assert none_of_them.allows(views[0], columns).tolist() == [True, False, True]
    assert none_of_them.allows(views[1], columns).all()
    assert none_of_them.reads == ("barred",)


def test_points_of_pairs_are_weighted_and_must_be_finite() -> None:
    @pair_scorer(role="attorney", reads=("skill_level",), weight=3.0)
    def by_level(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Any:
        """By level."""
        return cases.skill_level / np.where(volunteers.index == 1, 0.0 if cases.skill_level[0] > 2 else 1.0, 1.0)

    views, columns = coded(a_case("C-1"), a_case("C-2", skill_level=3))
    assert by_level.points(views[0], columns).tolist() == [6.0, 6.0, 6.0]
    with np.errstate(divide="ignore"), pytest.raises(BadAnswer, match="finite"):
        by_level.points(views[1], columns)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"among": "languages"}, "those among languages, which names no volunteers"),
        ({"reads": ("name",)}, "reads name, which a case does not have"),
    ],
)
def test_a_rule_of_pairs_that_is_declared_wrongly_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(AmparoError, match=said):
        pair_rule(role="attorney", blocks="x", name="odd", **given)(lambda cases, volunteers: None)


def test_a_rule_that_reads_what_no_case_has_is_refused() -> None:
    with pytest.raises(AmparoError, match="odd reads name"):
        rule(role="attorney", reads=("name",), blocks="x", name="odd")(lambda case, volunteers: None)


@pytest.mark.parametrize(
    ("role", "seats"),
    [
        ("attorney", {"attorney", "co_counsel"}),
        ("lead", {"attorney"}),
        ("co_counsel", {"co_counsel"}),
        (("lead", "mentor"), {"attorney", "mentor"}),
        (("attorney", "lead"), {"attorney", "co_counsel"}),
        (("lead", "co_counsel"), {"attorney", "co_counsel"}),
        ("interpreter", {"interpreter"}),
    ],
)
def test_what_is_said_of_attorneys_holds_for_co_counsel_unless_it_is_about_the_lead(role: Any, seats: set[str]) -> None:
    made = (
        rule(role=role, reads=(), blocks="x", name="one")(lambda case, volunteers: None),
        scorer(role=role, reads=(), name="one")(lambda case, volunteers: None),
        pair_rule(role=role, blocks="x", name="one")(lambda cases, volunteers: None),
        pair_scorer(role=role, name="one")(lambda cases, volunteers: None),
    )
    for one in made:
        assert {str(seat) for seat in SeatRole if is_about(one, seat)} == seats


def test_a_veto_by_somebodys_own_class_reaches_co_counsel_though_its_author_never_heard_of_her() -> None:
    class OfTheirOwn:
        roles = (SeatRole.ATTORNEY,)

    assert is_about(OfTheirOwn(), SeatRole.CO_COUNSEL)
    assert not is_about(OfTheirOwn(), SeatRole.MENTOR)
