"""Accounts, their roles, and sign-in sessions in the database."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound
from core.model.people import Account
from core.model.vocabulary import AccountRole
from core.store.paths import via
from core.store.tokens import mark_of_token, new_token


class AccountState(msgspec.Struct, frozen=True):
    """How an account stands: switched off or not, and whether a password was ever chosen for it."""

    email: str
    roles: frozenset[AccountRole]
    active: bool
    has_password: bool


async def insert_account(account: Account, *, password_hash: str, now: datetime) -> None:
    """Write a new account with its roles."""
    await t.Account.insert(
        t.Account(id=account.id, email=account.email, name=account.name, password_hash=password_hash, created_at=now)
    )
    if account.roles:
        await t.RoleGrant.insert(*[t.RoleGrant(account=account.id, role=str(role)) for role in account.roles])


async def set_password(account: UUID, *, password_hash: str) -> None:
    """Write a new password hash and end every session of the account."""
    await t.Account.update({t.Account.password_hash: password_hash}).where(t.Account.id == account)
    await end_sessions(account)


async def grant_roles(account: UUID, roles: tuple[AccountRole, ...]) -> None:
    """Give an account the roles that it lacks."""
    rows = await t.RoleGrant.select(t.RoleGrant.role).where(t.RoleGrant.account == account)
    missing = sorted(set(roles) - {AccountRole(row["role"]) for row in rows})
    if missing:
        await t.RoleGrant.insert(*[t.RoleGrant(account=account, role=str(role)) for role in missing])


async def grant_roster(account: UUID, roster: UUID, *, now: datetime) -> bool:
    """Let an account keep a roster; False where it does already."""
    p = t.RosterPartner
    made = await p.insert(p(account=account, roster=roster, since=now)).on_conflict(
        target=(p.account, p.roster), action="DO NOTHING"
    )
    return bool(made)


async def revoke_roster(account: UUID, roster: UUID) -> bool:
    """Let an account keep a roster no longer; False where it did not."""
    p = t.RosterPartner
    return bool(await p.delete().where(p.account == account, p.roster == roster).returning(p.id))


async def credentials(email: str) -> tuple[UUID, str] | None:
    """The id and password hash of an active account."""
    row = (
        await t.Account.select(t.Account.id, t.Account.password_hash)
        .where(t.Account.email == email.strip().casefold(), t.Account.active.eq(True))
        .first()
    )
    return None if row is None else (row["id"], row["password_hash"])


async def account_of_volunteer(volunteer: UUID) -> UUID | None:
    """The account that a volunteer signs in with, if she has one."""
    row = await t.Volunteer.select(t.Volunteer.account).where(t.Volunteer.id == volunteer).first()
    return row["account"] if row else None


async def account_id_by_email(email: str) -> UUID | None:
    """The id of the account with this address, active or not."""
    row = await t.Account.select(t.Account.id).where(t.Account.email == email.strip().casefold()).first()
    return None if row is None else row["id"]


async def state_of(account: UUID) -> AccountState:
    """How an account stands; NotFound where it is not there."""
    a = t.Account
    row = await a.select(a.email, a.active, a.password_hash).where(a.id == account).first()
    if row is None:
        raise NotFound("There is no such account.")
    roles = await t.RoleGrant.select(t.RoleGrant.role).where(t.RoleGrant.account == account)
    return AccountState(
        email=row["email"],
        roles=frozenset(AccountRole(one["role"]) for one in roles),
        active=row["active"],
        has_password=bool(row["password_hash"]),
    )


async def is_signed_in(account: UUID) -> bool:
    """Whether somebody is signed in to an account."""
    return bool(await t.Session.exists().where(t.Session.account == account))


async def set_active(account: UUID, *, active: bool) -> None:
    """Let an account be signed in to, or switch it off; either way its sessions end."""
    await t.Account.update({t.Account.active: active}).where(t.Account.id == account)
    await end_sessions(account)


async def end_sessions(account: UUID) -> None:
    """Sign an account out everywhere."""
    await t.Session.delete().where(t.Session.account == account)


async def accounts_with(*roles: AccountRole) -> list[UUID]:
    """The active accounts that have one of these roles."""
    rows = await t.RoleGrant.select(t.RoleGrant.account).where(
        t.RoleGrant.role.is_in([str(role) for role in roles]), via(t.RoleGrant.account).active.eq(True)
    )
    return sorted({row["account"] for row in rows})


async def names_with(*roles: AccountRole) -> dict[UUID, str]:
    """The names of the active accounts that have one of these roles, by their ids, in the order of the names."""
    rows = await t.Account.select(t.Account.id, t.Account.name).where(
        t.Account.id.is_in(await accounts_with(*roles) or [UUID(int=0)])
    )
    return {row["id"]: row["name"] for row in sorted(rows, key=lambda row: (row["name"], row["id"]))}


async def open_session(account: UUID, *, now: datetime) -> str:
    """Begin a session and return its token, which is kept nowhere else."""
    token = new_token()
    await t.Session.insert(t.Session(id=mark_of_token(token), account=account, created_at=now, seen_at=now))
    return token


async def session_account(token: str, *, now: datetime, idle: timedelta, absolute: timedelta) -> Account | None:
    """The account of a session that is neither idle too long nor too old."""
    key = mark_of_token(token)
    rows = await t.Session.raw(_WHO, key)
    if not rows or now - rows[0]["seen_at"] > idle or now - rows[0]["created_at"] > absolute:
        return None
    if now - rows[0]["seen_at"] > timedelta(minutes=5):
        await t.Session.update({t.Session.seen_at: now}).where(t.Session.id == key)
    return _account(rows)


def _account(rows: list[dict[str, Any]]) -> Account:
    return Account(
        id=rows[0]["id"],
        email=rows[0]["email"],
        name=rows[0]["name"],
        roles=tuple(sorted({AccountRole(row["role"]) for row in rows if row["role"]})),
        volunteer=rows[0]["volunteer"],
        rosters=tuple(sorted({row["roster"] for row in rows if row["roster"]})),
        screened=any(row["screened"] for row in rows),
    )


async def find_account(account: UUID) -> Account | None:
    """An active account as it is now; None where it is not there, or no longer active."""
    rows = await t.Account.raw(_WHOSE, account)
    return _account(rows) if rows else None


_COLUMNS: Final = (
    "a.id, a.email, a.name, v.id AS volunteer, r.role, k.name AS roster, EXISTS (SELECT 1 FROM screened_off x "
    "LEFT JOIN volunteer y ON y.id = x.volunteer LEFT JOIN volunteer z ON z.id = y.merged_into "
    "WHERE x.lifted_at IS NULL AND (x.account = a.id OR y.account = a.id OR z.account = a.id)) AS screened"
)
_JOINED: Final = """
    LEFT JOIN volunteer v ON v.account = a.id LEFT JOIN role_grant r ON r.account = a.id
    LEFT JOIN roster_partner p ON p.account = a.id LEFT JOIN roster k ON k.id = p.roster
"""
_WHOSE: Final = f"SELECT {_COLUMNS} FROM account a {_JOINED} WHERE a.id = {{}} AND a.active ORDER BY v.id"  # noqa: S608 -- constants
_WHO: Final = (
    f"SELECT s.created_at, s.seen_at, {_COLUMNS} FROM login_session s JOIN account a ON a.id = s.account {_JOINED} "  # noqa: S608 -- constants
    "WHERE s.id = {} AND a.active ORDER BY v.id"
)
"""Every page asks this first, so it is one statement: a row for each role and each roster of a bar's staff."""


async def close_session(token: str) -> None:
    """End a session."""
    await t.Session.delete().where(t.Session.id == mark_of_token(token))


async def drop_sessions_before(instant: datetime) -> None:
    """Remove sessions that nobody used since ``instant``."""
    await t.Session.delete().where(t.Session.seen_at < instant)
