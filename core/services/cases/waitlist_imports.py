"""Taking over a waitlist from elsewhere, its clients too: what would become of its rows, and doing it.

All of a file is one transaction, and the same file again doubles nothing that has a reference. What is known of a
client already is left as it is: the record here may be newer than the list.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from core.errors import BadInput
from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.people import Actor
from core.model.states import OPEN_CASE
from core.model.vocabulary import CameBy
from core.services.cases import intake
from core.services.cases.importing import (
    Imported,
    Outcome,
    Report,
    differences,
    facts_of,
    naming_the_row,
    new_case,
    note_import,
    open_cases,
    portions,
)
from core.services.cases.waitlist_alike import Alike, alike_rows
from core.services.cases.waitlist_files import Opened, understand_rows
from core.services.clients.writing import correct_client
from core.services.clinic import require_staff
from core.store.cases import cases
from core.store.cases import waitlist_imports as store
from core.store.cases.references import next_references
from core.store.clients.clients import fields_known_of
from core.store.database import transaction
from core.store.days import day_of
from core.store.engines.hiding import hidden, seeing_all
from core.waitlists import Understood, WaitlistRow

GONE: Final = "This file is not kept any more: somebody has taken it over or put it aside."
TAKEN: Final = "This reference is given already."
"""All that somebody is told who is kept off the case that has it: what is not there cannot be corrected or doubled."""


class Target(StrEnum):
    """Where the cases of a list go: to the waitlist, since they were screened there, or to be screened here."""

    WAITLIST = "waitlist"
    SCREENING = "screening"


class TakenOver(Report, frozen=True, kw_only=True):
    """What became of every row. ``left``: by their lines, those left out since their clients seem to be here."""

    left: dict[int, Alike]


class Foreseen(msgspec.Struct, frozen=True):
    """What would become of each row that is understood, and by their lines the new ones whose clients may be here."""

    rows: tuple[Imported, ...]
    alike: dict[int, Alike]


async def foresee(understood: Understood, *, by: Actor, now: datetime) -> Foreseen:
    """What would become of each row, without taking anything over. Side effects: those of ``alike_rows``."""
    require_staff(by)
    found: list[Imported] = []
    with seeing_all():
        for part in portions(understood.rows):
            known = await _known(part)
            found += [_foreseen(row, known.get(row.case.ref)) for row in part]
    new = {one.line for one in found if one.outcome is Outcome.NEW}
    return Foreseen(tuple(found), await alike_rows(understood.rows, new=new, by=by, now=now))


class _Known(msgspec.Struct, frozen=True):
    """A case that is here already, and which fields of its client are."""

    case: Case
    fields: frozenset[ClientField]


async def _known(rows: Sequence[WaitlistRow]) -> dict[str, _Known]:
    """What is here already of the cases of some rows, by reference."""
    found = await cases.cases_by_ref(row.case.ref for row in rows if row.case.ref)
    fields = await fields_known_of([case.id for case in found.values()])
    return {ref: _Known(case, fields[case.id]) for ref, case in found.items()}


def _foreseen(row: WaitlistRow, there: _Known | None) -> Imported:
    if there is None:
        return Imported(row.case.line, row.case.ref, Outcome.NEW)
    known = there.case
    if known.id in hidden():
        return Imported(row.case.line, row.case.ref, Outcome.PASSED_OVER, TAKEN)
    if known.state not in OPEN_CASE:
        return Imported(row.case.line, row.case.ref, Outcome.PASSED_OVER, f"The case is {known.state}.")
    corrected = _corrected(row, known)
    told = [differences(known, corrected), _told(_missing(row, there))]
    note = "; ".join(filter(None, told))
    return Imported(row.case.line, row.case.ref, Outcome.CHANGED if note else Outcome.UNCHANGED, note)


def _corrected(row: WaitlistRow, known: Case) -> Case:
    """A known case with what the row itself states; what a new case would begin with changes nothing."""
    facts = facts_of(row.case, known)
    return msgspec.structs.replace(known, **{name: value for name, value in facts.items() if name in row.stated})


def _missing(row: WaitlistRow, there: _Known) -> dict[ClientField, str]:
    """What a row tells of a client that is not known yet."""
    return {field: text for field, text in row.client.items() if field not in there.fields}


def _told(added: Mapping[ClientField, str]) -> str:
    return f"client: {', '.join(field.replace('_', ' ') for field in added)}" if added else ""


async def take_over(
    opened: Opened,
    *,
    target: Target,
    leave_out: bool,
    although_alike: Collection[int] | None = None,
    prefix: str,
    by: Actor,
    now: datetime,
) -> TakenOver:
    """Take over what a file says under its mapping, and forget the file.

    ``leave_out``: rows that cannot be understood are left out; otherwise they keep the whole file out (BadInput).
    ``although_alike`` are the lines of rows that are taken over although their clients seem to be here; the others of
    that kind are left out, and named in the report. None: nobody was asked, so one keeps the whole file out. Cases
    without a reference get the next ones that begin with ``prefix``. Side effects, in one transaction: those of
    ``receive_case`` and of what follows for each new case, corrections of known ones, audit events, the file is gone.
    """
    require_staff(by)
    understood = await understand_rows(opened, today=day_of(now))
    _require_clear(understood, leave_out=leave_out)
    if not await store.is_kept(opened.id):
        raise BadInput(GONE)
    alike = (await foresee(understood, by=by, now=now)).alike
    left = _left_out(alike, although_alike)
    rows = [row for row in understood.rows if row.case.line not in left]
    done = [Imported(row.case.line, row.case.ref, Outcome.LEFT_OUT) for row in understood.rows if row.case.line in left]
    async with transaction():
        if not await store.drop_import(opened.id):
            raise BadInput(GONE)
        refs = await _references(rows, prefix, now=now)
        for part in portions(rows):
            done += await _taken_together(part, refs, target, by=by, now=now)
        done.sort(key=lambda one: one.line)
        await note_import("waitlist", done, by=by, now=now)
    return TakenOver(rows=tuple(done), dry_run=False, left=left)


def _left_out(alike: Mapping[int, Alike], although_alike: Collection[int] | None) -> dict[int, Alike]:
    """The rows whose clients seem to be here, but those that are taken over nevertheless."""
    if alike and although_alike is None:
        raise BadInput(
            "Some clients seem to be here already. Say which of these rows are left out. Nothing was changed."
        )
    return {line: one for line, one in alike.items() if line not in (although_alike or ())}


async def _taken_together(
    part: Sequence[WaitlistRow], refs: Mapping[int, str], target: Target, *, by: Actor, now: datetime
) -> list[Imported]:
    """Open the new cases of some rows together, and correct those that are known one by one."""
    known = await _known(part)
    new = [row for row in part if row.case.ref not in known]
    coming = [intake.Coming(new_case(row.case, refs[row.case.line], CameBy.IMPORT), row.client) for row in new]
    await open_cases(coming, waitlisted=target is Target.WAITLIST, by=by, now=now)
    done: list[Imported] = []
    for row in part:
        async with naming_the_row(row.case.line, row.case.ref):
            there = known.get(row.case.ref)
            fresh = Imported(row.case.line, refs[row.case.line], Outcome.NEW)
            done.append(await _taken(row, there, by=by, now=now) if there else fresh)
    return done


def _require_clear(understood: Understood, *, leave_out: bool) -> None:
    if understood.missing:
        raise BadInput(f"Choose the column for {' and '.join(understood.missing)} first. Nothing was changed.")
    if understood.faulty and not leave_out:
        raise BadInput(
            "Some rows cannot be understood. Correct them, or say that they are left out. Nothing was changed."
        )


async def _references(rows: Sequence[WaitlistRow], prefix: str, *, now: datetime) -> dict[int, str]:
    """By the line of each row its reference, or the next one that neither a case nor another row has."""
    given = {row.case.line: row.case.ref for row in rows if row.case.ref}
    bare = [row.case.line for row in rows if not row.case.ref]
    made = await next_references(len(bare), prefix, now=now, besides=given.values())
    return given | dict(zip(bare, made, strict=True))


async def _taken(row: WaitlistRow, there: _Known, *, by: Actor, now: datetime) -> Imported:
    foreseen = _foreseen(row, there)
    if foreseen.outcome is Outcome.CHANGED:
        corrected = _corrected(row, there.case)
        if corrected != there.case:
            await intake.correct_case(corrected, by=by, now=now)
        if added := _missing(row, there):
            await correct_client(there.case.id, added, by=by, now=now)
    return foreseen
