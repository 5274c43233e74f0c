"""The same organisation written in two ways is the same, and two are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.conflicts.organisations import organisation_key

SAME = [
    ("Smith, Jones & Lee, L.L.P.", "smith jones and lee llp"),
    ("Smith, Jones, and Lee", "SMITH  JONES & LEE L. L. P."),
    ("García & Hernández P.C.", "Garcia and Hernandez"),
    ("The Acme Company, Inc.", "ACME"),
    ("A.B.C. Detention Corp.", "ABC Detention"),
    ("O’Brien's Farms LLC", "OBriens Farms, L.L.C."),
    ("Müller-Straße Ltd.", "Muller Strasse Limited"),
]
OTHERS = [("Acme", "Acme Foods"), ("Smith & Jones", "Smith & Johnson"), ("Lee Inc.", "Li Inc."), ("Co.", "Inc.")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_accents_signs_and_legal_forms_make_no_other_organisation(one: str, other: str) -> None:
    assert organisation_key(one) == organisation_key(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_organisations_are_two(one: str, other: str) -> None:
    assert organisation_key(one) != organisation_key(other)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key_and_spaces_and_case_do_not_matter(name: str) -> None:
    key = organisation_key(name)

    assert organisation_key(f"  {name}  ") == key
    assert organisation_key(key) == key


def test_where_nothing_is_left_there_is_nothing_to_compare() -> None:
    assert [organisation_key(name) for name in ("", " ", "&", "The", "...", "and")] == [""] * 6
