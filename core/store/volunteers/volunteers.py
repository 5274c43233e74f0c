"""Volunteers in the database, each with her admissions, abilities and leave."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from piccolo.table import Table

from core import tables as t
from core.errors import NotFound, TooLate
from core.model.languages import InterpretingPair, LanguageAbility
from core.model.people import BarAdmission, Capacity, Leave, Volunteer
from core.model.vocabulary import Standing

PARTS: tuple[type[Table], ...] = (
    t.BarAdmission,
    t.PracticeAbility,
    t.LanguageAbility,
    t.InterpretingPair,
    t.Leave,
)
OFFERED = tuple(part for part in PARTS if part is not t.BarAdmission)
"""The parts that a volunteer says of herself."""
WHO_SHE_IS = frozenset({"reference", "account", "name", "email", "firm"})
"""The columns that her own words do not change."""
MERGED = "This record was made one with another of the same person a moment ago. Load the page again and look."


def _values(volunteer: Volunteer) -> dict[str, Any]:
    return {
        "reference": volunteer.ref,
        "account": volunteer.account,
        "name": volunteer.name,
        "email": volunteer.email,
        "roles": msgspec.json.encode(volunteer.roles).decode(),
        "interests": msgspec.json.encode(volunteer.interests).decode(),
        "eoir_registered": volunteer.eoir_registered,
        "county": volunteer.county,
        "us_state": volunteer.us_state,
        "remote": volunteer.remote,
        "gender": str(volunteer.gender),
        "firm": volunteer.firm,
        "capacity_cases": volunteer.capacity.cases,
        "capacity_mentor": volunteer.capacity.mentoring,
        "hours_a_month": volunteer.capacity.hours_a_month,
    }


async def insert_volunteer(volunteer: Volunteer, *, now: datetime) -> None:
    """Write a new volunteer with all that belongs to her."""
    await t.Volunteer.insert(t.Volunteer(id=volunteer.id, created_at=now, **_values(volunteer)))
    await _insert_parts(volunteer, now, PARTS)


async def update_volunteer(volunteer: Volunteer, *, now: datetime) -> None:
    """Replace what is known of a volunteer; TooLate where her record has become part of another one."""
    await _write(volunteer.id, _values(volunteer))
    await _drop_parts(volunteer.id, PARTS)
    await _insert_parts(volunteer, now, PARTS)


async def update_details(volunteer: Volunteer, *, now: datetime) -> None:
    """Replace what is known of a volunteer but her admissions, which stay as bars' rosters write them meanwhile."""
    await _write(volunteer.id, _values(volunteer))
    await _drop_parts(volunteer.id, OFFERED)
    await _insert_parts(volunteer, now, OFFERED)


async def update_offer(volunteer: Volunteer, *, now: datetime) -> None:
    """Replace what a volunteer offers. Who she is, and her admissions, stay as others write them meanwhile."""
    await _write(volunteer.id, {name: value for name, value in _values(volunteer).items() if name not in WHO_SHE_IS})
    await _drop_parts(volunteer.id, OFFERED)
    await _insert_parts(volunteer, now, OFFERED)


async def give_account(volunteer: UUID, account: UUID, *, email: str) -> None:
    """Let a volunteer be who signs in with an account, and is reached at its address."""
    await _write(volunteer, {"account": account, "email": email})


async def _write(volunteer: UUID, values: dict[str, Any]) -> None:
    v = t.Volunteer
    columns: dict[Any, Any] = {v._meta.get_column_by_name(name): value for name, value in values.items()}
    mine = v.update(columns).where(v.id == volunteer, v.merged_into.is_null())
    if not await mine.returning(v.id):
        raise TooLate(MERGED)


async def _drop_parts(volunteer: UUID, parts: Sequence[type[Table]]) -> None:
    for part in parts:
        await part.delete().where(part._meta.get_column_by_name("volunteer") == volunteer)


async def absorb(volunteer: UUID, *, into: UUID) -> None:
    """Make a record part of another one: it keeps its name and reference, and nobody is found by it any more."""
    v = t.Volunteer
    await v.update({v.merged_into: into, v.account: None}).where(v.id == volunteer)
    await _drop_parts(volunteer, PARTS)


async def stand_alone(volunteer: Volunteer, *, now: datetime) -> None:
    """Let a record that was part of another one stand for itself again, with what is known of her."""
    v = t.Volunteer
    await v.update({v.merged_into: None}).where(v.id == volunteer.id)
    await update_volunteer(volunteer, now=now)


