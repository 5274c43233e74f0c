"""Accounts and sign-in: Argon2id hashes, server-side sessions, no word about which addresses exist."""

import asyncio
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from core.errors import BadInput, NotAllowed
from core.model.people import SYSTEM, Account, Actor
from core.model.vocabulary import AccountRole
from core.services.clinic import require_staff
from core.settings import Settings
from core.store import accounts
from core.store.audit import record
from core.store.database import transaction
from core.store.keys import new_id

SHORTEST_PASSWORD = 12
REFUSED = "This address and password do not belong together. Check both and try again."


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _decoy() -> str:
    return _hasher().hash("nobody has this password")


def hash_password(password: str) -> str:
    """The Argon2id hash of a password; BadInput when it is too short (OWASP: at least 12 without other factors)."""
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(f"A password needs at least {SHORTEST_PASSWORD} characters. A few words together do well.")
    return _hasher().hash(password)


def _fits(stored: str, password: str) -> bool:
    try:
        return _hasher().verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


async def create_account(
    *,
    email: str,
    name: str,
    roles: tuple[AccountRole, ...],
    password_hash: str = "",
    by: Actor,
    now: datetime,
) -> UUID:
    """Create an account; without a password hash nobody can sign in to it yet."""
    require_staff(by)
    address = email.strip().casefold()
    if "@" not in address:
        raise BadInput(f"“{email}” is not an e-mail address. Write one such as name@example.org.")
    account = Account(id=new_id(), email=address, name=name, roles=roles)
    async with transaction():
        if await accounts.account_id_by_email(address) is not None:
            raise BadInput("There is already an account with this address.")
        await accounts.insert_account(account, password_hash=password_hash, now=now)
        await record("account_created", subject_kind="account", subject=account.id, by=by, now=now)
    return account.id


async def provide_account(
    *, email: str, name: str, roles: tuple[AccountRole, ...], password_hash: str, by: Actor, now: datetime
) -> bool:
    """Make an account, or set the password and add roles of the one with this address; tell whether it is new.

    A new password ends every session of the account.
    """
    require_staff(by)
    async with transaction():
        known = await accounts.account_id_by_email(email)
        if known is None:
            await create_account(email=email, name=name, roles=roles, password_hash=password_hash, by=by, now=now)
            return True
        await accounts.set_password(known, password_hash=password_hash)
        await accounts.grant_roles(known, roles)
        await record("password_set", subject_kind="account", subject=known, by=by, now=now)
    return False


async def sign_in(email: str, password: str, *, now: datetime) -> str:
    """Open a session and return its token; NotAllowed says the same whether the address exists or not."""
    known = await accounts.credentials(email)
    stored = known[1] if known else _decoy()
    fits = await asyncio.to_thread(_fits, stored, password)
    if known is None or not fits:
        raise NotAllowed(REFUSED)
    async with transaction():
        token = await accounts.open_session(known[0], now=now)
        actor = Actor(label="account", account=known[0])
        await record("signed_in", subject_kind="account", subject=known[0], by=actor, now=now)
    return token


async def whoami(token: str, *, settings: Settings, now: datetime) -> Actor | None:
    """The actor behind a session's token; None when it is unknown, idle too long or too old."""
    account = await accounts.session_account(
        token,
        now=now,
        idle=timedelta(hours=settings.session_idle_hours),
        absolute=timedelta(days=settings.session_days),
    )
    return None if account is None else _actor(account)


async def actor_of(account: UUID | None) -> Actor:
    """Who asked for work that a worker does later, with what she may do by now; the system where nobody did."""
    if account is None:
        return SYSTEM
    found = await accounts.find_account(account)
    if found is None:
        raise NotAllowed("Whoever asked for this has no account here any more. Nothing was changed.")
    return _actor(found)


def _actor(account: Account) -> Actor:
    return Actor(
        label=account.name,
        account=account.id,
        roles=account.roles,
        volunteer=account.volunteer,
        rosters=account.rosters,
        screened=account.screened,
    )


async def sign_out(token: str) -> None:
    """End a session."""
    await accounts.close_session(token)
