"""Finding names over everything that is sealed: hits of a case for its conflict check, and people as somebody types.

A name is looked up by its keys in the blind index; what may be like it is opened and graded in memory. What is shown to
a person goes through the disclosure log here: one line for each case whose name she is shown, with why.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.clients.client import Purpose, Stage
from core.model.conflicts.grading import Likeness, compare_names
from core.model.conflicts.hits import Hit, HitGroup, NameKind, grouped
from core.model.conflicts.keys import counted, looked_up
from core.model.conflicts.words import Name, read_name
from core.model.people import Actor
from core.services.clinic import require_staff
from core.services.conflicts.kept_off import kept_off
from core.store.audit import record
from core.store.cases import cases
from core.store.clients.disclosures import FOUND_NAME, cases_shown, insert_disclosure
from core.store.database import slow_reads, transaction
from core.store.engines.hiding import hidden
from core.store.names import index
from core.store.names.decisions import decisions_of
from core.store.names.index import Entry
from core.store.names.listed_names import Listed, listed_by_id

SAME_LOOK: Final = timedelta(minutes=10)
"""For so long a name that somebody is shown again while she types is the same look at it."""
SHOWN: Final = 12
"""So many people are shown at once."""


class Found(msgspec.Struct, frozen=True):
    """Somebody whose name is like what was typed: the name as it is written, whose it is and in which case."""

    case: Case
    name: str
    kind: NameKind
    likeness: Likeness


class Findings(msgspec.Struct, frozen=True):
    """Who was found, the likest first; ``more`` are as like as the last and are not shown."""

    people: tuple[Found, ...]
    more: int = 0


async def find_people(
    text: str,
    *,
    by: Actor,
    now: datetime,
    purpose: Purpose = Purpose.DUPLICATES,
    without: UUID | None = None,
    limit: int = SHOWN,
) -> Findings:
    """Clients and parties whose names are like ``text``, for staff, such as a duplicate while somebody types.

    At least two words of a name find anybody who has more; one word finds who is known by one word only. ``without``
    leaves a case out. Side effects, where anybody is shown whom this person was not shown lately: the disclosure log
    and an audit event for each of the cases.
    """
    require_staff(by)
    sought = read_name(text)
    unseen = {None, without, *hidden()}
    ((graded,), _) = await likest_to([sought])
    likest = [(entry, likeness) for entry, likeness in graded if entry.case not in unseen]
    shown = likest[:limit]
    known = await cases.cases_by_id({entry.case for entry, _ in shown if entry.case})
    people = tuple(
        Found(known[entry.case], entry.name.written, entry.kind, likeness)
        for entry, likeness in shown
        if entry.case in known
    )
    await note_shown({one.case.id for one in people}, purpose=purpose, by=by, now=now)
    return Findings(people, len(likest) - len(shown))


async def note_shown(shown: Iterable[UUID], *, purpose: Purpose, by: Actor, now: datetime) -> None:
    """Note that somebody was shown names of these cases, but for those that she was shown for this a moment ago."""
    async with transaction():
        lately = await cases_shown(by.account, purpose=purpose, since=now - SAME_LOOK)
        for case in sorted(set(shown) - lately):
            await insert_disclosure(case, [FOUND_NAME], stage=Stage.STAFF, purpose=purpose, by=by, now=now)
            told = {"fields": FOUND_NAME, "purpose": str(purpose)}
            await record("disclosed", subject_kind="case", subject=case, by=by, now=now, **told)


async def likest_to(sought: Sequence[Name]) -> tuple[list[list[tuple[Entry, Likeness]]], bool]:
    """For each name, every one that is like it, the likest first; True: so common that not all were looked at."""
    asked = [index.Sought(looked_up(name), counted(name)) for name in sought]
    async with slow_reads():
        candidates, more = await index.names_like(asked)
    return [_graded(name, found) for name, found in zip(sought, candidates, strict=True)], more


def _graded(sought: Name, candidates: Iterable[Entry]) -> list[tuple[Entry, Likeness]]:
    graded = [(one, likeness) for one in candidates if (likeness := compare_names(sought, one.name))]
    return sorted(graded, key=lambda one: (-one[1].grade, -one[1].score, one[0].id))


async def hits_of(case: UUID) -> tuple[list[HitGroup], bool]:
    """The hits of all names of a case with other cases and with volunteers' lists; True: not all were looked at.

    Not for a person to see without ``conflict_checks``, which writes the log.
    """
    ours = await index.names_of(case)
    likest, cut = await likest_to([one.name for one in ours])
    laid = [
        (one, entry, likeness)
        for one, found in zip(ours, likest, strict=True)
        for entry, likeness in found
        if entry.case != case
    ]
    listed = await listed_by_id({entry.listed for _, entry, _ in laid if entry.listed})
    hits = [_hit(*one, listed) for one in laid if one[1].listed is None or one[1].listed in listed]
    return grouped(hits, await decisions_of(case), off=await kept_off(case)), cut


def _hit(ours: Entry, theirs: Entry, likeness: Likeness, listed: dict[UUID, Listed]) -> Hit:
    who = listed.get(theirs.listed) if theirs.listed else None
    return Hit(
        sought=ours.name.written,
        sought_kind=ours.kind,
        found=theirs.name.written,
        found_kind=theirs.kind,
        likeness=likeness,
        ours=ours.id,
        theirs=theirs.id,
        case=theirs.case,
        volunteer=who.volunteer if who else None,
        relation=who.relation if who else None,
    )
