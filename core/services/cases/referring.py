"""Sending a client elsewhere: which other organisations there are, and which of them she was told of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import BadInput, NotFound, WrongEntries
from core.model.cases.relating import PLACE_LINE, PLACE_NAME, PLACE_NOTE, PlaceOfHelp
from core.model.people import Actor
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.cases import cases, relating
from core.store.database import transaction


async def keep_place(place: PlaceOfHelp, *, by: Actor, now: datetime) -> None:
    """Write down another organisation, or what is known of it now.

    Raises WrongEntries by the names of fields. Side effects, in one transaction: the place, an audit event.
    """
    require_staff(by)
    errors = {name: said for name, said in _wrong(place).items() if said}
    if errors:
        raise WrongEntries(errors)
    async with transaction():
        await relating.keep_place(place, now=now)
        await record("place_kept", subject_kind="place_of_help", subject=place.id, by=by, now=now)


def _wrong(place: PlaceOfHelp) -> dict[str, str]:
    reached = place.phone or place.website or place.address
    website = place.website
    return {
        "name": "" if place.name.strip() else "Write what the organisation is called.",
        "phone": "" if reached else "Write how it is reached: a phone number, a website or an address.",
        "website": "" if not website or website.startswith(("https://", "http://")) else "Begin it with https://.",
        **{
            name: f"Write no more than {most} letters."
            for name, most in (("name", PLACE_NAME), ("address", PLACE_LINE), ("note", PLACE_NOTE))
            if len(getattr(place, name)) > most
        },
    }


async def retire_place(place: UUID, *, retired: bool, by: Actor, now: datetime) -> None:
    """Send nobody there any more, or again. Whoever was told of it stays noted."""
    require_staff(by)
    async with transaction():
        found = await relating.find_place(place)
        await relating.keep_place(msgspec.structs.replace(found, retired=retired), now=now)
        kind = "place_retired" if retired else "place_kept"
        await record(kind, subject_kind="place_of_help", subject=place, by=by, now=now)


async def refer_client(case: UUID, places: Sequence[UUID], *, by: Actor, now: datetime) -> int:
    """Note that a client was told of other organisations; returns of how many she was told anew.

    A case that has ended can be referred too: that is when it matters. Side effects, in one transaction: the notes, an
    audit event for each.
    """
    require_staff(by)
    if not places:
        raise BadInput("Choose where the client was sent.")
    async with transaction():
        await cases.find_case(case)
        known = {one.id for one in await relating.places_of_help()}
        if not set(places) <= known:
            raise NotFound("One of these places is not in the list any more. Nothing was changed.")
        fresh = await relating.insert_referrals(case, places, by=by.account, now=now)
        for place in fresh:
            await record("client_referred", subject_kind="case", subject=case, by=by, now=now, place=str(place))
    return len(fresh)


async def take_back_referral(case: UUID, place: UUID, *, by: Actor, now: datetime) -> None:
    """Note that a client was not told of a place after all."""
    require_staff(by)
    async with transaction():
        await relating.drop_referral(case, place)
        await record("referral_dropped", subject_kind="case", subject=case, by=by, now=now, place=str(place))
