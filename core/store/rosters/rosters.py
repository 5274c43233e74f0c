"""Rosters in the database: who works on one, and its entries as last applied."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import compress
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound
from core.model.rosters.changes import Change, ChangeKind, KnownEntry
from core.model.rosters.diff import MARK, mark_of
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import Standing
from core.store.database import on_postgres, slow_reads

PAGE: Final = 20_000
"""How many marks are read with one statement."""
ENTRIES: Final = 2_000
"""How many whole entries are read with one statement."""
WRITTEN: Final = (ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.BACK)
"""The changes that write an entry."""
Row = dict[str, Any]


async def ensure_roster(name: str, *, title: str, bar: str) -> Row:
    """The row of a roster, made where it is new; its title is brought up to date, its bar never."""
    r = t.Roster
    await r.insert(r(name=name, title=title, bar=bar)).on_conflict(
        target=r.name, action="DO UPDATE", values=[(r.title, title)]
    )
    return await find_roster(name)


async def is_known(name: str) -> bool:
    """Whether there is a roster of this name here."""
    return bool(await t.Roster.exists().where(t.Roster.name == name))


async def find_roster(name: str) -> Row:
    """The row of the roster of this name; NotFound otherwise."""
    row: Row | None = await t.Roster.select().where(t.Roster.name == name).first()
    if row is None:
        raise NotFound(f"No roster of the name {name} was ever synchronised.")
    return row


async def claimed_until(roster: UUID) -> datetime | None:
    """Until when somebody works on a roster, who may have died since; None where nobody does."""
    row = await t.Roster.select(t.Roster.claimed_until).where(t.Roster.id == roster).first()
    return row["claimed_until"] if row else None


async def claim_roster(roster: UUID, claim: UUID, *, until: datetime, now: datetime) -> bool:
    """Take a roster, so that nobody else works on it until then; False while somebody does. One statement decides."""
    r = t.Roster
    free = r.claim.is_null() | (r.claimed_until < now)
    return bool(await r.update({r.claim: claim, r.claimed_until: until}).where(r.id == roster, free).returning(r.id))


async def keep_claim(roster: UUID, claim: UUID, *, until: datetime) -> bool:
    """Keep a roster for longer; False when it was taken by somebody else meanwhile."""
    r = t.Roster
    return bool(await r.update({r.claimed_until: until}).where(r.id == roster, r.claim == claim).returning(r.id))


async def drop_claim(roster: UUID, claim: UUID) -> None:
    """Let others work on a roster."""
    r = t.Roster
    await r.update({r.claim: None, r.claimed_until: None}).where(r.id == roster, r.claim == claim)


async def set_applied(roster: UUID, run: UUID | None) -> None:
    """Note of which run the entries are the result."""
    await t.Roster.update({t.Roster.applied: run}).where(t.Roster.id == roster)


async def marks_of(roster: UUID) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The marks of the members who are listed, and of those who are gone, by number.

    The database puts each page together as lists: half a million rows one by one would take most of the time
    of a preview.
    """
    listed: dict[str, bytes] = {}
    gone: dict[str, bytes] = {}
    last: str | None = ""
    while last is not None:
        async with slow_reads():
            (row,) = await t.RosterEntry.raw(_page_of_marks(), roster, last)
        if (last := row["last"]) is not None:
            numbers, absent = msgspec.json.decode(row["numbers"]), msgspec.json.decode(row["absent"])
            marks = bytes.fromhex(row["marks"])
            each = (marks[at : at + MARK] for at in range(0, len(marks), MARK))
            listed.update(zip(numbers, each, strict=True))
            gone.update((number, listed.pop(number)) for number in compress(numbers, absent))
    return listed, gone


def _page_of_marks() -> str:
    together, after_another = ("json_agg", "string_agg") if on_postgres() else ("json_group_array", "group_concat")
    return (
        f"SELECT {together}(number) AS numbers, {after_another}(mark, '') AS marks, {together}(absent) AS absent, "  # noqa: S608 -- constants
        "MAX(number) AS last FROM (SELECT number, mark, gone_since IS NOT NULL AS absent FROM roster_entry "
        f"WHERE roster = {{}} AND number > {{}} ORDER BY number LIMIT {PAGE}) AS page"
    )


async def known_entries(roster: UUID, numbers: Sequence[str]) -> dict[str, KnownEntry]:
    """What is kept of these numbers."""
    e = t.RosterEntry
    if not numbers:
        return {}
    rows = await e.select().where(e.roster == roster, e.number.is_in(list(numbers)))
    return {row["number"]: _known(row) for row in rows}


