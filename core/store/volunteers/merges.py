"""Merges of records in the database, and which volunteers a person told apart."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound, TooLate
from core.model.people import Volunteer
from core.model.volunteers.ties import Moved


class Merge(msgspec.Struct, frozen=True):
    """One merge of ``absorbed`` into ``kept``, with both records before it, the kept one after it, and what moved."""

    id: UUID
    kept: UUID
    absorbed: UUID
    merged_at: datetime
    before: tuple[Volunteer, Volunteer]
    after: Volunteer
    moved: Moved
    split_at: datetime | None = None
    stayed: tuple[str, ...] = ()


async def insert_merge(merge: Merge, *, by: UUID | None) -> None:
    """Write a merge."""
    m = t.RecordMerge
    await m.insert(
        m(
            id=merge.id,
            kept=merge.kept,
            absorbed=merge.absorbed,
            merged_at=merge.merged_at,
            merged_by=by,
            before=_json(merge.before),
            after=_json(merge.after),
            moved=_json(merge.moved),
        )
    )


async def end_merge(merge: UUID, *, stayed: tuple[str, ...], by: UUID | None, now: datetime) -> None:
    """Note that a merge is taken back; TooLate when somebody did before."""
    m = t.RecordMerge
    values: dict[Any, Any] = {m.split_at: now, m.split_by: by, m.stayed: _json(stayed)}
    if not await m.update(values).where(m.id == merge, m.split_at.is_null()).returning(m.id):
        raise TooLate("This merge is taken back already. Nothing was changed.")


async def find_merge(key: UUID) -> Merge:
    """The merge with this id; NotFound otherwise."""
    found = await _merges(t.RecordMerge.id == key)
    if not found:
        raise NotFound("There is no such merge.")
    return found[0]


async def merges_of(volunteer: UUID) -> list[Merge]:
    """Every merge of another record into this one, the newest first; those that were taken back as well."""
    return await _merges(t.RecordMerge.kept == volunteer)


async def merge_that_absorbed(volunteer: UUID) -> Merge | None:
    """The merge by which this record has become part of another; None where it stands for itself."""
    found = await _merges(t.RecordMerge.absorbed == volunteer, t.RecordMerge.split_at.is_null())
    return found[0] if found else None


async def _merges(*conditions: Any) -> list[Merge]:
    m = t.RecordMerge
    rows = await m.select().where(*conditions).order_by(m.id, ascending=False).output(load_json=True)
    return [msgspec.convert({name: row[name] for name in Merge.__struct_fields__}, Merge) for row in rows]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


async def tell_apart(one: UUID, other: UUID, *, mark: str, by: UUID | None, now: datetime) -> None:
    """Keep that these are two persons, as far as ``mark`` goes."""
    w, (first, second) = t.TwoPersons, sorted((one, other))
    row = w(one=first, other=second, mark=mark, said_at=now, said_by=by)
    await w.insert(row).on_conflict(target=(w.one, w.other), action="DO UPDATE", values=[w.mark, w.said_at, w.said_by])


async def told_apart() -> dict[tuple[UUID, UUID], str]:
    """The pairs of whom a person said that they are two, each with its mark."""
    rows = await t.TwoPersons.select(t.TwoPersons.one, t.TwoPersons.other, t.TwoPersons.mark)
    return {(row["one"], row["other"]): row["mark"] for row in rows}


async def absorbed_by(volunteer: UUID) -> list[UUID]:
    """The old records of a volunteer, those of her old records among them."""
    rows = await t.Volunteer.raw(
        "WITH RECURSIVE old(id) AS (SELECT id FROM volunteer WHERE merged_into = {} "
        "UNION SELECT v.id FROM volunteer v JOIN old o ON v.merged_into = o.id) SELECT id FROM old ORDER BY id",
        volunteer,
    )
    return [UUID(str(row["id"])) for row in rows]
