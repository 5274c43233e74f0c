"""A bar's own staff: who keeps which roster. Access is given and taken by coordinators, and taken at once."""

from datetime import datetime
from uuid import UUID

from core.errors import BadInput, Contradicts, NotFound, TooLate
from core.model.people import Actor
from core.model.vocabulary import AccountRole
from core.services.accounts.passwords import PURPOSE, send_password_link
from core.services.accounts.signing_in import create_account
from core.services.clinic import require_roster, require_staff
from core.services.notifying import tell_account
from core.services.rosters.tokens import revoke_token
from core.store import accounts, links
from core.store.audit import record
from core.store.database import transaction
from core.store.rosters import partners, roster_tokens, rosters
from core.store.rosters.partners import Partner


async def give_access(roster: str, *, email: str, name: str, by: Actor, now: datetime) -> UUID:
    """Let somebody keep a roster; return her account, which is made where there is none.

    Whoever cannot sign in yet is mailed a link to choose a password, others are told. Raises BadInput for an address
    that is none, or a name that is missing, Contradicts for an account that is switched off, and TooLate where she has
    access already.
    """
    require_staff(by)
    async with transaction():
        account = await accounts.account_id_by_email(email)
        if account is None:
            account = await _new_account(email, name, by=by, now=now)
        elif not (await accounts.state_of(account)).active:
            raise Contradicts("The account with this address is switched off. Nothing was changed.")
        if not await grant_access(roster, email, by=by, now=now):
            raise TooLate("This person has access to the roster already. Nothing was changed.")
        if (await accounts.state_of(account)).has_password:
            await tell_account(account, "roster_access", path=f"/rosters/{roster}", now=now)
        else:
            await send_password_link(account, "roster_invited", now=now)
    return account


async def grant_access(roster: str, email: str, *, by: Actor, now: datetime) -> bool:
    """Let the account with this address, keep a roster; False where it does already. No mail is sent."""
    require_staff(by)
    async with transaction():
        row = await rosters.find_roster(roster)
        account = await accounts.account_id_by_email(email)
        if account is None:
            raise NotFound("Nobody has an account with this address.")
        await accounts.grant_roles(account, (AccountRole.PARTNER,))
        if not await accounts.grant_roster(account, row["id"], now=now):
            return False
        await record(
            "roster_access_given", subject_kind="roster", subject=row["id"], by=by, now=now, account=str(account)
        )
    return True


async def _new_account(email: str, name: str, *, by: Actor, now: datetime) -> UUID:
    named = " ".join(name.split())
    if not named or len(named) > 200:
        raise BadInput("Write the person's name: nobody has an account with this address yet.")
    return await create_account(email=email, name=named, roles=(AccountRole.PARTNER,), by=by, now=now)


async def send_link_again(roster: str, account: UUID, *, by: Actor, now: datetime) -> None:
    """Mail a new link to somebody who has not chosen a password yet; the one before works no more."""
    require_staff(by)
    async with transaction():
        row = await _of_hers(roster, account)
        if (await accounts.state_of(account)).has_password:
            raise TooLate("This person has chosen a password already. Nothing was sent.")
        await send_password_link(account, "roster_invited", now=now)
        await record("roster_link_sent", subject_kind="roster", subject=row, by=by, now=now, account=str(account))


async def take_access(roster: str, account: UUID, *, by: Actor, now: datetime) -> None:
    """Let somebody keep a roster no longer, from her next request on; the tokens that she made open nothing any more.

    Whoever keeps no roster is no partner, and a link to choose a password that she did not use works no more.
    """
    require_staff(by)
    async with transaction():
        row = await _of_hers(roster, account)
        await accounts.revoke_roster(account, row)
        for token in await roster_tokens.tokens_made_by(account, row):
            await revoke_token(roster, token, by=by, now=now)
        if not await partners.keeps_any(account):
            await partners.revoke_role(account, AccountRole.PARTNER)
            await links.drop_links(account, PURPOSE)
        await record("roster_access_taken", subject_kind="roster", subject=row, by=by, now=now, account=str(account))


async def _of_hers(roster: str, account: UUID) -> UUID:
    """The key of a roster that this account keeps."""
    row = await rosters.find_roster(roster)
    if not await partners.keeps(account, row["id"]):
        raise NotFound("This person has no access to the roster. Nothing was changed.")
    key: UUID = row["id"]
    return key


async def partners_of(roster: str, *, by: Actor) -> list[Partner]:
    """Who of the bar's staff keeps a roster, by name."""
    require_roster(by, roster)
    return await partners.partners_of((await rosters.find_roster(roster))["id"])
