"""Conflicts by firm: whoever works for an organisation on the other side of a case is kept off it, and told no more.

ABA Model Rules of Professional Conduct 1.7 and 1.10: what keeps one lawyer of a firm off a case keeps all of them off.
The names are the client's secret (Rule 1.6): sealed in the database, compared by a blind index, read by staff alone.
Whatever cannot be compared, since the key is not there, stops the work: a conflict check fails closed.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.crypto import Keyring
from core.errors import BadInput
from core.model.organisations import LONGEST, organisation_key
from core.model.people import Actor
from core.services.clinic import require_staff
from core.store import cases, opposing
from core.store.audit import record
from core.store.clinic_keys import keyring, sealing_key
from core.store.database import transaction
from core.store.keys import new_id

STOPPED: Final = (
    "A conflict check stops this claim. It says nothing about your work, and we cannot tell you more. "
    "Other cases are waiting for you."
)
Pairs = dict[UUID, set[UUID]]


class Organisation(msgspec.Struct, frozen=True):
    """An organisation on the other side, as staff read it."""

    id: UUID
    name: str


async def add_organisation(case: UUID, name: str, *, by: Actor, now: datetime) -> UUID:
    """Note an organisation on the other side of a case. Side effect: audit event, without the name.

    Raises BadInput where there is no name to compare, or it is there already; KeyMissing where there is no key.
    """
    require_staff(by)
    written = " ".join(name.split())
    wanted = organisation_key(written)
    if not wanted or len(written) > LONGEST:
        raise BadInput(f"Write the name of the organisation, at most {LONGEST} characters. Nothing was changed.")
    async with transaction():
        sealing, key = await sealing_key(), new_id()
        await cases.find_case(case)
        if any(organisation_key(known) == wanted for _, known in await opposing.names_in(case)):
            raise BadInput("This organisation is on the list already. Nothing was changed.")
        index = sealing.index(opposing.PURPOSE, wanted)
        await opposing.insert_organisation(key, case, name=written, index=index, by_key=sealing, by=by.account, now=now)
        await record("opposing_added", subject_kind="case", subject=case, by=by, now=now, organisation=str(key))
    return key


async def remove_organisation(case: UUID, key: UUID, *, by: Actor, now: datetime) -> None:
    """Take back that an organisation is on the other side of a case. Side effect: audit event."""
    require_staff(by)
    async with transaction():
        await opposing.delete_organisation(key, case=case)
        await record("opposing_removed", subject_kind="case", subject=case, by=by, now=now, organisation=str(key))


async def read_organisations(case: UUID, *, by: Actor, now: datetime) -> tuple[Organisation, ...]:
    """The organisations on the other side of a case, for staff. Side effect: audit event where there are any."""
    require_staff(by)
    async with transaction():
        found = tuple(Organisation(key, name) for key, name in await opposing.names_in(case))
        if found:
            await record("opposing_viewed", subject_kind="case", subject=case, by=by, now=now, organisations=len(found))
    return found


async def kept_off(case: UUID) -> set[UUID]:
    """Everybody who works for an organisation on the other side of a case."""
    return (await _pairs(await opposing.indexed(case))).get(case, set())


async def cases_kept_from(volunteer: UUID | None) -> set[UUID]:
    """The cases with an organisation on the other side that a volunteer works for."""
    if volunteer is None or not (firms := await opposing.employers(volunteer)):
        return set()
    if not await opposing.are_any():
        return set()
    keys = keyring()
    wanted = sorted({index for _, firm in firms for index in _indexes(firm, keys)})
    rows = await opposing.indexed_as(wanted, known=[key.id for key in keys.keys]) if wanted else []
    for _, _, key in rows:
        keys.named(key)
    return {case for case, index, _ in rows if index in wanted}


async def barred_pairs() -> Pairs:
    """Everybody who must not be proposed, by case: declines, declared conflicts, what is forbidden, and firms."""
    barred, apart = await cases.barred_pairs(), await _pairs(await opposing.indexed())
    return {case: barred.get(case, set()) | apart.get(case, set()) for case in {*barred, *apart}}


async def barred_for(case: UUID) -> set[UUID]:
    """The same for one case."""
    return await cases.barred_for(case) | await kept_off(case)


async def cases_barred_for(volunteer: UUID) -> set[UUID]:
    """The same for one volunteer: the cases for which she must not be proposed."""
    return await cases.cases_barred_for(volunteer) | await cases_kept_from(volunteer)


async def _pairs(rows: list[opposing.Indexed]) -> Pairs:
    pairs: Pairs = defaultdict(set)
    if not rows:
        return pairs
    keys, by_index = keyring(), defaultdict[str, set[UUID]](set)
    for case, index, key in rows:
        keys.named(key)
        by_index[index].add(case)
    people = defaultdict[str, set[UUID]](set)
    for volunteer, firm in await opposing.employers():
        people[firm].add(volunteer)
    for firm, theirs in people.items():
        for index in _indexes(firm, keys):
            for case in by_index.get(index, ()):
                pairs[case] |= theirs
    return pairs


def _indexes(firm: str, keys: Keyring) -> Iterable[str]:
    """What stands for a firm, under each key there is."""
    wanted = organisation_key(firm)
    return [key.index(opposing.PURPOSE, wanted) for key in keys.keys] if wanted else []
