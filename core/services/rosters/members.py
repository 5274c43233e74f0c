"""Who is who: a person says that a volunteer is a member of a bar, takes it back, or that they are two persons."""

from datetime import datetime
from typing import Any

from core.errors import Contradicts, NotFound
from core.model.events import AuditEvent
from core.model.people import Actor, BarAdmission, Volunteer
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import Standing
from core.model.volunteers.identity import without_zeros
from core.services.clinic import require_staff
from core.services.rosters.standings import record_standing
from core.store import audit
from core.store.audit import record
from core.store.database import transaction
from core.store.rosters import not_members, rosters
from core.store.volunteers import merges, volunteers

CONFIRMED = "member_confirmed"


async def confirm_member(roster: str, number: str, ref: str, *, by: Actor, now: datetime) -> Standing:
    """Note that a volunteer is the member with this number: what the roster says of it is her standing from now on.

    Raises NotFound for a roster, member or volunteer that is not there, and Contradicts where the number is somebody
    else's already, or the volunteer has another one at this bar that is not the same but for leading zeros.
    """
    require_staff(by)
    async with transaction():
        row, entry, person = await _member_and_volunteer(roster, number, ref)
        await _refuse_taken(row, number, person)
        before = _admission(person, row["bar"])
        if (
            before is not None
            and before.number not in ("", number)
            and without_zeros(before.number) != without_zeros(number)
        ):
            raise Contradicts(
                f"{ref} has the number {before.number} at the bar of {row['bar']}, and so is not {number}. If that "
                "number is wrong, change it first. Nothing was changed."
            )
        await volunteers.set_number(person.id, jurisdiction=row["bar"], number=number)
        await record(
            CONFIRMED,
            subject_kind="volunteer",
            subject=person.id,
            by=by,
            now=now,
            jurisdiction=row["bar"],
            number=number,
            before=before.number if before else None,
            standing=str(before.standing) if before else None,
        )
        said: Standing = entry.standing
        await record_standing(person.id, jurisdiction=row["bar"], number=number, standing=said, by=by, now=now)
    return said


async def deny_member(roster: str, number: str, ref: str, *, by: Actor, now: datetime) -> None:
    """Note that a volunteer is not the member she looks like: they are not suggested again until one of them changes.

    Raises NotFound for a roster, member or volunteer that is not there, Contradicts where she is known to be that one.
    """
    require_staff(by)
    async with transaction():
        row, entry, person = await _member_and_volunteer(roster, number, ref)
        before = _admission(person, row["bar"])
        if before is not None and before.number == number:
            raise Contradicts(f"{ref} is known to be {number} of {row['title']}. Separate them instead.")
        await not_members.deny(row["id"], entry, person, by=by.account, now=now)
        told = {"roster": roster, "number": number}
        await record("member_denied", subject_kind="volunteer", subject=person.id, by=by, now=now, **told)


async def separate_member(roster: str, number: str, ref: str, *, by: Actor, now: datetime) -> Standing | None:
    """Take back that a volunteer is this member; her number and standing are again what they were before.

    Returns that standing, None where she had no admission there. Raises NotFound where nobody confirmed her. Offers
    stay on hold and alerts open until a coordinator has looked.
    """
    require_staff(by)
    async with transaction():
        row, person = await rosters.find_roster(roster), await _volunteer(ref)
        bar, now_known = row["bar"], _admission(person, row["bar"])
        event = await _confirmation(person, bar, number)
        if event is None or now_known is None or now_known.number != number:
            raise NotFound(f"Nobody confirmed that {ref} is {number} of {row['title']}. Nothing was changed.")
        await record(
            "member_separated",
            subject_kind="volunteer",
            subject=person.id,
            by=by,
            now=now,
            jurisdiction=bar,
            number=number,
        )
        return await _as_before(person, bar, event.detail, by=by, now=now)


async def _as_before(
    person: Volunteer, bar: str, detail: dict[str, Any], *, by: Actor, now: datetime
) -> Standing | None:
    if detail["standing"] is None:
        await record_standing(person.id, jurisdiction=bar, standing=Standing.UNKNOWN, by=by, now=now)
        await volunteers.drop_admission(person.id, jurisdiction=bar)
        return None
    standing = Standing(detail["standing"])
    await volunteers.set_number(person.id, jurisdiction=bar, number=detail["before"])
    await record_standing(person.id, jurisdiction=bar, standing=standing, by=by, now=now)
    return standing


async def _member_and_volunteer(roster: str, number: str, ref: str) -> tuple[dict[str, Any], RosterEntry, Volunteer]:
    """The roster, the member with this number as it lists her, and the volunteer; NotFound where one is not there."""
    row, person = await rosters.find_roster(roster), await _volunteer(ref)
    known = (await rosters.known_entries(row["id"], [number])).get(number)
    if known is None:
        raise NotFound(f"{row['title']} lists nobody with the number {number}. Nothing was changed.")
    return row, known.entry, person


async def _volunteer(ref: str) -> Volunteer:
    person = (await volunteers.volunteers_by_ref([ref])).get(ref)
    if person is None:
        raise NotFound(f"There is no volunteer {ref}. Nothing was changed.")
    return person


async def _refuse_taken(row: dict[str, Any], number: str, person: Volunteer) -> None:
    holder = (await volunteers.volunteers_by_number(row["bar"], [number])).get(number)
    if holder is not None and holder != person.id:
        other = (await volunteers.find_volunteer(holder)).ref
        raise Contradicts(
            f"{number} of {row['title']} is {other}. Separate them first if that is wrong. Nothing was changed."
        )
    if holder == person.id:
        raise Contradicts(f"{person.ref} is known to be {number} of {row['title']}. Nothing was changed.")


async def _confirmation(person: Volunteer, bar: str, number: str) -> AuditEvent | None:
    """The last time that somebody confirmed her to be this member."""
    records = [person.id, *await merges.absorbed_by(person.id)]
    found = [one for one in await audit.events_of(records) if one.kind == CONFIRMED]
    mine = [one for one in found if (one.detail["jurisdiction"], one.detail["number"]) == (bar, number)]
    return mine[-1] if mine else None


def _admission(person: Volunteer, bar: str) -> BarAdmission | None:
    return next((one for one in person.bars if one.jurisdiction == bar), None)
