"""Messages: a person's inbox, and on a demonstration what has left the house."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Where, made, select


class Note(msgspec.Struct, frozen=True):
    """A message in the portal's own inbox."""

    id: UUID
    subject: str
    body: str
    path: str
    created_at: datetime
    read_at: datetime | None = None


class Letter(msgspec.Struct, frozen=True):
    """One delivery through one channel, with the message and the address it goes to."""

    id: UUID
    channel: str
    state: str
    attempts: int
    due_at: datetime
    to_name: str
    to_address: str
    subject: str
    body: str
    path: str
    receipt: str = ""
    error: str = ""


async def notes_for(account: UUID, *, after: UUID | None = None, limit: int = ROWS) -> Page[Note]:
    """One page of an account's messages, the newest first."""
    where = Where("account = {}", account)
    if after is not None:
        where.also("id < {}", after)
    rows = await select(
        f"SELECT id, subject, body, path, created_at, read_at FROM message WHERE {where} ORDER BY id DESC LIMIT {{}}",
        *where.values,
        limit + 1,
    )
    return page_of([made(row, Note) for row in rows], [str(row["id"]) for row in rows], limit)


async def outgoing(*, after: UUID | None = None, limit: int = ROWS) -> Page[Letter]:
    """One page of all deliveries, the newest first."""
    where = Where("1 = 1") if after is None else Where("d.id < {}", after)
    rows = await select(
        "SELECT d.id, d.channel, d.state, d.attempts, d.due_at, d.receipt, d.error, "
        "COALESCE(a.name, m.address) AS to_name, COALESCE(a.email, m.address) AS to_address, m.subject, m.body, m.path "
        "FROM delivery d JOIN message m ON m.id = d.message "
        f"LEFT JOIN account a ON a.id = m.account WHERE {where} ORDER BY d.id DESC LIMIT {{}}",
        *where.values,
        limit + 1,
    )
    return page_of([made(row, Letter) for row in rows], [str(row["id"]) for row in rows], limit)
