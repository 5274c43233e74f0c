"""A person's inbox in the portal: what she has read, and where a message leads."""

from datetime import datetime
from uuid import UUID

from core import tables as t
from core.errors import NotFound


async def mark_all_read(account: UUID, *, now: datetime) -> None:
    """Note that a person has seen all of her messages."""
    m = t.Message
    await m.update({m.read_at: now}).where(m.account == account, m.read_at.is_null())


async def message_path(message: UUID, *, account: UUID, now: datetime) -> str:
    """Note that a message was read and return the page it points to; NotFound when it is not this person's."""
    m = t.Message
    row = await m.select(m.path, m.read_at).where(m.id == message, m.account == account).first()
    if row is None:
        raise NotFound("There is no such message, or it is not yours.")
    if row["read_at"] is None:
        await m.update({m.read_at: now}).where(m.id == message)
    path: str = row["path"]
    return path
