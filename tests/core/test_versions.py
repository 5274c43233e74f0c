"""Versions of what a plugin may use: what fits, what does not, and what will go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import amparo
from core.versions import (
    API_VERSION,
    DEPRECATED,
    Deprecated,
    Part,
    Version,
    deprecated_name,
    problem_with,
    unsound,
    version_of,
)

NUMBERS = st.integers(0, 999)
OLD = Deprecated(Part.NAME, "Old", since="1.2", until="2.0", instead="amparo.New")


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_what_fits_is_the_same_major_and_no_newer_minor(major: int, minor: int, other: int, least: int) -> None:
    problem = problem_with(f"{other}.{least}", f"{major}.{minor}")

    assert (problem == "") is (other == major and least <= minor)
    if problem:
        assert f"written for version {other}.{least}" in problem
        assert f"offers {major}.{minor}" in problem
        newer = (other, least) > (major, minor)
        assert ("Upgrade Amparo" if newer else "Install a newer version of the plugin") in problem


@pytest.mark.parametrize(
    "declared", ["", "1", "1.0.0", "v1.0", "1.x", "01.0", "1.0 ", "1.0\n", "١.٠", 1.0, 1, (1, 0), True]
)
def test_what_is_no_version_is_refused_with_what_to_write(declared: object) -> None:
    assert (
        problem_with(declared) == f'Its amparo_api is not a version such as "1.0". Write amparo_api = "{API_VERSION}".'
    )


def test_nothing_declared_is_no_problem_and_our_own_version_is_one() -> None:
    assert problem_with(None) == ""
    assert version_of(amparo.API_VERSION) == Version(1, 0)
    assert str(version_of("12.3")) == "12.3"


def test_what_will_go_warned_a_version_before_and_goes_with_a_major_one() -> None:
    assert unsound(DEPRECATED) == []
    assert unsound([OLD], "1.2") == []
    assert unsound([OLD], "1.1") == ["Old: it warns since 1.2, and there is no such version yet."]
    assert unsound([OLD], "2.0") == ["Old: it should be gone since 2.0. Take it out."]
    for until in ("1.3", "2.1", "1.0"):
        wrong = unsound([Deprecated(Part.HOOK, "amparo_old", "1.2", until, "amparo_new")], "1.2")
        assert wrong[0] == f"amparo_old: it goes in {until}, which must be a later major version than 1.2."


def test_a_name_that_is_not_there_is_missing_as_in_any_module(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AttributeError, match="module 'amparo' has no attribute 'nothing'"):
        getattr(amparo, "nothing")  # noqa: B009 -- a checker knows that it is not there
    with pytest.raises(ImportError):
        exec("from amparo import nothing")

    monkeypatch.setattr("core.versions.DEPRECATED", (OLD,))
    with pytest.warns(
        DeprecationWarning, match=r"amparo\.Old, deprecated since 1\.2 and gone in 2\.0\. Use amparo\.New"
    ):
        assert deprecated_name("Old", {"__name__": "amparo", "_Old": 7}) == 7
