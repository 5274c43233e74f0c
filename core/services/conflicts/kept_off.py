"""Who is kept off a case by its other side: whoever works there, or has it on her list; told no more than that.

ABA Model Rules of Professional Conduct 1.7 and 1.10: what keeps one lawyer of a firm off a case keeps all of them off.
The names are the client's secret (Rule 1.6): sealed in the database, compared by what stands for the whole name, read
by staff alone. Names that are only like each other are shown to a coordinator by ``services.conflict_checks``.
Whatever cannot be compared, since the key is not there, stops the work: a conflict check fails closed.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Final
from uuid import UUID

from core.store.cases import cases
from core.store.names import adverse
from core.store.names.employers import employers
from core.store.names.index import exact_tokens
from core.store.names.listed_names import names_listed
from core.store.sealed.clinic_keys import keyring

STOPPED: Final = (
    "A conflict check stops this claim. It says nothing about your work, and we cannot tell you more. "
    "Other cases are waiting for you."
)
Pairs = dict[UUID, set[UUID]]


async def kept_off(case: UUID) -> set[UUID]:
    """Everybody who works for somebody on the other side of a case, or has one of them on her list."""
    return (await kept_off_each([case])).get(case, set())


async def kept_off_each(of: Collection[UUID]) -> Pairs:
    """The same for many cases; those off which nobody is kept are left out."""
    return await _pairs(await adverse.indexed(of)) if of else {}


async def cases_kept_from(volunteer: UUID | None) -> set[UUID]:
    """The cases with somebody on the other side that a volunteer works for or has on her list."""
    if volunteer is None or not await adverse.are_any():
        return set()
    names = [name for _, name in await employers(volunteer)]
    names += [one.name for one in await names_listed(volunteer)]
    if not names:
        return set()
    keys = keyring()
    wanted = exact_tokens(names, keys)
    rows = await adverse.indexed_as(wanted, known=[key.id for key in keys.keys]) if wanted else []
    for _, _, key in rows:
        keys.named(key)
    return {case for case, token, _ in rows if token in wanted}


async def barred_pairs() -> Pairs:
    """Everybody who must not be proposed, by case: declines, declared conflicts, what is forbidden, the other side."""
    barred, apart = await cases.barred_pairs(), await _pairs(await adverse.indexed())
    return {case: barred.get(case, set()) | apart.get(case, set()) for case in {*barred, *apart}}


async def barred_for(case: UUID) -> set[UUID]:
    """The same for one case."""
    return await cases.barred_for(case) | await kept_off(case)


async def cases_barred_for(volunteer: UUID) -> set[UUID]:
    """The same for one volunteer: the cases for which she must not be proposed."""
    return await cases.cases_barred_for(volunteer) | await cases_kept_from(volunteer)


async def _pairs(rows: list[adverse.Indexed]) -> Pairs:
    pairs: Pairs = defaultdict(set)
    if not rows:
        return pairs
    keys, by_token = keyring(), defaultdict[int, set[UUID]](set)
    for case, token, key in rows:
        keys.named(key)
        by_token[token].add(case)
    people = defaultdict[str, set[UUID]](set)
    for volunteer, name in await employers():
        people[name].add(volunteer)
    for listed in await names_listed():
        people[listed.name].add(listed.volunteer)
    for name, theirs in people.items():
        for token in exact_tokens([name], keys):
            for case in by_token.get(token, ()):
                pairs[case] |= theirs
    return pairs
