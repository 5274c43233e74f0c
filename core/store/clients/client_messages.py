"""Messages between clients and the programme in the database: each text sealed with the key of its case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from core import tables as t
from core.crypto import Place
from core.envelope import DataKey
from core.model.help.client_messages import ClientMessage
from core.store.sealed.case_keys import key_of, known_key

Row = dict[str, Any]


def _place(message: UUID) -> Place:
    return Place("client_message", "text", str(message))


async def insert_message(case: UUID, message: ClientMessage, *, now: datetime) -> None:
    """Write a message, sealed."""
    m = t.ClientMessage
    text = (await key_of(case, now=now)).seal(message.text, _place(message.id)) if message.text else ""
    await m.insert(
        m(
            id=message.id,
            case=case,
            from_client=message.from_client,
            written_by=message.written_by,
            text=text,
            ready=message.ready,
            written_at=message.written_at,
        )
    )


async def messages_of(case: UUID) -> list[ClientMessage]:
    """All messages of a case, oldest first; Erased where they were."""
    m = t.ClientMessage
    rows = await m.select().where(m.case == case).order_by(m.id)
    key = await known_key(case) if rows else None
    return [_opened(row, key) for row in rows]


def _opened(row: Row, key: DataKey | None) -> ClientMessage:
    return ClientMessage(
        id=row["id"],
        from_client=bool(row["from_client"]),
        written_by=row["written_by"],
        text=key.open(row["text"], _place(row["id"])) if key and row["text"] else "",
        ready=row["ready"],
        written_at=row["written_at"],
        read_at=row["read_at"],
    )


async def count_unread(case: UUID, *, from_client: bool) -> int:
    """How much of what one side wrote the other has not read."""
    m = t.ClientMessage
    return int(await m.count().where(m.case == case, m.from_client == from_client, m.read_at.is_null()))


async def mark_read(case: UUID, *, from_client: bool, now: datetime) -> bool:
    """Note that what one side wrote was read by the other; whether there was anything new."""
    m = t.ClientMessage
    new = m.update({m.read_at: now}).where(m.case == case, m.from_client == from_client, m.read_at.is_null())
    return bool(await new.returning(m.id))


async def unread_by_staff(cases: list[UUID]) -> set[UUID]:
    """Which of these cases have a message of the client that nobody has read."""
    if not cases:
        return set()
    m = t.ClientMessage
    rows = await m.select(m.case).where(m.case.is_in(cases), m.from_client == True, m.read_at.is_null())  # noqa: E712 -- a condition
    return {row["case"] for row in rows}
