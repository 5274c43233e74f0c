"""Screens: somebody is kept out of a case altogether, volunteer or staff, until another person lifts that.

ABA Model Rules 1.0(k) and 1.10: a lawyer with a conflict is screened by isolating her from any participation in the
matter. So she is proposed for no seat of it, told nothing about it, and no page shows her that it is there.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from core.errors import BadInput, Contradicts
from core.model.clients.screens import Screen
from core.model.people import Actor
from core.model.states import HOLDING, OPEN_CASE
from core.model.vocabulary import AccountRole
from core.services.clinic import require_staff
from core.services.matches.pinning import make_way
from core.store import accounts
from core.store.audit import record
from core.store.cases import cases
from core.store.clients import screens
from core.store.database import transaction
from core.store.engines.hiding import hide
from core.store.keys import new_id
from core.store.matches import settled, teams
from core.store.volunteers import volunteers

STAFF_ROLES: Final = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR)
LONGEST: Final = 200


async def screen_off(
    case: UUID, *, account: UUID | None = None, volunteer: UUID | None = None, reason: str, by: Actor, now: datetime
) -> UUID:
    """Keep somebody out of a case: a volunteer, or one of the staff, herself included; returns the screen.

    Raises Contradicts where she is on the case's team or claims it (end that first), is kept out already, or is the
    last of the staff who could work on it. Side effects, in one transaction: an open proposal with her is superseded;
    audit event.
    """
    require_staff(by)
    why = " ".join(reason.split())[:LONGEST]
    if not why or (account is None) == (volunteer is None):
        raise BadInput("Choose one person, and write in a few words why. Nothing was changed.")
    async with transaction():
        await settled.lock_case(case)
        found = await cases.find_case(case)
        who, record_of = await _both(account, volunteer)
        await _require_not_yet(case, who, record_of)
        one = Screen(new_id(), case, why, now, who, record_of, made_by=by.account)
        if record_of is not None:
            await teams.lock_volunteers([record_of])
            await _require_off_the_team(case, record_of)
        if who is not None:
            await _require_somebody_left(case, who)
        subject = {"account": str(who) if who else None, "volunteer": str(record_of) if record_of else None}
        await record("person_screened_off", subject_kind="case", subject=case, by=by, now=now, **subject)
        await screens.insert_screen(one)
        if record_of is not None and found.state in OPEN_CASE:
            await make_way(found, await teams.open_proposals(case=case), cause=one.id, by=by, now=now)
    return one.id


async def lift(key: UUID, *, by: Actor, now: datetime) -> UUID:
    """Let somebody into a case again; returns the case. She cannot do that herself: to her there is no such case."""
    require_staff(by)
    async with transaction():
        found = await screens.find_screen(key)
        await record("screen_lifted", subject_kind="case", subject=found.case, by=by, now=now, screen=str(key))
        await screens.lift_screen(key, by=by.account, now=now)
    return found.case


async def hide_from(by: Actor) -> None:
    """For the rest of this request, leave out every case that somebody is kept out of."""
    if by.screened and by.account is not None:
        closed = await screens.cases_closed_to(by.account)
        hide(frozenset(closed), closed.values())


async def _both(account: UUID | None, volunteer: UUID | None) -> tuple[UUID | None, UUID | None]:
    """A person's account and her record as a volunteer, whichever of them was chosen; NotFound where there is none."""
    if volunteer is not None:
        return (await volunteers.find_volunteer(volunteer)).account, volunteer
    known = await accounts.find_account(account) if account else None
    if known is None:
        raise BadInput("There is no such account any more. Nothing was changed.")
    return known.id, known.volunteer


async def _require_not_yet(case: UUID, account: UUID | None, volunteer: UUID | None) -> None:
    live = await screens.screens_of(case)
    if any((account and one.account == account) or (volunteer and one.volunteer == volunteer) for one in live):
        raise Contradicts("This person is kept out of the case already. Nothing was changed.")


async def _require_off_the_team(case: UUID, volunteer: UUID) -> None:
    match = await teams.live_match_of(case)
    seats = await teams.seats_of(match.id) if match else []
    if any(seat.volunteer == volunteer and seat.state in HOLDING for seat in seats):
        raise Contradicts("This person is on the team of the case. Note the conflict there, or end the match, first.")
    if any(one.claimed_by == volunteer for one in await teams.open_proposals(case=case)):
        raise Contradicts("This person claims the case. Reject the claim first: that rules out a new proposal.")


async def _require_somebody_left(case: UUID, account: UUID) -> None:
    out = {one.account for one in await screens.screens_of(case)} | {account}
    staff = set(await accounts.accounts_with(*STAFF_ROLES))
    if account in staff and not staff - out:
        raise Contradicts("Nobody of the staff would be left who may see this case. Let another person in first.")
