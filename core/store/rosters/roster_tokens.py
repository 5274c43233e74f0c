"""Tokens of bars' programs in the database: only their digests, so that a copy of the table opens no door."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.model.rosters.pushing import RosterToken
from core.store.keys import new_id
from core.store.paths import via
from core.store.tokens import mark_of_token, new_token

PREFIX: Final = "amparo_"
"""How every token begins, so that scanners find one that was written where it does not belong."""
Row = dict[str, Any]


async def make_token(
    roster: UUID, *, label: str, made_by: UUID | None, now: datetime, expires_at: datetime
) -> tuple[UUID, str]:
    """Make a token; return its id and the token itself, which is kept nowhere."""
    key, token = new_id(), PREFIX + new_token()
    await t.RosterToken.insert(
        t.RosterToken(
            id=key,
            roster=roster,
            label=label,
            digest=mark_of_token(token),
            made_by=made_by,
            made_at=now,
            expires_at=expires_at,
        )
    )
    return key, token


async def token_row(token: str) -> Row | None:
    """What is known of a token: id, label, roster's name, and until when it is good; None for an unknown one."""
    k = t.RosterToken
    row: Row | None = (
        await k.select(k.id, k.label, k.expires_at, k.revoked_at, k.used_on, via(k.roster).name.as_alias("roster"))
        .where(k.digest == mark_of_token(token))
        .first()
    )
    return row


async def note_used(token: UUID, *, now: datetime) -> None:
    """Keep the day on which a token was used last."""
    await t.RosterToken.update({t.RosterToken.used_on: now.date()}).where(t.RosterToken.id == token)


async def tokens_of(roster: UUID) -> list[RosterToken]:
    """The tokens of a roster that were not revoked, the newest first."""
    k = t.RosterToken
    rows = (
        await k.select(k.id, k.label, k.made_at, k.expires_at, k.used_on, via(k.made_by).name.as_alias("made_by"))
        .where(k.roster == roster, k.revoked_at.is_null())
        .order_by(k.id, ascending=False)
    )
    return [msgspec.convert(row | {"made_by": row["made_by"] or ""}, RosterToken) for row in rows]


async def revoke_token(roster: UUID, token: UUID, *, now: datetime) -> str | None:
    """Let a token of this roster open nothing any more; its label, or None where there is none that does."""
    k = t.RosterToken
    rows = (
        await k.update({k.revoked_at: now})
        .where(k.id == token, k.roster == roster, k.revoked_at.is_null())
        .returning(k.label)
    )
    return rows[0]["label"] if rows else None


async def tokens_made_by(account: UUID, roster: UUID) -> list[UUID]:
    """The tokens of a roster that somebody made and that were not revoked."""
    k = t.RosterToken
    rows = await k.select(k.id).where(k.made_by == account, k.roster == roster, k.revoked_at.is_null())
    return [row["id"] for row in rows]
