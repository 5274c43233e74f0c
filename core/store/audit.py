"""The audit chain: appended in the transaction of the change that it records.

What a person wrote stands in it sealed with the data key of its case. The digest is over the sealed text, so the chain
verifies as before when that key is shredded and nobody can read the words any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Place
from core.envelope import DataKey
from core.model.events import GENESIS, AuditEvent, digest_of
from core.model.people import Actor
from core.store.bulk import insert_rows
from core.store.clients.screens import require_open
from core.store.database import CHAIN_LOCK, queue_for
from core.store.sealed.case_keys import keys_for, keys_of

Detail = str | int | float | bool | None
SEALED: Final = "sealed"
"""Where in the detail of an event the words are that a person wrote."""


class Words(msgspec.Struct, frozen=True):
    """What a person wrote about a case, by what it is: a reason, an outcome."""

    case: UUID
    said: dict[str, str]


class Happened(msgspec.Struct, frozen=True):
    """What an event is to tell; whose doing it was and when, all that happened at once has in common."""

    kind: str
    subject_kind: str
    subject: UUID
    detail: dict[str, Detail] = {}
    words: Words | None = None


def _place(sequence: int) -> Place:
    return Place("audit_event", SEALED, str(sequence))


async def record(
    kind: str,
    words: Words | None = None,
    /,
    *,
    subject_kind: str,
    subject: UUID,
    by: Actor,
    now: datetime,
    **detail: Detail,
) -> AuditEvent:
    """Append an event. Concurrent writers queue for the head of the chain until their transactions end.

    Every change writes one, so here whoever is kept out of a case is refused what is about it: NotFound. ``words`` are
    sealed; Erased where the key of their case was shredded.
    """
    (event,) = await record_all([Happened(kind, subject_kind, subject, detail, words)], by=by, now=now)
    return event


async def record_all(told: Sequence[Happened], *, by: Actor, now: datetime) -> list[AuditEvent]:
    """Append the events of what one change does to many things, in this order; as ``record`` for each.

    The head of the chain is read once, and the events are written some at a time.
    """
    if not told:
        return []
    await require_open(one.subject for one in told)
    keys = await keys_for((one.words.case for one in told if one.words), now=now)
    await queue_for(CHAIN_LOCK)
    e = t.AuditEvent
    head = await e.select(e.sequence, e.digest).order_by(e.sequence, ascending=False).first()
    sequence, previous = (head["sequence"], head["digest"]) if head else (0, GENESIS)
    made = list[AuditEvent]()
    for at, one in enumerate(told, sequence + 1):
        event = _chained(one, at, previous, keys, by=by, now=now)
        made.append(event)
        previous = event.digest
    await insert_rows(t.AuditEvent, [_row(event) for event in made])
    return made


def _chained(
    one: Happened, sequence: int, previous: str, keys: Mapping[UUID, DataKey], *, by: Actor, now: datetime
) -> AuditEvent:
    said = one.words and keys[one.words.case].seal(msgspec.json.encode(one.words.said).decode(), _place(sequence))
    open_event = AuditEvent(
        sequence=sequence,
        at=now,
        kind=one.kind,
        subject_kind=one.subject_kind,
        subject=one.subject,
        actor=by.account,
        actor_label=by.label,
        detail={**one.detail, SEALED: said} if said else one.detail,
        previous=previous,
        digest="",
    )
    return msgspec.structs.replace(open_event, digest=digest_of(open_event))


def _row(event: AuditEvent) -> dict[str, Any]:
    return msgspec.structs.asdict(event) | {"detail": msgspec.json.encode(event.detail).decode()}


async def head_sequence() -> int:
    """The number of the newest event; 0 where there is none."""
    head = await t.AuditEvent.select(t.AuditEvent.sequence).order_by(t.AuditEvent.sequence, ascending=False).first()
    return head["sequence"] if head else 0


async def events(*, after: int = 0, limit: int = 1000) -> list[AuditEvent]:
    """Read the chain in order, from behind ``after``."""
    rows = (
        await t.AuditEvent.select()
        .where(t.AuditEvent.sequence > after)
        .order_by(t.AuditEvent.sequence)
        .limit(limit)
        .output(load_json=True)
    )
    return [msgspec.convert(row, AuditEvent) for row in rows]


async def events_of(subjects: list[UUID], *kinds: str) -> list[AuditEvent]:
    """Everything that happened to these subjects, or what of it is of these kinds, oldest first."""
    query = t.AuditEvent.select().where(t.AuditEvent.subject.is_in(subjects))
    query = query.where(t.AuditEvent.kind.is_in(list(kinds))) if kinds else query
    rows = await query.order_by(t.AuditEvent.sequence).output(load_json=True)
    return [msgspec.convert(row, AuditEvent) for row in rows]


async def with_words(case: UUID, told: Iterable[AuditEvent]) -> list[AuditEvent]:
    """Events of a case with what people wrote in them; once its client was erased, without. For staff.

    One statement, where there is anything to open.
    """
    events = list(told)
    key = (await keys_of([case])).get(case) if any(SEALED in event.detail for event in events) else None
    return [_opened(event, key) for event in events]


def _opened(event: AuditEvent, key: DataKey | None) -> AuditEvent:
    sealed = event.detail.get(SEALED)
    if key is None or not isinstance(sealed, str):
        return event
    said = msgspec.json.decode(key.open(sealed, _place(event.sequence)), type=dict[str, str])
    return msgspec.structs.replace(event, detail=event.detail | said)
