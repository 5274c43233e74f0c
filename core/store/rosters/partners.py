"""Accounts of bars' own staff in the database, with the rosters that they keep."""

from datetime import datetime
from uuid import UUID

import msgspec

from core import tables as t
from core.model.vocabulary import AccountRole
from core.store.paths import via


class Partner(msgspec.Struct, frozen=True):
    """Somebody of a bar's staff; ``may_sign_in``: she has chosen a password."""

    account: UUID
    name: str
    email: str
    since: datetime
    may_sign_in: bool


async def partners_of(roster: UUID) -> list[Partner]:
    """Who keeps a roster, by name."""
    p = t.RosterPartner
    columns = {"name": "name", "email": "email", "password_hash": "kept"}
    rows = (
        await p.select(
            p.account, p.since, *[getattr(via(p.account), name).as_alias(called) for name, called in columns.items()]
        )
        .where(p.roster == roster, via(p.account).active.eq(True))
        .order_by(via(p.account).name)
    )
    return [
        Partner(row["account"], row["name"], row["email"], row["since"], may_sign_in=bool(row["kept"])) for row in rows
    ]


async def keeps(account: UUID, roster: UUID) -> bool:
    """Whether an account keeps this roster."""
    p = t.RosterPartner
    return bool(await p.exists().where(p.account == account, p.roster == roster))


async def keeps_any(account: UUID) -> bool:
    """Whether an account keeps any roster."""
    return bool(await t.RosterPartner.exists().where(t.RosterPartner.account == account))


async def revoke_role(account: UUID, role: AccountRole) -> None:
    """Take a role from an account."""
    await t.RoleGrant.delete().where(t.RoleGrant.account == account, t.RoleGrant.role == str(role))
