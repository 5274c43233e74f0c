"""Members counted by standing: what changes add and take away is what a new count would say."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from core.model.rosters.changes import Change, ChangeKind, KnownEntry, standings_moved
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import Standing
from tests.worlds import NOW

ROSTERS = st.dictionaries(st.integers(1, 30).map(str), st.sampled_from(Standing), max_size=30)


def entry(number: str, standing: Standing) -> RosterEntry:
    return RosterEntry(number=number, name=f"Member {number}", standing=standing)


def change(number: str, was: dict[str, Standing], absent: dict[str, Standing], now: dict[str, Standing]) -> Change:
    """What becomes of one number that was listed, or was gone already, or was not known."""
    after = entry(number, now[number]) if number in now else None
    if number in was:
        kind = ChangeKind.CHANGED if after else ChangeKind.GONE
        return Change(number=number, kind=kind, before=KnownEntry(entry(number, was[number])), after=after)
    if number in absent:
        before = KnownEntry(entry(number, absent[number]), gone_since=NOW)
        return Change(number=number, kind=ChangeKind.BACK, before=before, after=after)
    return Change(number=number, kind=ChangeKind.NEW, after=after)


@given(was=ROSTERS, gone=ROSTERS, now=ROSTERS)
def test_counts_moved_by_changes_are_those_of_the_roster_after_them(
    was: dict[str, Standing], gone: dict[str, Standing], now: dict[str, Standing]
) -> None:
    absent = {number: standing for number, standing in gone.items() if number not in was}
    changes = [change(number, was, absent, now) for number in sorted({*was, *now})]

    counts = Counter(was.values())
    counts.update(standings_moved(changes))

    assert {each: n for each, n in counts.items() if n} == Counter(now.values())


def test_what_is_only_overdue_with_a_volunteer_moves_nobody() -> None:
    said = entry("1", Standing.ACTIVE)
    overdue = Change(number="1", kind=ChangeKind.OVERDUE, before=KnownEntry(said), after=said)

    assert not any(standings_moved([overdue]).values())
