"""The audit chain: appended in the transaction of the change that it records."""

from datetime import datetime
from uuid import UUID

import msgspec

from core import tables as t
from core.model.events import GENESIS, AuditEvent, digest_of
from core.model.people import Actor
from core.store.clients.screens import require_open
from core.store.database import CHAIN_LOCK, queue_for

Detail = str | int | float | bool | None


async def record(
    kind: str, *, subject_kind: str, subject: UUID, by: Actor, now: datetime, **detail: Detail
) -> AuditEvent:
    """Append an event. Concurrent writers queue for the head of the chain until their transactions end.

    Every change writes one, so here whoever is kept out of a case is refused what is about it: NotFound.
    """
    await require_open([subject])
    await queue_for(CHAIN_LOCK)
    head = await t.AuditEvent.select().order_by(t.AuditEvent.sequence, ascending=False).first()
    open_event = AuditEvent(
        sequence=head["sequence"] + 1 if head else 1,
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
