"""Which volunteers may be one person: what is suggested, what never is, and what a person said before."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.people import BarAdmission, Volunteer
from core.model.vocabulary import Gender
from core.model.volunteers.duplicates import AGAINST, Duplicate, Evidence, compare_two, duplicates, mark_of
from core.model.volunteers.identity import Likeness

HOME = {"county": "Taos", "us_state": "NM"}


def volunteer(n: int, name: str = "María Cruz", *numbers: str, **given: Any) -> Volunteer:
    bars = tuple(BarAdmission(bar, number) for bar, _, number in (one.partition(" ") for one in numbers))
    return Volunteer(id=UUID(int=n), ref=f"V-{n}", **({"name": name, "bars": bars} | given))


def found(*people: Volunteer) -> list[tuple[int, int, Likeness]]:
    return [(one.one.id.int, one.other.id.int, one.likeness) for one in duplicates(people)]


def said(one: Duplicate) -> set[Evidence]:
    return {reason.evidence for reason in (*one.speaks_for, *one.against)}


def test_one_number_at_one_bar_comes_first_whatever_the_name() -> None:
    people = [
        volunteer(1, "Ana Lee", **HOME),
        volunteer(2, "Ana Lee", **HOME),
        volunteer(3, "Berta Ruiz", "NM 77"),
        volunteer(4, "Berta Ruiz-Soto", "NM 77"),
    ]
    assert found(*people) == [(3, 4, Likeness.CERTAIN), (1, 2, Likeness.LIKELY)]


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ({}, {}, Likeness.PERHAPS),
        (HOME, HOME, Likeness.LIKELY),
        ({"email": "m@x.example"}, {"email": "M@X.example"}, Likeness.LIKELY),
        ({"email": "m@x.example"}, {"email": "m@x.example", "name": "Jane Roe"}, Likeness.PERHAPS),
        ({"email": "m@x.example"}, {"email": "n@x.example"}, Likeness.PERHAPS),
        ({}, {"name": "Jane Roe"}, None),
        (HOME, HOME | {"name": "María Roe"}, None),
    ],
)
def test_a_name_alone_is_hardly_a_reason(one: dict[str, Any], other: dict[str, Any], likeness: Likeness | None) -> None:
    told = duplicates([volunteer(1, **one), volunteer(2, **other)])
    assert [each.likeness for each in told] == ([likeness] if likeness else [])


def test_two_lawyers_of_one_name_with_two_numbers_at_one_bar_are_two() -> None:
    assert found(volunteer(1, "María Cruz", "NM 1", **HOME), volunteer(2, "María Cruz", "NM 2", **HOME)) == []
    one, other = volunteer(1, "María Cruz", "NM 1", email="m@x.example"), volunteer(2, "María Cruz", "NM 2")
    assert found(one, volunteer(2, "María Cruz", "NM 2", email="m@x.example")) == [(1, 2, Likeness.PERHAPS)]
    assert found(one, other) == []


def test_numbers_at_two_bars_do_not_speak_against_one_person() -> None:
    (one,) = duplicates([volunteer(1, "María Cruz", "NM 1", **HOME), volunteer(2, "María Cruz", "TX 9", **HOME)])
    assert (one.likeness, one.against) == (Likeness.LIKELY, ())


def test_lost_zeros_and_a_new_surname_are_told() -> None:
    (zeros,) = duplicates([volunteer(1, "María Cruz", "NM 0012"), volunteer(2, "María Cruz", "NM 12")])
    assert (zeros.likeness, said(zeros)) == (Likeness.LIKELY, {Evidence.SAME_BUT_ZEROS, Evidence.NAMES_AGREE})
    (married,) = duplicates([volunteer(1, "María Cruz", "NM 12"), volunteer(2, "María Romero", "NM 12")])
    assert said(married) == {Evidence.SAME_NUMBER, Evidence.NEW_SURNAME}


def test_three_of_one_name_in_one_county_are_each_perhaps() -> None:
    told = duplicates([volunteer(n, **HOME) for n in (1, 2, 3)])
    assert [one.likeness for one in told] == [Likeness.PERHAPS] * 3


def test_an_offices_address_says_nothing_and_neither_does_a_name_that_a_crowd_shares() -> None:
    office = [volunteer(n, f"Person{n} Name{n}", email="front@desk.example") for n in range(1, 6)]
    assert duplicates(office) == []
    assert duplicates([volunteer(n, "Test Test") for n in range(1, 40)]) == []


def test_whom_a_person_told_apart_is_left_out_until_something_changes() -> None:
    one, other = volunteer(1, "María Cruz", "NM 12"), volunteer(2, "María Cruz", "NM 12")
    apart = {(one.id, other.id): mark_of(other, one)}
    assert duplicates([one, other], apart=apart) == []
    changed = volunteer(2, "María Cruz", "NM 12", email="new@x.example")
    assert len(duplicates([one, changed], apart=apart)) == 1


def test_what_speaks_against_is_told_for_any_two() -> None:
    one = volunteer(1, "Ana Lee", "NM 1", gender=Gender.FEMALE, email="a@x.example", **HOME)
    other = volunteer(2, "Bo Lee", "NM 2", gender=Gender.MALE, email="b@x.example", county="Luna", us_state="NM")
    speaks_for, against = compare_two(one, other)
    assert speaks_for == ()
    assert {reason.evidence for reason in against} == AGAINST


@given(
    st.lists(
        st.tuples(st.sampled_from(["Ana Lee", "Ana B. Lee", "Bo Roe", ""]), st.sampled_from(["", "1", "01", "2"])),
        max_size=8,
    )
)
def test_every_suggestion_has_something_that_speaks_for_it_and_comes_once(rows: list[tuple[str, str]]) -> None:
    people = [volunteer(n, name, f"NM {number}") for n, (name, number) in enumerate(rows, 1)]
    told = duplicates(people)
    assert all(one.speaks_for for one in told)
    assert len({one.pair for one in told}) == len(told)
    assert [one.likeness for one in told] == sorted((one.likeness for one in told), reverse=True)
    assert {one.pair for one in duplicates(reversed(people))} == {one.pair for one in told}
