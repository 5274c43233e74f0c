"""The audit chain: appended in the transaction of the change that it records.

What a person wrote stands in it sealed with the data key of its case. The digest is over the sealed text, so the chain
verifies as before when that key is shredded and nobody can read the words any more.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Place
from core.envelope import DataKey
from core.model.events import GENESIS, AuditEvent, digest_of
from core.model.people import Actor
from core.store.clients.screens import require_open
from core.store.database import CHAIN_LOCK, queue_for
from core.store.sealed.case_keys import key_of, keys_of

Detail = str | int | float | bool | None
SEALED: Final = "sealed"
"""Where in the detail of an event the words are that a person wrote."""


class Words(msgspec.Struct, frozen=True):
    """What a person wrote about a case, by what it is: a reason, an outcome."""

    case: UUID
    said: dict[str, str]


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
    await require_open([subject])
    key = await key_of(words.case, now=now) if words else None
    await queue_for(CHAIN_LOCK)
    head = await t.AuditEvent.select().order_by(t.AuditEvent.sequence, ascending=False).first()
    sequence = head["sequence"] + 1 if head else 1
    if words and key:
        detail[SEALED] = key.seal(msgspec.json.encode(words.said).decode(), _place(sequence))
    open_event = AuditEvent(
        sequence=sequence,
        at=now,
        kind=kind,
        subject_kind=subject_kind,
        subject=subject,
        actor=by.account,
        actor_label=by.label,
        detail=detail,
        previous=head["digest"] if head else GENESIS,
        digest="",
    )
    event = msgspec.structs.replace(open_event, digest=digest_of(open_event))
    values = msgspec.structs.asdict(event) | {"detail": msgspec.json.encode(detail).decode()}
    await t.AuditEvent.insert(t.AuditEvent(**values))
    return event


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
