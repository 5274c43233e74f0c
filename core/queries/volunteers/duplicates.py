"""Volunteers who may be one person, and the history of records that were merged."""

from uuid import UUID

import msgspec

from core.model.volunteers.duplicates import Duplicate, duplicates
from core.queries.reading import marks, select
from core.queries.volunteers.people import Carried, carried
from core.store.database import slow_reads
from core.store.volunteers import merges
from core.store.volunteers.merges import Merge
from core.store.volunteers.volunteers import all_volunteers

SHOWN = 20
"""How many pairs a page shows; the likeliest come first, and each answer makes room for the next."""


class Pairs(msgspec.Struct, frozen=True):
    """The first pairs with what each of both carries, by id, and how many there are in all."""

    pairs: tuple[Duplicate, ...]
    carried: dict[UUID, Carried]
    count: int


class PastMerge(msgspec.Struct, frozen=True):
    """A merge as a page tells it. ``last``: it can be split, since nothing newer comes first."""

    merge: Merge
    ref: str
    name: str
    by: str
    last: bool


async def possible_duplicates() -> tuple[Duplicate, ...]:
    """Every pair of volunteers who may be one person, the likeliest first. Reads all, away from the event loop."""
    async with slow_reads():
        people, apart = await all_volunteers(), await merges.told_apart()
    return tuple(duplicates(people, apart=apart))


async def first_duplicates(limit: int = SHOWN) -> Pairs:
    """The first pairs for a page. Fourteen statements."""
    found = await possible_duplicates()
    keys = dict.fromkeys(key for one in found[:limit] for key in one.pair)
    return Pairs(found[:limit], {one.volunteer.id: one for one in await carried(list(keys))}, len(found))


async def past_merges(volunteer: UUID) -> tuple[PastMerge, ...]:
    """The records that were merged into one, the newest first. At most two statements."""
    found = await merges.merges_of(volunteer)
    if not found:
        return ()
    rows = await select(
        "SELECT m.id, v.reference, v.name, a.name AS by_name FROM record_merge m JOIN volunteer v ON v.id = m.absorbed "
        f"LEFT JOIN account a ON a.id = m.merged_by WHERE m.id IN ({marks(found)})",
        *(one.id for one in found),
    )
    named = {row["id"]: row for row in rows}
    newest = next((one.id for one in found if one.split_at is None), None)
    return tuple(
        PastMerge(
            merge=one,
            ref=named[one.id]["reference"],
            name=named[one.id]["name"],
            by=named[one.id]["by_name"] or "",
            last=one.id == newest,
        )
        for one in found
    )