def _known(row: Row) -> KnownEntry:
    entry = msgspec.json.decode(row["entry"], type=RosterEntry)
    return KnownEntry(entry, row["previous"], row["gone_since"])


async def listed_entries(roster: UUID) -> AsyncIterator[list[RosterEntry]]:
    """The entries of the members who are listed, some thousand at a time, by number."""
    e, last = t.RosterEntry, ""
    while True:
        query = e.select(e.number, e.entry).where(e.roster == roster, e.gone_since.is_null(), e.number > last)
        async with slow_reads():
            rows: list[Row] = await query.order_by(e.number).limit(ENTRIES)
        if not rows:
            return
        yield [msgspec.json.decode(row["entry"], type=RosterEntry) for row in rows]
        last = rows[-1]["number"]


async def write_entries(roster: UUID, run: UUID, changes: Sequence[Change]) -> None:
    """Write what the roster says now: the changes of a run between the first and the last number that are not done.

    The mark that an entry had becomes that of the version before.
    """
    await t.RosterEntry.raw(
        "INSERT INTO roster_entry (id, roster, number, mark, previous, entry) "
        "SELECT id, {}, number, mark, '', after FROM roster_change "
        "WHERE run = {} AND number >= {} AND number <= {} AND kind IN ({}, {}, {}) AND NOT done "
        "ON CONFLICT (roster, number) DO UPDATE SET previous = roster_entry.mark, mark = excluded.mark, "
        "entry = excluded.entry, gone_since = NULL",
        roster,
        run,
        changes[0].number,
        changes[-1].number,
        *map(str, WRITTEN),
    )


async def keep_entries(roster: UUID, known: Iterable[KnownEntry]) -> None:
    """Write entries in place of what was kept of their numbers."""
    e = t.RosterEntry
    rows = [
        e(
            roster=roster,
            number=one.entry.number,
            mark=mark_of(one.entry).hex(),
            previous=one.previous,
            entry=msgspec.json.encode(one.entry).decode(),
            gone_since=one.gone_since,
        )
        for one in known
    ]
    if rows:
        await e.insert(*rows).on_conflict(
            target=(e.roster, e.number), action="DO UPDATE", values=[e.mark, e.previous, e.entry, e.gone_since]
        )


async def mark_gone(roster: UUID, numbers: Sequence[str], *, since: datetime) -> None:
    """Note that the roster does not list these members any more; what was known of them stays."""
    e = t.RosterEntry
    if numbers:
        await e.update({e.gone_since: since}).where(e.roster == roster, e.number.is_in(list(numbers)))


async def forget_entries(roster: UUID, numbers: Sequence[str]) -> None:
    """Take back entries that a run had added."""
    e = t.RosterEntry
    if numbers:
        await e.delete().where(e.roster == roster, e.number.is_in(list(numbers)))


async def move_standings(roster: UUID, moved: Mapping[Standing, int]) -> None:
    """Keep count of the listed members by standing, in the transaction that changes their entries."""
    r = t.Roster
    if not any(moved.values()):
        return
    row = await r.select(r.standings).where(r.id == roster).first()
    known = Counter(msgspec.json.decode(row["standings"], type=dict[Standing, int]) if row else {})
    known.update(moved)
    kept = {standing: count for standing, count in sorted(known.items()) if count > 0}
    await r.update({r.standings: msgspec.json.encode(kept).decode()}).where(r.id == roster)


async def admissions_at(bar: str) -> list[tuple[str, UUID, Standing]]:
    """The number, volunteer and standing of every admission to a bar whose number is known."""
    b = t.BarAdmission
    rows = await b.select(b.number, b.volunteer, b.standing).where(b.jurisdiction == bar, b.number != "")
    return [(row["number"], row["volunteer"], Standing(row["standing"])) for row in rows]


async def admissions_of(bar: str, numbers: Sequence[str]) -> list[tuple[str, UUID, Standing]]:
    """The same of these numbers only, by number and volunteer."""
    b = t.BarAdmission
    if not numbers:
        return []
    here = b.select(b.number, b.volunteer, b.standing).where(b.jurisdiction == bar, b.number.is_in(list(numbers)))
    rows = await here.order_by(b.number).order_by(b.volunteer)
    return [(row["number"], row["volunteer"], Standing(row["standing"])) for row in rows]
