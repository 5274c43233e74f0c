"""Taking over what a spreadsheet says: all of a file in one transaction, again and again without doubling anything."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Any, Final, TypeVar

import msgspec

from core.errors import BadInput
from core.model.cases.case import Case
from core.model.people import Actor
from core.model.states import OPEN_CASE, CaseState
from core.model.vocabulary import CameBy
from core.services.cases import intake
from core.services.cases.eligibility import all_checked_elsewhere
from core.services.clinic import require_staff
from core.spreadsheets import CaseRow
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction
from core.store.keys import new_case_id, new_id

AT_ONCE: Final = 500
"""How many references are looked up with one query."""
SCREENED_BEFORE: Final = "taken over with a waitlist"
"""Why nobody asks again whether the clients of a waitlist that is taken over may be served."""
Item = TypeVar("Item")


class Outcome(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PASSED_OVER = "passed over"
    LEFT_OUT = "left out"


class Imported(msgspec.Struct, frozen=True):
    """What became of one row, and in words what was changed or why it was passed over."""

    line: int
    ref: str
    outcome: Outcome
    note: str = ""


class Report(msgspec.Struct, frozen=True):
    """What became of every row, in the order of the file. After a dry run nothing of it is in the database."""

    rows: tuple[Imported, ...]
    dry_run: bool

    def count(self, outcome: Outcome) -> int:
        """How many rows came to this."""
        return Counter(row.outcome for row in self.rows)[outcome]


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that it leaves nothing behind."""


@asynccontextmanager
async def whole_file(*, dry_run: bool) -> AsyncIterator[None]:
    """One transaction for a file; a dry run does everything and keeps nothing of it."""
    try:
        async with transaction():
            yield
            if dry_run:
                raise _DryRun
    except _DryRun:
        return


def portions(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items, some hundred at a time."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


@asynccontextmanager
async def naming_the_row(line: int, ref: str) -> AsyncIterator[None]:
    """Say of which row a refusal speaks."""
    try:
        yield
    except BadInput as problem:
        raise BadInput(f"Row {line}, {ref}: {problem} Nothing was changed.") from problem


async def note_import(what: str, rows: list[Imported], *, by: Actor, now: datetime) -> None:
    """Write an audit event with the counts, unless the file changed nothing."""
    counts = Counter(row.outcome for row in rows)
    if counts[Outcome.NEW] or counts[Outcome.CHANGED]:
        kept: dict[str, Any] = {outcome.name.lower(): counts[outcome] for outcome in Outcome}
        await record(f"{what}_imported", subject_kind="import", subject=new_id(), by=by, now=now, **kept)


async def import_cases(rows: Sequence[CaseRow], *, dry_run: bool = False, by: Actor, now: datetime) -> Report:
    """Take a waitlist over: new cases go through intake and screening to the waitlist, known ones are corrected.

    A case is known by its ``ref``. Its waiting time runs from the day on which it was received. An empty cell in
    the file erases nothing, a case that has ended is left as it is, and no state is changed of one that is known.
    """
    require_staff(by)
    done: list[Imported] = []
    async with whole_file(dry_run=dry_run):
        for part in portions(rows):
            known = await cases.cases_by_ref(row.ref for row in part)
            for row in part:
                async with naming_the_row(row.line, row.ref):
                    done.append(await _case(row, known.get(row.ref), by=by, now=now))
            new = [intake.Coming(new_case(row, row.ref)) for row in part if row.ref not in known]
            await open_cases(new, waitlisted=True, by=by, now=now)
        await note_import("cases", done, by=by, now=now)
    return Report(rows=tuple(done), dry_run=dry_run)


async def _case(row: CaseRow, known: Case | None, *, by: Actor, now: datetime) -> Imported:
    if known is None:
        return Imported(row.line, row.ref, Outcome.NEW)
    if known.state not in OPEN_CASE:
        return Imported(row.line, row.ref, Outcome.PASSED_OVER, f"The case is {known.state}.")
    corrected = msgspec.structs.replace(known, **facts_of(row, known))
    if corrected == known:
        return Imported(row.line, row.ref, Outcome.UNCHANGED)
    await intake.correct_case(corrected, by=by, now=now)
    return Imported(row.line, row.ref, Outcome.CHANGED, differences(known, corrected))


def new_case(row: CaseRow, ref: str, came_by: CameBy | None = None) -> Case:
    """The case of a row, as it is received."""
    facts = facts_of(row, None)
    return Case(id=new_case_id(), ref=ref, state=CaseState.RECEIVED, received=row.received, came_by=came_by, **facts)


async def open_cases(coming: Sequence[intake.Coming], *, waitlisted: bool, by: Actor, now: datetime) -> None:
    """Take in some hundred cases of a list, each with its client waiting since the day on which it was received.

    ``waitlisted``: they were screened where they come from, and go on to the waitlist. Within the caller's transaction;
    side effects as those of the verbs, for all cases at once.
    """
    await intake.receive_cases(coming, by=by, now=now)
    days = {one.case.id: datetime.combine(one.case.received, time(), UTC) for one in coming}
    await intake.begin_screenings({case: min(day, now) for case, day in days.items()}, by=by, now=now)
    if waitlisted:
        await all_checked_elsewhere(list(days), reason=SCREENED_BEFORE, by=by, now=now)
        await intake.waitlist_cases(list(days), by=by, now=now)


def facts_of(row: CaseRow, known: Case | None) -> dict[str, Any]:
    """What a row says of a case; where it is silent, what is known."""
    facts = msgspec.structs.asdict(row)
    for other in ("line", "ref", "received"):
        del facts[other]
    silent = [name for name, value in facts.items() if value in ("", None)]
    if known is None:
        return {name: value for name, value in facts.items() if name not in silent}
    return facts | {name: getattr(known, name) for name in silent}


def differences(known: msgspec.Struct, corrected: msgspec.Struct) -> str:
    """The names of the fields that differ, for a report."""
    return ", ".join(
        name.replace("_", " ") for name in known.__struct_fields__ if getattr(known, name) != getattr(corrected, name)
    )
