"""Small rows for the tests of the store."""

from datetime import UTC, datetime
from uuid import UUID

from core import tables as t

NOW = datetime(2026, 11, 24, 9, 14, tzinfo=UTC)


async def add_account(email: str = "ana@example.org") -> UUID:
    """Insert an account; returns its key."""
    key = t.new_id()
    await t.Account.insert(t.Account(id=key, email=email, name="Ana", password_hash="x", created_at=NOW))
    return key


async def emails() -> list[str]:
    """The addresses of all accounts, in order."""
    rows = await t.Account.select(t.Account.email).order_by(t.Account.email)
    return [row["email"] for row in rows]
