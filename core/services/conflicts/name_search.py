"""Finding names over everything that is sealed: hits of a case for its conflict check, and people as somebody types.

A name is looked up by its keys in the blind index; what may be like it is opened and graded in memory. What is shown to
a person goes through the disclosure log here: one line for each case whose name she is shown, with why.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.clients.client import Client, Purpose, Stage
from core.model.conflicts.evidence import Evidence, is_same
from core.model.conflicts.grading import Likeness, compare_names
from core.model.conflicts.hits import Hit, HitGroup, NameKind, grouped
from core.model.conflicts.words import Name, read_names
from core.model.people import Actor
from core.services.clinic import require_staff
from core.services.conflicts.kept_off import kept_off_each
from core.store.audit import Happened, record_all
from core.store.cases import cases
from core.store.clients.disclosures import FOUND_NAME, fields_shown, insert_disclosures
from core.store.clients.evidence import compared, with_same_number
from core.store.database import slow_reads, transaction
from core.store.engines.hiding import hidden
from core.store.names import index
from core.store.names.decisions import decisions_by_case
from core.store.names.index import Entry
from core.store.names.listed_names import Listed, listed_by_id
from core.store.names.search import names_like

SAME_LOOK: Final = timedelta(minutes=10)
"""For so long a name that somebody is shown again while she types is the same look at it."""
SHOWN: Final = 12
"""So many people are shown at once."""
CASES_AT_ONCE: Final = 50
MOST_COMPARED: Final = 300
"""Of so many at most the day of birth is opened to be compared."""
NOTHING: Final[Evidence] = {}
NOTHING_GIVEN: Final[Client] = {}


class Found(msgspec.Struct, frozen=True):
    """Somebody who may be known already: her name as it is written, whose it is and in which case.

    ``likeness`` is how like it is to what was typed; None where she was found by a number alone. ``evidence`` is what
    else speaks for a client, or against her.
    """

    case: Case
    name: str
    kind: NameKind
    likeness: Likeness | None
    evidence: Evidence = NOTHING


class Findings(msgspec.Struct, frozen=True):
    """Who was found, the likest first; so many ``more`` are not shown."""

    people: tuple[Found, ...]
    more: int = 0


async def find_people(
    text: str,
    *,
    given: Client = NOTHING_GIVEN,
    by: Actor,
    now: datetime,
    purpose: Purpose = Purpose.DUPLICATES,
    without: UUID | None = None,
    limit: int = SHOWN,
) -> Findings:
    """Clients and parties whose names are like those in ``text``, for staff, such as a duplicate while somebody types.

    At least two words of a name find anybody who has more; one word finds who is known by one word only. A client with
    the A-number or the telephone number that is ``given`` is found whatever her name is; who has it, or the day of
    birth, stands first. ``without`` leaves a case out. Side effects, where anybody is shown whom this person was not
    shown lately: the disclosure log and an audit event for each of the cases.
    """
    require_staff(by)
    unseen = {None, without, *hidden()}
    graded, _ = await likest_to(read_names(text))
    best = _best(one for found in graded for one in found if one[0].case not in unseen)
    best = await _by_number(await with_same_number(given) - unseen, besides=best) + best
    clients = [entry.case for entry, _ in best if entry.case and _is_client(entry)]
    evidence = await compared(given, set(clients[:MOST_COMPARED]))
    likest = sorted(best, key=lambda one: _rank(one, evidence))
    known = await cases.cases_by_id({entry.case for entry, _ in likest[:limit] if entry.case})
    people = tuple(
        Found(known[entry.case], entry.name.written, entry.kind, likeness, _evidence(entry, evidence))
        for entry, likeness in likest[:limit]
        if entry.case in known
    )
    shown = {one.case.id: evidence.get(one.case.id, NOTHING) for one in people}
    await note_shown(shown, purpose=purpose, by=by, now=now)
    return Findings(people, len(likest) - len(people))


Graded = tuple[Entry, Likeness | None]


def _best(graded: Iterable[tuple[Entry, Likeness]]) -> list[Graded]:
    """Of several names of one kind in a case the likest one."""
    best: dict[tuple[UUID | None, NameKind], Graded] = {}
    for entry, likeness in sorted(graded, key=lambda one: (-one[1].grade, -one[1].score)):
        best.setdefault((entry.case, entry.kind), (entry, likeness))
    return list(best.values())


async def _by_number(found: set[UUID], *, besides: list[Graded]) -> list[Graded]:
    """The clients who have the number and another name."""
    known = {entry.case for entry, _ in besides if _is_client(entry)}
    entries = [entry for case in sorted(found - known) for entry in await index.names_of(case) if _is_client(entry)]
    return [(entry, None) for entry in entries if not entry.is_alias]


def _is_client(entry: Entry) -> bool:
    return entry.kind is NameKind.CLIENT


def _evidence(entry: Entry, evidence: Mapping[UUID, Evidence]) -> Evidence:
    return evidence.get(entry.case, NOTHING) if entry.case and _is_client(entry) else NOTHING


def _rank(one: Graded, evidence: Mapping[UUID, Evidence]) -> tuple[bool, bool, int, float]:
    """Who has a number or the day of birth first, then clients, then how like the names are."""
    entry, likeness = one
    grade, score = (likeness.grade, likeness.score) if likeness else (0, 0.0)
    return not is_same(_evidence(entry, evidence)), not _is_client(entry), -grade, -score


async def note_shown(shown: Mapping[UUID, Iterable[str]], *, purpose: Purpose, by: Actor, now: datetime) -> None:
    """Note that somebody was shown names of these cases, and which fields were compared beside them.

    But for those of which she was shown as much for this a moment ago.
    """
    async with transaction():
        lately = await fields_shown(by.account, purpose=purpose, since=now - SAME_LOOK)
        fields = {case: sorted({FOUND_NAME, *map(str, shown[case])}) for case in sorted(shown)}
        new = {case: those for case, those in fields.items() if not lately.get(case, set()) >= set(those)}
        await insert_disclosures(new, stage=Stage.STAFF, purpose=purpose, by=by, now=now)
        await record_all([_disclosed(case, those, purpose) for case, those in new.items()], by=by, now=now)


def _disclosed(case: UUID, fields: Iterable[str], purpose: Purpose) -> Happened:
    return Happened("disclosed", "case", case, {"fields": ",".join(fields), "purpose": str(purpose)})


async def likest_to(
    sought: Sequence[Name], searches: Sequence[int] = ()
) -> tuple[list[list[tuple[Entry, Likeness]]], bool]:
    """For each name, every one that is like it, the likest first; True: so common that not all were looked at.

    ``searches``: for each name, to which search it belongs, where they are more than one.
    """
    async with slow_reads():
        candidates, more = await names_like(sought, searches or [0] * len(sought))
    return [_graded(name, found) for name, found in zip(sought, candidates, strict=True)], more


def _graded(sought: Name, candidates: Iterable[Entry]) -> list[tuple[Entry, Likeness]]:
    graded = [(one, likeness) for one in candidates if (likeness := compare_names(sought, one.name))]
    return sorted(graded, key=lambda one: (-one[1].grade, -one[1].score, one[0].id))


async def hits_of(case: UUID) -> tuple[list[HitGroup], bool]:
    """The hits of all names of a case with other cases and with volunteers' lists; True: not all were looked at.

    Not for a person to see without ``conflict_checks``, which writes the log.
    """
    found, cut = await _hits([case])
    return found[case], cut


async def hits_by_case(cases: Sequence[UUID]) -> dict[UUID, list[HitGroup]]:
    """The same for many cases, with a few statements for some dozen of them."""
    found: dict[UUID, list[HitGroup]] = {}
    for start in range(0, len(cases), CASES_AT_ONCE):
        found |= (await _hits(cases[start : start + CASES_AT_ONCE]))[0]
    return found


async def _hits(cases: Sequence[UUID]) -> tuple[dict[UUID, list[HitGroup]], bool]:
    names = await index.names_by_case(cases)
    ours = [(case, at, one) for at, case in enumerate(cases) for one in names[case]]
    likest, cut = await likest_to([one.name for _, _, one in ours], [at for _, at, _ in ours])
    laid = [
        (case, one, entry, likeness)
        for (case, _, one), found in zip(ours, likest, strict=True)
        for entry, likeness in found
        if entry.case != case
    ]
    listed = await listed_by_id({entry.listed for _, _, entry, _ in laid if entry.listed})
    hits: dict[UUID, list[Hit]] = {case: [] for case in cases}
    for case, one, entry, likeness in laid:
        if entry.listed is None or entry.listed in listed:
            hits[case].append(_hit(one, entry, likeness, listed))
    decided, off = await decisions_by_case(cases), await kept_off_each(cases)
    return {case: grouped(found, decided[case], off=off.get(case, ())) for case, found in hits.items()}, cut


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