async def _insert_parts(volunteer: Volunteer, now: datetime, parts: Sequence[type[Table]]) -> None:
    owner = volunteer.id
    rows: list[tuple[type[Table], list[Table]]] = [
        (t.BarAdmission, [_bar_row(owner, bar, now) for bar in volunteer.bars]),
        (
            t.PracticeAbility,
            [t.PracticeAbility(volunteer=owner, practice_area=str(a), level=n) for a, n in volunteer.practice.items()],
        ),
        (
            t.LanguageAbility,
            [t.LanguageAbility(volunteer=owner, **msgspec.structs.asdict(one)) for one in volunteer.languages],
        ),
        (t.InterpretingPair, [_pair_row(owner, pair) for pair in volunteer.interprets]),
        (t.Leave, [t.Leave(volunteer=owner, starts=one.starts, ends=one.ends) for one in volunteer.leave]),
    ]
    for table, made in rows:
        if made and table in parts:
            await table.insert(*made)


def _bar_row(owner: UUID, bar: BarAdmission, now: datetime) -> t.BarAdmission:
    return t.BarAdmission(
        volunteer=owner,
        jurisdiction=bar.jurisdiction,
        number=bar.number,
        standing=str(bar.standing),
        admitted_year=bar.admitted_year,
        checked_at=now,
    )


def _pair_row(owner: UUID, pair: InterpretingPair) -> t.InterpretingPair:
    modes = msgspec.json.encode(pair.modes).decode()
    return t.InterpretingPair(volunteer=owner, source=pair.source, target=pair.target, modes=modes)


async def set_standing(
    volunteer: UUID, *, jurisdiction: str, number: str, standing: Standing, now: datetime
) -> Standing | None:
    """Write the standing at one bar; return the standing known before, None when the admission is new."""
    bar = t.BarAdmission
    place = (bar.volunteer == volunteer) & (bar.jurisdiction == jurisdiction)
    known = await bar.select(bar.standing).where(place).first()
    if known is None:
        await bar.insert(_bar_row(volunteer, BarAdmission(jurisdiction, number, standing), now))
        return None
    if not await bar.update({bar.standing: str(standing), bar.checked_at: now}).where(place).returning(bar.id):
        raise TooLate(MERGED)
    return Standing(known["standing"])


async def set_number(volunteer: UUID, *, jurisdiction: str, number: str) -> None:
    """Write a volunteer's number at a bar that she is admitted to."""
    bar = t.BarAdmission
    await bar.update({bar.number: number}).where(bar.volunteer == volunteer, bar.jurisdiction == jurisdiction)


async def drop_admission(volunteer: UUID, *, jurisdiction: str) -> None:
    """Take back that a volunteer is admitted to a bar."""
    bar = t.BarAdmission
    await bar.delete().where(bar.volunteer == volunteer, bar.jurisdiction == jurisdiction)


async def kept_of(volunteers: Iterable[UUID]) -> dict[UUID, UUID]:
    """For those of these records that are part of another one: whose, however often it was merged on."""
    v, found = t.Volunteer, dict[UUID, UUID]()
    asked = waiting = list(volunteers)
    while waiting:
        rows = await v.select(v.id, v.merged_into).where(v.id.is_in(waiting), v.merged_into.is_not_null())
        found |= {row["id"]: row["merged_into"] for row in rows}
        waiting = [row["merged_into"] for row in rows if row["merged_into"] not in found]
    return {key: _owner(found, key) for key in asked if key in found}


async def merged_records() -> dict[UUID, UUID]:
    """Every record that is part of another one: whose, however often it was merged on."""
    v = t.Volunteer
    rows = await v.select(v.id, v.merged_into).where(v.merged_into.is_not_null())
    found = {row["id"]: row["merged_into"] for row in rows}
    return {key: _owner(found, key) for key in found}


def _owner(found: dict[UUID, UUID], key: UUID) -> UUID:
    while key in found:
        key = found[key]
    return key


async def volunteer_of_account(account: UUID) -> UUID | None:
    """The volunteer who signs in with this account, if any."""
    row = await t.Volunteer.select(t.Volunteer.id).where(t.Volunteer.account == account).first()
    return row["id"] if row else None


