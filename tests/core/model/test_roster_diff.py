"""The diff of a roster: what a stream of entries changes, in whatever order they come."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.model.rosters.changes import Change, ChangeKind, FieldChange, KnownEntry, Tally
from core.model.rosters.diff import Comparison, Verdict, mark_of
from core.model.rosters.entries import RosterEntry, Spoken
from core.model.vocabulary import Standing

NUMBERS = st.sampled_from([str(number) for number in range(1, 9)])
ENTRIES = st.builds(
    RosterEntry,
    number=NUMBERS,
    name=st.sampled_from(["Ana Reyes", "ANA  REYES", "Bo Li"]),
    standing=st.sampled_from([Standing.ACTIVE, Standing.SUSPENDED]),
    county=st.sampled_from(["", "Taos"]),
    languages=st.sampled_from([(), (Spoken("es"),)]),
    origin=st.sampled_from(["row 2", "row 3"]),
)
ROSTERS = st.lists(ENTRIES, max_size=12)
GONE_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
ANA = RosterEntry(number="1", name="Ana Reyes", standing=Standing.ACTIVE, county="Taos", origin="row 2")

Known = dict[str, KnownEntry]


def compared(
    known: Mapping[str, KnownEntry],
    feed: Iterable[RosterEntry],
    standings: Mapping[str, frozenset[Standing]] | None = None,
    *,
    partial: bool = False,
) -> tuple[dict[str, Change], Comparison]:
    """The changes that remain when the last verdict on each number holds."""
    listed = {number: mark_of(one.entry) for number, one in known.items() if one.gone_since is None}
    absent = {number: mark_of(one.entry) for number, one in known.items() if one.gone_since is not None}
    comparison = Comparison(listed, absent=absent, standings=standings, partial=partial)
    verdicts = comparison.take(feed)
    verdicts += [Verdict(number, ChangeKind.GONE) for number in comparison.gone()]
    last = {verdict.number: verdict for verdict in verdicts}
    changes = {
        number: Change(number=number, kind=one.kind, before=known.get(number), after=one.entry)
        for number, one in last.items()
        if one.kind is not None
    }
    return changes, comparison


def applied(known: Known, changes: Mapping[str, Change]) -> Known:
    """What is known once changes are applied."""
    after = dict(known)
    for number, change in changes.items():
        kept = KnownEntry(change.after) if change.after else replace(known[number], gone_since=GONE_SINCE)
        after[number] = kept
    return after


def undone(known: Known, changes: Mapping[str, Change]) -> Known:
    """What was known before changes were applied."""
    back = {number: change.before for number, change in changes.items()}
    return {number: kept for number, kept in {**known, **back}.items() if kept is not None}


def listed(known: Known) -> dict[str, bytes]:
    return {number: mark_of(one.entry) for number, one in known.items() if one.gone_since is None}


def one_each(feed: Iterable[RosterEntry]) -> list[RosterEntry]:
    return list({entry.number: entry for entry in feed}.values())


def kept(feed: Iterable[RosterEntry]) -> Known:
    return {entry.number: KnownEntry(entry) for entry in one_each(feed)}


@given(ROSTERS, ROSTERS, ROSTERS)
def test_applying_the_difference_gives_the_new_roster_and_undoing_it_the_old_one(
    gone: list[RosterEntry], old: list[RosterEntry], new: list[RosterEntry]
) -> None:
    known = applied(kept(gone), compared(kept(gone), one_each(old))[0])

    changes, _ = compared(known, one_each(new))
    now = applied(known, changes)

    assert listed(now) == {entry.number: mark_of(entry) for entry in one_each(new)}
    assert undone(now, changes) == known
    assert compared(now, one_each(new))[0] == {}


@given(ROSTERS, ROSTERS, st.data())
def test_the_order_of_the_rows_changes_nothing(
    old: list[RosterEntry], new: list[RosterEntry], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(new))
    standings = {"1": frozenset({Standing.SUSPENDED})}

    (first, one), (second, other) = compared(kept(old), new, standings), compared(kept(old), shuffled, standings)

    assert {number: _without_origin(change) for number, change in first.items()} == {
        number: _without_origin(change) for number, change in second.items()
    }
    assert (one.tally(), one.doubtful()) == (other.tally(), other.doubtful())


def _without_origin(change: Change) -> Change:
    return replace(change, after=change.after and replace(change.after, origin=""))


@given(ROSTERS, ROSTERS)
def test_the_counts_are_those_of_the_changes_and_no_member_is_lost(
    old: list[RosterEntry], new: list[RosterEntry]
) -> None:
    changes, comparison = compared(kept(old), new)
    tally = comparison.tally()

    kinds = [change.kind for change in changes.values()]
    assert [kinds.count(ChangeKind(name)) for name in ("new", "changed", "back", "gone", "overdue")] == [
        tally.new, tally.changed, tally.back, tally.gone, tally.overdue,
    ]  # fmt: skip
    assert tally.members == tally.same + tally.new + tally.changed + tally.back + tally.doubtful
    assert tally.read == len(new) == tally.members + tally.doubled


def test_a_member_with_two_offices_is_one_member() -> None:
    two = [ANA, replace(ANA, county="Santa Fe", origin="row 3")]
    changes, comparison = compared({}, two)

    assert [change.kind for change in changes.values()] == [ChangeKind.NEW]
    assert comparison.tally() == Tally(read=2, members=1, new=1, doubled=1)
    assert compared(applied({}, changes), reversed(two))[0] == {}


def test_one_number_with_two_names_or_standings_changes_nothing_and_is_told() -> None:
    for other in (replace(ANA, name="Bo Li"), replace(ANA, standing=Standing.SUSPENDED)):
        changes, comparison = compared(kept([ANA]), [ANA, other])

        assert (changes, comparison.doubtful()) == ({}, ["1"])
        assert comparison.tally().gone == 0


def test_a_name_in_capitals_is_the_same_name_of_a_member_with_two_offices() -> None:
    _, comparison = compared({}, [ANA, replace(ANA, name="ANA  REYES")])

    assert comparison.doubtful() == []


def test_a_change_is_told_field_by_field() -> None:
    changes, _ = compared(kept([ANA]), [replace(ANA, standing=Standing.SUSPENDED, county="", origin="row 9")])

    assert list(changes["1"].fields()) == [
        FieldChange("standing", Standing.ACTIVE, Standing.SUSPENDED),
        FieldChange("county", "Taos", ""),
    ]


def test_where_an_entry_comes_from_is_no_difference() -> None:
    assert compared(kept([ANA]), [replace(ANA, origin="row 1,000")])[0] == {}


def test_who_is_listed_again_is_back_even_with_the_same_entry() -> None:
    known = {"1": KnownEntry(ANA, gone_since=GONE_SINCE)}

    (change,) = compared(known, [ANA])[0].values()

    assert (change.kind, applied(known, {"1": change})["1"].gone_since) == (ChangeKind.BACK, None)


def test_what_a_partial_roster_leaves_out_is_not_gone() -> None:
    bo = RosterEntry(number="2", name="Bo Li")

    assert compared(kept([ANA, bo]), [ANA], partial=True)[0] == {}
    assert [one.kind for one in compared(kept([ANA, bo]), [ANA])[0].values()] == [ChangeKind.GONE]


def test_a_volunteer_with_another_standing_than_her_entry_is_overdue() -> None:
    changes, _ = compared(kept([ANA]), [ANA], {"1": frozenset({Standing.UNKNOWN})})

    assert [one.kind for one in changes.values()] == [ChangeKind.OVERDUE]
    assert compared(kept([ANA]), [ANA], {"1": frozenset({Standing.ACTIVE})})[0] == {}


def test_volunteers_among_the_members_are_counted_and_those_who_would_lose_good_standing() -> None:
    bo = RosterEntry(number="2", name="Bo Li", standing=Standing.SUSPENDED)
    good, bad = frozenset({Standing.ACTIVE}), frozenset({Standing.INACTIVE})

    tally = compared({}, [ANA, bo], {"1": good, "2": good, "3": good})[1].tally()

    assert (tally.volunteers, tally.losing) == (2, 1)
    assert compared({}, [ANA, bo], {"2": bad})[1].tally().losing == 0
