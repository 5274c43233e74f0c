"""What a bar says about a volunteer's standing, and what follows at once."""

from datetime import datetime
from uuid import UUID

from core.model.people import Actor, standing_of
from core.model.states import OfferState, SeatState
from core.model.vocabulary import GOOD_STANDING, Standing
from core.services.clinic import Clinic, require_staff
from core.services.matches.ending import end_match, return_case
from core.services.notifying import tell_coordinators, tell_volunteer
from core.store.alerts import close_alert as close_open_alert
from core.store.alerts import raise_alert
from core.store.audit import record
from core.store.database import transaction
from core.store.days import working_days_after
from core.store.matches import teams
from core.store.matches.moves import try_move_offer
from core.store.matches.offers import extend_offer
from core.store.volunteers import volunteers


async def record_standing(
    volunteer: UUID, *, jurisdiction: str, number: str = "", standing: Standing, by: Actor, now: datetime
) -> None:
    """Write a volunteer's standing at one bar, as a coordinator heard of it. See ``take_standing``."""
    require_staff(by)
    async with transaction():
        await teams.lock_volunteers([volunteer])
        await take_standing(volunteer, jurisdiction=jurisdiction, number=number, standing=standing, by=by, now=now)


async def take_standing(
    volunteer: UUID, *, jurisdiction: str, number: str = "", standing: Standing, by: Actor, now: datetime
) -> None:
    """Write a volunteer's standing at one bar as its roster reports it, whoever has brought the roster.

    When she loses good standing, her open offers are frozen and an alert is opened for each match that she is
    part of. Nothing is removed: a coordinator decides (DOMAIN scenario 5). The caller has locked her, so that nobody
    makes her two records one meanwhile.
    """
    async with transaction():
        before = standing_of((await volunteers.find_volunteer(volunteer)).bars)
        known = await volunteers.set_standing(
            volunteer, jurisdiction=jurisdiction, number=number, standing=standing, now=now
        )
        if known is standing:
            return
        await record(
            "standing_recorded",
            subject_kind="volunteer",
            subject=volunteer,
            by=by,
            now=now,
            jurisdiction=jurisdiction,
            standing=str(standing),
        )
        after = standing_of((await volunteers.find_volunteer(volunteer)).bars)
        if before in GOOD_STANDING and after not in GOOD_STANDING:
            await freeze_offers(volunteer, after, by=by, now=now)


async def freeze_offers(volunteer: UUID, standing: Standing, *, by: Actor, now: datetime) -> None:
    """Put the open offers of somebody who lost good standing on hold, with an alert for each of her matches."""
    for offer in await teams.offers_of_volunteer(volunteer, OfferState.OPEN):
        await try_move_offer(offer.id, OfferState.FROZEN)
        await record("offer_frozen", subject_kind="offer", subject=offer.id, by=by, now=now, standing=str(standing))
        await tell_volunteer(volunteer, "offer_frozen", path=f"/offers/{offer.id}", now=now)
    for seat, match in await teams.seat_in_live_matches(volunteer):
        text = f"The roster says {standing}. The {seat.role.word} seat is held as before; nothing was changed."
        if seat.state is SeatState.OFFERED:
            text = f"The roster says {standing}. The offer for the {seat.role.word} seat is on hold."
        await raise_alert("standing", text=text, volunteer=volunteer, match=match.id, now=now)
    await tell_coordinators("standing_alert", path="/today", now=now)


async def thaw_offer(offer: UUID, *, clinic: Clinic, by: Actor, now: datetime) -> bool:
    """Open a frozen offer again with a fresh time to answer; False when it is not frozen any more."""
    require_staff(by)
    async with transaction():
        if not await try_move_offer(offer, OfferState.OPEN):
            return False
        await extend_offer(offer, expires_at=working_days_after(now, clinic.settings.offer_days))
        found = await teams.find_offer(offer)
        await record("offer_thawed", subject_kind="offer", subject=offer, by=by, now=now)
        await tell_volunteer(found.volunteer, "offer_made", path=f"/offers/{offer}", now=now)
    return True


async def revoke_offer(offer: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """Take an offer back: its match ends and the case waits again."""
    require_staff(by)
    async with transaction():
        found = await teams.find_offer(offer)
        match = await teams.find_match((await teams.find_seat(found.seat)).match)
        await end_match(match, reason=reason, by=by, now=now)
        await return_case(match, reason=reason, by=by, now=now)


async def close_alert(alert: UUID, *, by: Actor, now: datetime) -> bool:
    """Note that a coordinator has seen to an alert; False when somebody did before."""
    require_staff(by)
    async with transaction():
        if not await close_open_alert(alert, by=by.account, now=now):
            return False
        await record("alert_closed", subject_kind="alert", subject=alert, by=by, now=now)
    return True
