"""Who a member of a bar may be: suggestions with what speaks for them, and never a machine's merge."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.people import BarAdmission, Volunteer
from core.model.rosters.entries import RosterEntry
from core.model.volunteers.identity import Likeness, PersonName, Suggestions

NAME = "María Cruz"


def volunteer(ref: str = "V-1", **given: Any) -> Volunteer:
    return Volunteer(id=uuid4(), ref=ref, **({"name": NAME} | given))


def member(**given: Any) -> RosterEntry:
    return RosterEntry(**({"number": "0012", "name": NAME} | given))


def likely(entry: RosterEntry, *people: Volunteer, bar: str = "NM") -> list[tuple[str, Likeness]]:
    return [(one.volunteer, one.likeness) for one in Suggestions(people, bar).of(entry)]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("MARIA CRUZ", "María Cruz", True),
        ("María-José de la Cruz", "Maria Jose Cruz", True),
        ("Ana B. Lee", "Ana Beatriz Lee", True),
        ("Ana B. Lee", "Ana Lee", True),
        ("Ana B. Lee", "Ana C. Lee", False),
        ("John Roe, Jr.", "John Roe, Sr.", False),
        ("John Roe, Jr.", "John Roe", True),
        ("Dr. John Roe, Esq.", "John Roe", True),
        ("John Roe", "Jane Roe", False),
        ("Sean O'Hara", "Sean O’Hara", True),
        ("Al V. Roe", "Al Victor Roe", True),
        ("Al Roe", "El Roe", False),
        ("Cher", "Cher", False),
    ],
)
def test_names_agree_where_nothing_in_them_contradicts(one: str, other: str, agree: bool) -> None:
    assert PersonName.read(one).agrees_with(PersonName.read(other)) is agree
    assert PersonName.read(other).agrees_with(PersonName.read(one)) is agree


def test_a_name_alone_is_hardly_a_reason_with_the_county_or_the_address_it_is_one() -> None:
    home = {"county": "Doña Ana", "us_state": "NM"}
    assert likely(member(), volunteer()) == [("V-1", Likeness.PERHAPS)]
    assert likely(member(**home), volunteer(**home)) == [("V-1", Likeness.LIKELY)]
    assert likely(member(email="M@bar.example"), volunteer(email="m@bar.example")) == [("V-1", Likeness.LIKELY)]


def test_two_of_one_name_are_both_perhaps_meant_wherever_they_live() -> None:
    home = {"county": "Taos", "us_state": "NM"}
    assert likely(member(**home), volunteer("V-1", **home), volunteer("V-2", **home)) == [
        ("V-1", Likeness.PERHAPS),
        ("V-2", Likeness.PERHAPS),
    ]


def test_whoever_has_another_number_at_the_bar_is_somebody_else() -> None:
    other = volunteer(bars=(BarAdmission("NM", number="99"),), email="m@bar.example")
    assert likely(member(email="m@bar.example"), other) == []
    assert likely(member(email="m@bar.example"), other, bar="TX") == [("V-1", Likeness.LIKELY)]


def test_a_number_that_lost_its_zeros_and_a_new_surname_are_told() -> None:
    (found,) = Suggestions([volunteer(bars=(BarAdmission("NM", number="12"),))], "NM").of(member())
    assert found.likeness is Likeness.LIKELY
    assert "The number is the same but for leading zeros." in found.reasons
    married = volunteer(name="María Romero", email="m@bar.example")
    (found,) = Suggestions([married], "NM").of(member(email="m@bar.example"))
    assert found.likeness is Likeness.PERHAPS
    assert any("a change of name" in reason for reason in found.reasons)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_name_can_be_compared_both_ways_alike(one: str, other: str) -> None:
    first, second = PersonName.read(one), PersonName.read(other)
    assert first.agrees_with(second) is second.agrees_with(first)
    assert first.agrees_with(first) is bool(first.surname)


@given(st.text(max_size=20), st.text(max_size=20), st.emails() | st.just(""))
def test_nobody_is_suggested_without_a_reason_and_no_reason_tells_a_name(name: str, given: str, email: str) -> None:
    people = [volunteer(name=given, email=email), volunteer("V-2", name=name)]
    for found in Suggestions(people, "NM").of(member(name=name or "x", email=email)):
        assert found.reasons
        assert not email or email not in " ".join(found.reasons)