async def volunteers_by_number(jurisdiction: str, numbers: Iterable[str]) -> dict[str, UUID]:
    """The volunteers who are known to have one of these numbers at a bar, by number."""
    bar, wanted = t.BarAdmission, [number for number in numbers if number]
    if not wanted:
        return {}
    rows = await bar.select(bar.number, bar.volunteer).where(bar.jurisdiction == jurisdiction, bar.number.is_in(wanted))
    return {row["number"]: row["volunteer"] for row in rows}


async def find_volunteer(key: UUID) -> Volunteer:
    """The volunteer with this id; NotFound otherwise."""
    found = await volunteers_where(t.Volunteer.id == key)
    if not found:
        raise NotFound("There is no such volunteer.")
    return found[0]


async def volunteers_by_id(keys: Iterable[UUID]) -> dict[UUID, Volunteer]:
    """Several volunteers by id."""
    wanted = list(keys)
    found = await volunteers_where(t.Volunteer.id.is_in(wanted)) if wanted else []
    return {volunteer.id: volunteer for volunteer in found}


async def volunteers_by_ref(refs: Iterable[str]) -> dict[str, Volunteer]:
    """The volunteers with these references, their own or that of an old record that was merged into theirs."""
    wanted = list(refs)
    if not wanted:
        return {}
    v = t.Volunteer
    old = await v.select(v.id, v.reference).where(v.reference.is_in(wanted), v.merged_into.is_not_null())
    owners = await kept_of(row["id"] for row in old)
    people = await volunteers_by_id(owners.values())
    found = {volunteer.ref: volunteer for volunteer in await volunteers_where(v.reference.is_in(wanted))}
    return found | {row["reference"]: people[owners[row["id"]]] for row in old}


async def find_record(ref: str) -> UUID:
    """The record with this reference, even one that is part of another; NotFound otherwise."""
    row = await t.Volunteer.select(t.Volunteer.id).where(t.Volunteer.reference == ref).first()
    if row is None:
        raise NotFound(f"There is no volunteer {ref}. Nothing was changed.")
    key: UUID = row["id"]
    return key


async def old_refs(refs: Iterable[str]) -> set[str]:
    """Those of these references that belong to records which are part of another one."""
    v = t.Volunteer
    rows = await v.select(v.reference).where(v.reference.is_in(list(refs)), v.merged_into.is_not_null())
    return {row["reference"] for row in rows}


async def all_volunteers() -> list[Volunteer]:
    """Every volunteer, in the order of joining."""
    return await volunteers_where()


async def volunteers_where(*conditions: Any) -> list[Volunteer]:
    """The volunteers that meet Piccolo conditions on their table, in the order of joining.

    Records that are part of another one are nobody.
    """
    query = t.Volunteer.select().where(t.Volunteer.merged_into.is_null()).order_by(t.Volunteer.id)
    rows = await (query.where(*conditions) if conditions else query).output(load_json=True)
    keys = [row["id"] for row in rows] if conditions else None
    parts = [await _grouped(part, keys) for part in PARTS] if rows else []
    return [_volunteer(row, [part[row["id"]] for part in parts]) for row in rows]


async def _grouped(part: type[Table], keys: list[UUID] | None) -> dict[UUID, list[dict[str, Any]]]:
    query = part.select().order_by(part._meta.primary_key).output(load_json=True)
    if keys is not None:
        query = query.where(part._meta.get_column_by_name("volunteer").is_in(keys))
    grouped: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in await query:
        grouped[row["volunteer"]].append(row)
    return grouped


def _volunteer(row: dict[str, Any], parts: list[list[dict[str, Any]]]) -> Volunteer:
    bars, practice, languages, interprets, leave = parts
    named = {name: row[name] for name in Volunteer.__struct_fields__ if name in row}
    return msgspec.convert(
        named
        | {
            "ref": row["reference"],
            "practice": {one["practice_area"]: one["level"] for one in practice},
            "languages": [msgspec.convert(one, LanguageAbility) for one in languages],
            "interprets": [msgspec.convert(one, InterpretingPair) for one in interprets],
            "bars": [msgspec.convert(one, BarAdmission) for one in bars],
            "leave": [msgspec.convert(one, Leave) for one in leave],
            "capacity": Capacity(row["capacity_cases"], row["capacity_mentor"], row["hours_a_month"]),
        },
        Volunteer,
    )
