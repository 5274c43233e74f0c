"""Volunteers' own lists: whom they and their firms work for, represent, or are related to, for conflict checks.

ABA Model Rules of Professional Conduct 1.7 (a) and 1.10. The names are sealed; she and the staff read them.
"""

from datetime import datetime
from uuid import UUID

from core.errors import BadInput, NotAllowed
from core.model.conflicts.hits import Relation
from core.model.conflicts.words import LONGEST, read_name
from core.model.people import Actor
from core.services.conflicts.name_index import look_for_listed
from core.store.audit import record
from core.store.database import transaction
from core.store.names import listed_names
from core.store.names.index import exact_key
from core.store.names.listed_names import Listed


async def list_name(
    volunteer: UUID, name: str, *, relation: Relation, is_organisation: bool = False, by: Actor, now: datetime
) -> UUID:
    """Put a name on a volunteer's list, by herself or by staff.

    Raises BadInput where there is no name to compare, or it is there already. Side effects: the name, sealed and found
    by conflict checks from now on, alerts for the cases that it may be a conflict with, an audit event without it.
    """
    _require_hers(volunteer, by)
    written = " ".join(name.split())
    if not read_name(written).words or len(written) > LONGEST:
        raise BadInput(f"Write the name of a person or an organisation, at most {LONGEST} characters.")
    async with transaction():
        known = await listed_names.names_listed(volunteer)
        if any(exact_key(one.name) == exact_key(written) for one in known):
            raise BadInput("This name is on the list already. Nothing was changed.")
        key = await listed_names.insert_listed(
            volunteer, written, relation=relation, is_organisation=is_organisation, by=by.account, now=now
        )
        await record("name_listed", subject_kind="volunteer", subject=volunteer, by=by, now=now, relation=str(relation))
        await look_for_listed(read_name(written), now=now)
    return key


async def unlist_name(volunteer: UUID, key: UUID, *, by: Actor, now: datetime) -> None:
    """Take a name off a volunteer's list. Side effect: audit event."""
    _require_hers(volunteer, by)
    async with transaction():
        await listed_names.delete_listed(key, volunteer=volunteer)
        await record("name_unlisted", subject_kind="volunteer", subject=volunteer, by=by, now=now)


async def read_list(volunteer: UUID, *, by: Actor, now: datetime) -> tuple[Listed, ...]:
    """The names on a volunteer's list, for her and the staff. Side effect, where others read any: audit event."""
    _require_hers(volunteer, by)
    async with transaction():
        listed = tuple(await listed_names.names_listed(volunteer))
        if listed and by.volunteer != volunteer:
            await record("list_read", subject_kind="volunteer", subject=volunteer, by=by, now=now, names=len(listed))
    return listed


def _require_hers(volunteer: UUID, by: Actor) -> None:
    if not by.is_staff() and by.volunteer != volunteer:
        raise NotAllowed("This list is its owner's and the coordinators'.")
