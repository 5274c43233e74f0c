"""Volunteers in the database, each with her admissions, abilities and leave."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from piccolo.table import Table

from core import tables as t
from core.errors import NotFound
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
        "capacity_cases": volunteer.capacity.cases,
        "capacity_mentor": volunteer.capacity.mentoring,
        "hours_a_month": volunteer.capacity.hours_a_month,
    }


async def insert_volunteer(volunteer: Volunteer, *, now: datetime) -> None:
    """Write a new volunteer with all that belongs to her."""
    await t.Volunteer.insert(t.Volunteer(id=volunteer.id, created_at=now, **_values(volunteer)))
    await _insert_parts(volunteer, now)


async def update_volunteer(volunteer: Volunteer, *, now: datetime) -> None:
    """Replace what is known of a volunteer."""
    columns: dict[Any, Any] = {
        t.Volunteer._meta.get_column_by_name(name): value for name, value in _values(volunteer).items()
    }
    await t.Volunteer.update(columns).where(t.Volunteer.id == volunteer.id)
    for part in PARTS:
        await part.delete().where(part._meta.get_column_by_name("volunteer") == volunteer.id)
    await _insert_parts(volunteer, now)


async def _insert_parts(volunteer: Volunteer, now: datetime) -> None:
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
        if made:
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
    await bar.update({bar.standing: str(standing), bar.checked_at: now}).where(place)
    return Standing(known["standing"])


async def set_number(volunteer: UUID, *, jurisdiction: str, number: str) -> None:
    """Write a volunteer's number at a bar that she is admitted to."""
    bar = t.BarAdmission
    await bar.update({bar.number: number}).where(bar.volunteer == volunteer, bar.jurisdiction == jurisdiction)


async def drop_admission(volunteer: UUID, *, jurisdiction: str) -> None:
    """Take back that a volunteer is admitted to a bar."""
    bar = t.BarAdmission
    await bar.delete().where(bar.volunteer == volunteer, bar.jurisdiction == jurisdiction)


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
    """The volunteers that exist among these references."""
    wanted = list(refs)
    found = await volunteers_where(t.Volunteer.reference.is_in(wanted)) if wanted else []
    return {volunteer.ref: volunteer for volunteer in found}


async def all_volunteers() -> list[Volunteer]:
    """Every volunteer, in the order of joining."""
    return await volunteers_where()


async def volunteers_where(*conditions: Any) -> list[Volunteer]:
    """The volunteers that meet Piccolo conditions on their table, in the order of joining."""
    query = t.Volunteer.select().order_by(t.Volunteer.id).output(load_json=True)
    rows = await (query.where(*conditions) if conditions else query)
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
