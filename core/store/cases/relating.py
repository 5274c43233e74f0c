"""Related cases, reopenings and places of help in the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound, TooLate
from core.model.cases.relating import PlaceOfHelp, RelatedCases, Reopening


async def keep_relation(one: RelatedCases, *, by: UUID | None, now: datetime) -> None:
    """Write that two cases belong together, in place of what was said of them before."""
    r = t.CaseRelation
    row = r(one=one.one, other=one.other, relation=str(one.relation), made_by=by, made_at=now)
    changed = [r.relation, r.made_by, r.made_at]
    await r.insert(row).on_conflict(target=(r.one, r.other), action="DO UPDATE", values=changed)


async def drop_relation(one: RelatedCases) -> None:
    """Forget that two cases belong together; TooLate where nobody said so."""
    r = t.CaseRelation
    if not await r.delete().where(r.one == one.one, r.other == one.other).returning(r.id):
        raise TooLate("These cases were taken apart already. Nothing was changed.")


async def insert_reopening(one: Reopening) -> None:
    """Write how a case had ended, as it is opened again."""
    await t.CaseReopening.insert(t.CaseReopening(**msgspec.structs.asdict(one) | {"was": str(one.was)}))


async def reopenings_of(case: UUID) -> list[Reopening]:
    """How often a case was opened again, the last first."""
    r = t.CaseReopening
    rows = await r.select().where(r.case == case).order_by(r.id, ascending=False)
    return [msgspec.convert({name: row[name] for name in Reopening.__struct_fields__}, Reopening) for row in rows]


async def keep_place(one: PlaceOfHelp, *, now: datetime) -> None:
    """Write a place of help, a new one or in place of what was known of it."""
    p = t.PlaceOfHelp
    values = msgspec.structs.asdict(one) | {"areas": msgspec.json.encode(one.areas).decode()}
    changed = [column for column in p._meta.columns if column._meta.name != "id"]
    await p.insert(p(**values, changed_at=now)).on_conflict(target=p.id, action="DO UPDATE", values=changed)


async def places_of_help(*, retired: bool = False) -> list[PlaceOfHelp]:
    """The places that people are sent to, by name; ``retired``: those that they are not sent to any more, too."""
    p = t.PlaceOfHelp
    query = p.select().order_by(p.name, p.id)
    rows = await (query if retired else query.where(p.retired.eq(False))).output(load_json=True)
    return [_place(row) for row in rows]


async def find_place(key: UUID) -> PlaceOfHelp:
    """The place with this id; NotFound otherwise."""
    row = await t.PlaceOfHelp.select().where(t.PlaceOfHelp.id == key).first().output(load_json=True)
    if row is None:
        raise NotFound("There is no such place of help.")
    return _place(row)


def _place(row: dict[str, Any]) -> PlaceOfHelp:
    return msgspec.convert({name: row[name] for name in PlaceOfHelp.__struct_fields__}, PlaceOfHelp)


async def insert_referrals(case: UUID, places: Iterable[UUID], *, by: UUID | None, now: datetime) -> list[UUID]:
    """Write that a client was told of places; returns those that were not noted before."""
    r = t.Referral
    known = {row["place"] for row in await r.select(r.place).where(r.case == case)}
    fresh = [place for place in dict.fromkeys(places) if place not in known]
    if fresh:
        await r.insert(*[r(case=case, place=place, made_by=by, made_at=now) for place in fresh])
    return fresh


async def drop_referral(case: UUID, place: UUID) -> None:
    """Forget that a client was told of a place; TooLate where that is not noted."""
    r = t.Referral
    if not await r.delete().where(r.case == case, r.place == place).returning(r.id):
        raise TooLate("This was taken back already. Nothing was changed.")
