"""Who is on the other side of cases, by what stands for the whole name: to keep people off without reading names."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from uuid import UUID

from piccolo.custom_types import Combinable

from core import tables as t
from core.model.conflicts.hits import NameKind

Indexed = tuple[UUID, int, str]
"""A case with what stands for a name on its other side, and the id of the key that it was made with."""


async def indexed(cases: Collection[UUID] | None = None) -> list[Indexed]:
    """The names on the other side of these cases, or of all."""
    e = t.NameEntry
    query = e.select(e.case, e.exact, e.key).where(e.kind == str(NameKind.ADVERSE))
    rows = await (query if cases is None else query.where(e.case.is_in(list(cases))))
    return [(row["case"], row["exact"], row["key"]) for row in rows]


async def indexed_as(tokens: Collection[int], *, known: Sequence[str]) -> list[Indexed]:
    """The names on an other side that one of these stands for, and one made with a key that is not ``known`` (one at
    least is)."""
    e = t.NameEntry
    adverse = e.kind == str(NameKind.ADVERSE)
    rows = await e.select(e.case, e.exact, e.key).where(adverse, e.exact.is_in(sorted(tokens)))
    rows += await e.select(e.case, e.exact, e.key).where(adverse, _other_than(sorted(known))).limit(1)
    return [(row["case"], row["exact"], row["key"]) for row in rows]


async def are_any() -> bool:
    """Whether any case has somebody on its other side."""
    return bool(await t.NameEntry.exists().where(t.NameEntry.kind == str(NameKind.ADVERSE)))


def _other_than(known: Sequence[str]) -> Combinable:
    """Every key but these, as ranges: an index finds at once that there is nothing in them."""
    key = t.NameEntry.key
    other = (key < known[0]) | (key > known[-1])
    for low, high in pairwise(known):
        other = other | ((key > low) & (key < high))
    return other
