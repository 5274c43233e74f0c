"""Whether the clients of a waitlist are here already: told as at intake, before anything of the list is taken over.

Read outside of a transaction, so that whoever is kept off a case is told nothing of its client; each client who is
named to somebody is in the disclosure log.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.clients.client import Client, ClientField, Purpose
from core.model.conflicts.evidence import COMPARED, Evidence, seems_same
from core.model.conflicts.grading import Grade
from core.model.conflicts.hits import NameKind
from core.model.conflicts.words import Name, read_names
from core.model.people import Actor
from core.services.clinic import require_staff
from core.services.conflicts.name_search import likest_to, note_shown
from core.store.cases.cases import cases_by_id
from core.store.clients.evidence import compared_each, with_same_numbers
from core.store.engines.hiding import hidden
from core.store.names.index import Entry, names_by_case
from core.waitlists import WaitlistRow, same_rows

ROWS_AT_ONCE: Final = 50
NAMES: Final = (ClientField.NAME, ClientField.OTHER_NAMES)


class Alike(msgspec.Struct, frozen=True):
    """A row whose client seems to be here already: in ``case`` under ``name``, or in an earlier row of the file.

    ``grade`` is how like the names are, None: not at all, or not said of a row; ``evidence`` is what else is the same,
    or another.
    """

    line: int
    evidence: Evidence
    grade: Grade | None = None
    case: Case | None = None
    name: str = ""
    row: int = 0


async def alike_rows(
    rows: Sequence[WaitlistRow], *, new: Collection[int], by: Actor, now: datetime
) -> dict[int, Alike]:
    """By its line, each row whose client seems to be here, in a case rather than in an earlier row of the file.

    ``new`` are the lines of the rows that are asked about: those whose references are not known. Side effects, where
    this person was not shown them lately: the disclosure log and an audit event for each client.
    """
    require_staff(by)
    same = await asyncio.to_thread(same_rows, rows)
    found = {line: Alike(line, one.evidence, row=one.line) for line, one in same.items() if line in new}
    asked = [row for row in rows if row.case.line in new]
    for start in range(0, len(asked), ROWS_AT_ONCE):
        found |= await _known(asked[start : start + ROWS_AT_ONCE])
    named = {one.case.id: [str(field) for field in one.evidence] for one in found.values() if one.case}
    if named:
        await note_shown(named, purpose=Purpose.DUPLICATES, by=by, now=now)
    return found


async def _known(rows: Sequence[WaitlistRow]) -> dict[int, Alike]:
    likest = await _likest([_names(row.client) for row in rows])
    given = [{field: row.client.get(field, "") for field in COMPARED} for row in rows]
    numbered = [found - hidden() for found in await with_same_numbers(given)]
    pairs = [(one, {*likest[at], *numbered[at]}) for at, one in enumerate(given)]
    best: dict[int, tuple[UUID, Grade | None, Evidence]] = {}
    for row, (_, candidates), graded, evidence in zip(rows, pairs, likest, await compared_each(pairs), strict=True):
        same = [
            (case, graded.get(case), evidence.get(case, {}))
            for case in sorted(candidates)
            if seems_same(graded.get(case), evidence.get(case, {}))
        ]
        if same:
            best[row.case.line] = max(same, key=_weight)
    return await _told(best)


def _names(client: Client) -> list[Name]:
    return [name for field in NAMES for name in read_names(client.get(field, ""))]


def _weight(one: tuple[UUID, Grade | None, Evidence]) -> tuple[int, int]:
    """Who has most in common first, then whose name is likest."""
    _, grade, evidence = one
    return sum(1 if same else -1 for same in evidence.values()), grade or 0


async def _likest(names: Sequence[Sequence[Name]]) -> list[dict[UUID, Grade]]:
    """For the names of each row, the cases whose clients have names like them, and how like."""
    asked = [(at, name) for at, those in enumerate(names) for name in those]
    found: list[dict[UUID, Grade]] = [{} for _ in names]
    if not asked:
        return found
    likest, _ = await likest_to([name for _, name in asked], [at for at, _ in asked])
    for (at, _), graded in zip(asked, likest, strict=True):
        for entry, likeness in graded:
            if entry.kind is NameKind.CLIENT and entry.case and entry.case not in hidden():
                found[at][entry.case] = max(found[at].get(entry.case, Grade.POSSIBLE), likeness.grade)
    return found


async def _told(best: Mapping[int, tuple[UUID, Grade | None, Evidence]]) -> dict[int, Alike]:
    """The clients that were found, by the name that each goes by; a case that is not there to be seen is left out."""
    cases = await cases_by_id({case for case, _, _ in best.values()})
    names = await names_by_case(list(cases))
    return {
        line: Alike(line, evidence, grade, cases[case], _called(names[case]))
        for line, (case, grade, evidence) in best.items()
        if case in cases
    }


def _called(entries: Sequence[Entry]) -> str:
    theirs = [one for one in entries if one.kind is NameKind.CLIENT and not one.is_alias]
    return theirs[0].name.written if theirs else ""
