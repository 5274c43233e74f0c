"""Cases in the database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound
from core.model.cases.case import Case
from core.model.cases.urgency import Tier
from core.model.places import region_of
from core.model.states import OPEN_CASE, CaseState, origins
from core.store.bulk import insert_rows, update_rows
from core.store.cases.listings import relist
from core.store.database import transaction
from core.store.days import day_of
from core.store.matches.settled import lift_pins
from core.store.moving import try_move_all

NOT_THERE: Final = "There is no such case, or it is not yours to see."


def case_of(row: dict[str, Any]) -> Case:
    """Make the Struct of a row selected with JSON loaded."""
    values = {name: row[name] for name in Case.__struct_fields__ if name in row}
    return msgspec.convert(values | {"ref": row["reference"]}, Case)


def _values(case: Case, today: date) -> dict[str, Any]:
    values = msgspec.structs.asdict(case)
    values["reference"] = values.pop("ref")
    values["languages"] = msgspec.json.encode(case.languages).decode()
    values["region"] = region_of(case.us_state, case.county)
    values["tier"] = int(case.urgency(today).tier)
    return {name: str(value) if isinstance(value, str) else value for name, value in values.items()}


async def insert_case(case: Case, *, now: datetime) -> None:
    """Write a new case."""
    await insert_cases([case], now=now)


async def insert_cases(cases: Iterable[Case], *, now: datetime) -> None:
    """Write new cases."""
    await insert_rows(t.Case, [{**_values(case, day_of(now)), "changed_at": now} for case in cases])


async def update_case(case: Case, *, now: datetime) -> None:
    """Write what is known of an existing case; its state, hold and waiting time are left as they are."""
    kept = {"id", "state", "held_by", "waiting_since", "received"}
    values = {name: value for name, value in _values(case, day_of(now)).items() if name not in kept}
    columns: dict[Any, Any] = {t.Case._meta.get_column_by_name(name): value for name, value in values.items()}
    async with transaction():
        await t.Case.update(columns | {t.Case.changed_at: now}).where(t.Case.id == case.id)
        relist(now=now)


async def find_case(key: UUID) -> Case:
    """The case with this id; NotFound otherwise."""
    return await _one(t.Case.id == key)


async def find_cases(keys: Sequence[UUID]) -> list[Case]:
    """The cases with these ids, in this order; NotFound where any is not there."""
    found = await cases_by_id(keys)
    if any(key not in found for key in keys):
        raise NotFound(NOT_THERE)
    return [found[key] for key in keys]


async def find_case_by_ref(ref: str) -> Case:
    """The case with this reference; NotFound otherwise."""
    return await _one(t.Case.reference == ref)


async def _one(condition: Any) -> Case:
    row = await t.Case.select().where(condition).first().output(load_json=True)
    if row is None:
        raise NotFound(NOT_THERE)
    return case_of(row)


async def cases_by_ref(refs: Iterable[str]) -> dict[str, Case]:
    """The cases that exist among these references."""
    wanted = list(refs)
    if not wanted:
        return {}
    rows = await t.Case.select().where(t.Case.reference.is_in(wanted)).output(load_json=True)
    return {row["reference"]: case_of(row) for row in rows}


async def cases_by_id(keys: Iterable[UUID]) -> dict[UUID, Case]:
    """The cases that exist among these ids."""
    wanted = list(keys)
    if not wanted:
        return {}
    rows = await t.Case.select().where(t.Case.id.is_in(wanted)).output(load_json=True)
    return {row["id"]: case_of(row) for row in rows}


async def cases_in(state: CaseState) -> list[Case]:
    """All cases in a state, most urgent and longest waiting first."""
    rows = (
        await t.Case.select()
        .where(t.Case.state == str(state))
        .order_by(t.Case.tier, t.Case.waiting_since, t.Case.reference)
        .output(load_json=True)
    )
    return [case_of(row) for row in rows]


async def cases_since(moment: datetime) -> list[Case]:
    """The cases that have been put on the waitlist since a moment, whatever became of them, the oldest first."""
    query = t.Case.select().where(t.Case.waiting_since >= moment).order_by(t.Case.waiting_since, t.Case.id)
    return [case_of(row) for row in await query.output(load_json=True)]


async def first_waiting() -> datetime | None:
    """When the first case was put on the waitlist; None where none ever was."""
    row = (
        await t.Case.select(t.Case.waiting_since)
        .where(t.Case.waiting_since.is_not_null())
        .order_by(t.Case.waiting_since)
        .first()
    )
    return None if row is None else row["waiting_since"]


async def waiting_with_tier() -> list[tuple[Case, Tier]]:
    """The waiting cases with the tier that is kept for ordering."""
    query = t.Case.select().where(t.Case.state == str(CaseState.WAITLISTED)).order_by(t.Case.id)
    return [(case_of(row), Tier(row["tier"])) for row in await query.output(load_json=True)]


async def hold_case(case: UUID, *, volunteer: UUID, now: datetime) -> bool:
    """Hold a waiting case for a claim. One conditional update decides who is first."""
    query = t.Case.update({t.Case.held_by: volunteer, t.Case.changed_at: now}).where(
        t.Case.id == case, t.Case.state == str(CaseState.WAITLISTED), t.Case.held_by.is_null()
    )
    return bool(await query.returning(t.Case.id))


async def release_case(case: UUID, *, now: datetime) -> None:
    """Give up the hold of a claim."""
    await t.Case.update({t.Case.held_by: None, t.Case.changed_at: now}).where(t.Case.id == case)


async def move_case(case: UUID, to: CaseState, *, now: datetime, **changes: Any) -> bool:
    """Move a case along an arrow of its machine, noting when it ended; tell whether it moved. A reduced one stays."""
    return bool(await move_cases([case], to, now=now, **changes))


async def move_cases(cases: Collection[UUID], to: CaseState, *, now: datetime, **changes: Any) -> set[UUID]:
    """The same for many cases with one statement; those that moved."""
    if not cases:
        return set()
    ended = None if to in OPEN_CASE else now
    known = (t.Case.reduced_at.is_null(),)
    async with transaction():
        moved = await try_move_all(t.Case, cases, to, only_if=known, changed_at=now, ended_at=ended, **changes)
        if moved and (to is CaseState.WAITLISTED or CaseState.WAITLISTED in origins(to)):
            relist(now=now)
    return moved


async def keep_waiting(since: Mapping[UUID, datetime]) -> None:
    """Write since when the clients of these cases wait."""
    rows = [{"id": case, "waiting_since": moment} for case, moment in since.items()]
    await update_rows(t.Case, t.Case.id, [t.Case.waiting_since], rows)


async def when_ended(case: UUID) -> datetime | None:
    """When a case ended; None where it has not."""
    row = await t.Case.select(t.Case.ended_at).where(t.Case.id == case).first()
    return None if row is None else row["ended_at"]


async def set_tier(case: UUID, tier: Tier) -> None:
    """Keep the urgency as derived today, for ordering."""
    await t.Case.update({t.Case.tier: int(tier)}).where(t.Case.id == case)


async def bar_pair(case: UUID, *, volunteer: UUID, reason: str, now: datetime) -> bool:
    """Never propose this volunteer for this case again; False when that is settled already. A pin of hers ends."""
    known = await t.BarredPair.exists().where(t.BarredPair.case == case, t.BarredPair.volunteer == volunteer)
    if not known:
        await t.BarredPair.insert(t.BarredPair(case=case, volunteer=volunteer, reason=reason, since=now))
        await lift_pins(case, volunteer=volunteer, now=now)
    return not known


_KEPT_APART: Final = (
    'SELECT b."case", b.volunteer FROM barred_pair b WHERE {where} UNION '
    "SELECT b.\"case\", b.volunteer FROM settled_pair b WHERE b.kind = 'forbid' AND b.lifted_at IS NULL AND {where} "
    'UNION SELECT b."case", b.volunteer FROM (SELECT x."case", COALESCE(v.merged_into, v.id) AS volunteer '
    "FROM screened_off x JOIN volunteer v ON v.id = x.volunteer WHERE x.lifted_at IS NULL) b WHERE {where}"
)
"""Pairs that must not be proposed: declines and conflicts, which stay; forbids and screens, until they are lifted."""


async def barred_pairs() -> dict[UUID, set[UUID]]:
    """All volunteers who must not be proposed, by case."""
    barred: dict[UUID, set[UUID]] = {}
    for row in await t.BarredPair.raw(_KEPT_APART.format(where="1 = 1")):
        barred.setdefault(row["case"], set()).add(row["volunteer"])
    return barred


async def cases_barred_for(volunteer: UUID) -> set[UUID]:
    """The cases for which a volunteer must not be proposed."""
    rows = await t.BarredPair.raw(_KEPT_APART.format(where="b.volunteer = {}"), *[volunteer] * 3)
    return {row["case"] for row in rows}


async def barred_for(case: UUID) -> set[UUID]:
    """The volunteers who must not be proposed for a case."""
    rows = await t.BarredPair.raw(_KEPT_APART.format(where='b."case" = {}'), *[case] * 3)
    return {row["volunteer"] for row in rows}
