"""The guards of a roster: what holds a run for a person, and what does not."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.model.rosters.changes import Tally
from core.model.rosters.guards import guards

OLDER, NEWER = datetime(2025, 11, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
USUAL = {"known": 4000, "read": 4000, "members": 4000, "met": 3990, "same": 3900, "changed": 90, "new": 10, "gone": 10}


def codes(
    *, partial: bool = False, as_of: datetime | None = None, last: datetime | None = None, **odd: Any
) -> list[str]:
    return [one.code for one in guards(Tally(**{**USUAL, **odd}), partial=partial, as_of=as_of, last=last)]


def test_a_usual_day_is_not_held() -> None:
    assert codes(moved=20, renamed=30, doubled=100, doubtful=3, reverted=2, as_of=NEWER, last=OLDER) == []


@pytest.mark.parametrize(
    ("code", "odd"),
    [
        ("empty", {"read": 0, "members": 0, "met": 0, "changed": 0, "new": 0, "gone": 4000}),
        ("shrunk", {"read": 12, "members": 12, "met": 12, "new": 0, "gone": 3988}),
        ("shrunk", {"gone": 401}),
        ("standings", {"moved": 200}),
        ("renamed", {"renamed": 900}),
        ("doubtful", {"doubtful": 41}),
        ("older", {"reverted": 46}),
        ("older", {"as_of": OLDER, "last": NEWER}),
    ],
)
def test_what_looks_unlike_the_last_roster_is_held(code: str, odd: dict[str, Any]) -> None:
    assert codes(**odd) == [code]


def test_numbers_that_hardly_overlap_are_those_of_another_bar() -> None:
    assert codes(met=100, new=3900, gone=3900) == ["shrunk", "other_bar"]


def test_a_loss_of_a_tenth_is_still_usual() -> None:
    assert codes(gone=400) == []


def test_in_a_small_bar_one_suspension_is_no_mass_change() -> None:
    small: dict[str, Any] = {"known": 3, "read": 3, "members": 3, "met": 3, "same": 2, "new": 0, "gone": 0}
    assert codes(**small, changed=1, moved=1, renamed=1) == []


def test_volunteers_who_would_lose_good_standing_together_hold_even_the_first_roster() -> None:
    first: dict[str, Any] = {"known": 0, "met": 0, "same": 0, "changed": 0, "new": 4000, "gone": 0}
    assert codes(**first, volunteers=20, losing=4) == ["volunteers"]
    assert codes(**first, volunteers=3, losing=3) == codes(**first, volunteers=50, losing=4) == []


def test_the_first_roster_has_nothing_to_be_unlike() -> None:
    first: dict[str, Any] = {"known": 0, "met": 0, "same": 0, "changed": 0, "new": 4000, "gone": 0}
    assert codes(**first) == []
    assert codes(**first | {"read": 0, "members": 0, "new": 0}) == ["empty"]


def test_a_partial_roster_may_be_short_or_empty_and_may_hold_new_members_only() -> None:
    assert codes(partial=True, read=0, members=0, met=0, changed=0, new=0, gone=0) == []
    assert codes(partial=True, read=30, members=30, met=0, changed=0, new=30, gone=0) == []
    assert codes(partial=True, read=300, members=300, met=300, changed=300, moved=300, gone=0) == ["standings"]


def test_a_guard_tells_the_figures_and_where_to_look() -> None:
    (guard,) = guards(
        Tally(**{**USUAL, "read": 12, "members": 12, "met": 12, "gone": 3988}), partial=False, as_of=None, last=None
    )

    assert guard.text == (
        "12 members are listed where 4,000 were, and 3,988 of those are gone (100%, usual is at most 10%). "
        "Look whether the file is whole."
    )
