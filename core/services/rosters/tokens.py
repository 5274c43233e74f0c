"""Tokens by which a bar's programs push entries: shown once, good for one roster, for a while."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from core.errors import BadInput, NotFound
from core.model.people import Actor
from core.model.rosters.pushing import Bearer, RosterToken
from core.model.vocabulary import AccountRole
from core.services.clinic import require_roster
from core.store.audit import record
from core.store.database import transaction
from core.store.rosters import roster_tokens, rosters

DAYS: Final = 365
"""For how many days a token is good unless somebody says otherwise."""
MOST_DAYS: Final = 2 * DAYS
MOST_TOKENS: Final = 20
LONGEST_LABEL: Final = 80


async def make_token(roster: str, *, label: str, days: int = DAYS, by: Actor, now: datetime) -> str:
    """Make a token that may push entries of a roster, and return it. It is kept as a hash, and shown never again."""
    require_roster(by, roster)
    name = " ".join(label.split())
    if not name or len(name) > LONGEST_LABEL:
        raise BadInput(f"Give the token a name of at most {LONGEST_LABEL} characters, such as “nightly export”.")
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(f"A token is good for 1 to {MOST_DAYS} days.")
    async with transaction():
        row = await rosters.find_roster(roster)
        if len(await roster_tokens.tokens_of(row["id"])) >= MOST_TOKENS:
            raise BadInput(f"A roster has at most {MOST_TOKENS} tokens. Revoke one that is not used any more first.")
        key, token = await roster_tokens.make_token(
            row["id"], label=name, made_by=by.account, now=now, expires_at=now + timedelta(days=days)
        )
        await record(
            "roster_token_made", subject_kind="roster", subject=row["id"], by=by, now=now, token=str(key), label=name
        )
    return token


async def revoke_token(roster: str, token: UUID, *, by: Actor, now: datetime) -> None:
    """Let a token open nothing any more, from the next request on; NotFound where the roster has no such token."""
    require_roster(by, roster)
    async with transaction():
        row = await rosters.find_roster(roster)
        label = await roster_tokens.revoke_token(row["id"], token, now=now)
        if label is None:
            raise NotFound("This roster has no such token, or it was revoked before. Nothing was changed.")
        await record(
            "roster_token_revoked",
            subject_kind="roster",
            subject=row["id"],
            by=by,
            now=now,
            token=str(token),
            label=label,
        )


async def tokens_of(roster: str, *, by: Actor) -> list[RosterToken]:
    """The tokens of a roster that were not revoked, those that have expired with them."""
    require_roster(by, roster)
    return await roster_tokens.tokens_of((await rosters.find_roster(roster))["id"])


async def bearer_of(token: str, *, now: datetime) -> Bearer | None:
    """Who a token stands for; None where it is unknown, expired or revoked, which are told apart nowhere.

    Its actor is a partner of one roster and of nothing else; the audit chain names the token as who acts.
    """
    row = await roster_tokens.token_row(token)
    if row is None or row["revoked_at"] is not None or row["expires_at"] <= now:
        return None
    if row["used_on"] != now.date():
        await roster_tokens.note_used(row["id"], now=now)
    label = f"token “{row['label']}”"
    return Bearer(
        row["id"], Actor(label=label, account=row["id"], roles=(AccountRole.PARTNER,), rosters=(row["roster"],))
    )
