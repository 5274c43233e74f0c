"""Links that work once, in the database: a row is there for as long as its link works."""

from datetime import datetime
from uuid import UUID

from core import tables as t
from core.store.tokens import mark_of_token


async def insert_link(account: UUID, purpose: str, token: str, *, expires_at: datetime) -> None:
    """Keep a link for an account, in place of any other for the same purpose."""
    link = t.OneTimeLink
    await drop_links(account, purpose)
    await link.insert(link(account=account, purpose=purpose, mark=mark_of_token(token), expires_at=expires_at))


async def account_of_link(token: str, purpose: str, *, now: datetime) -> UUID | None:
    """Whom a link is for, while it works; looking changes nothing."""
    link = t.OneTimeLink
    works = link.mark == mark_of_token(token), link.purpose == purpose, link.expires_at > now
    row = await link.select(link.account).where(*works).first()
    return row["account"] if row else None


async def use_link(token: str, purpose: str, *, now: datetime) -> UUID | None:
    """Use a link up; whom it was for, or None where it does not work any more. One statement decides."""
    link = t.OneTimeLink
    works = link.mark == mark_of_token(token), link.purpose == purpose, link.expires_at > now
    rows = await link.delete().where(*works).returning(link.account)
    return rows[0]["account"] if rows else None


async def drop_links(account: UUID, purpose: str) -> None:
    """Let no link of an account for this purpose work any more."""
    await t.OneTimeLink.delete().where(t.OneTimeLink.account == account, t.OneTimeLink.purpose == purpose)


async def drop_links_before(instant: datetime) -> None:
    """Forget links that ended before an instant."""
    await t.OneTimeLink.delete().where(t.OneTimeLink.expires_at < instant)
