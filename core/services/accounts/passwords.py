"""Choosing a password with a mailed link: it works once and not for long, and looking at it changes nothing."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from core.errors import TooLate
from core.model.people import Actor
from core.services.notifying import tell_account
from core.store import accounts, links, outbox
from core.store.audit import record
from core.store.database import transaction
from core.store.tokens import new_token

PURPOSE: Final = "choose_password"
PATH: Final = "/password/"
LIFE: Final = timedelta(hours=48)
"""For how long a link works."""
GONE: Final = "This link does not work any more. Ask whoever had it sent to you for a new one."


async def send_password_link(account: UUID, kind: str, *, now: datetime) -> None:
    """Within a transaction: mail somebody a link, in place of any that she was sent before."""
    token = new_token()
    await links.insert_link(account, PURPOSE, token, expires_at=now + LIFE)
    await tell_account(account, kind, path=PATH + token, now=now)


async def require_password_link(token: str, *, now: datetime) -> None:
    """Raise TooLate where a link does not work, whatever the reason."""
    if await links.account_of_link(token, PURPOSE, now=now) is None:
        raise TooLate(GONE)


async def choose_password(token: str, password_hash: str, *, now: datetime) -> None:
    """Use a link up and set the password of its account; every session that the account has ends. TooLate as above."""
    async with transaction():
        account = await links.use_link(token, PURPOSE, now=now)
        if account is None:
            raise TooLate(GONE)
        await accounts.set_password(account, password_hash=password_hash)
        await outbox.forget_paths(account, PATH + token)
        by = Actor(label="account", account=account)
        await record("password_chosen", subject_kind="account", subject=account, by=by, now=now)


async def drop_old_links(*, now: datetime) -> None:
    """Forget links that have ended, in the messages too that brought them."""
    async with transaction():
        await links.drop_links_before(now)
        await outbox.forget_paths_before(PATH, now - LIFE)
