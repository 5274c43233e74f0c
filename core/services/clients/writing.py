"""Writing down who a client is and who else her case is about: the one way in which identity enters the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from core.errors import BadInput
from core.model.clients.client import ClientField
from core.model.clients.parties import Party
from core.model.conflicts.words import LONGEST, read_name
from core.model.people import Actor
from core.services.clinic import require_staff
from core.services.conflicts.name_index import NAMED, index_client, index_new_clients, index_party, look_again
from core.store import jobs
from core.store.audit import record
from core.store.cases import cases
from core.store.clients import clients
from core.store.clients import parties as party_store
from core.store.database import transaction

UNCHANGED: Final = "Nothing was changed."


async def correct_client(case: UUID, changes: Mapping[ClientField, str], *, by: Actor, now: datetime) -> None:
    """Write fields of a client; empty: not known after all. Fields that are left out stay.

    Side effects, in one transaction: the fields, an audit event that names them and never says what they hold; where
    the day of birth is among them, the work of counting deadlines anew.
    """
    require_staff(by)
    async with transaction():
        await cases.find_case(case)
        await keep_client(case, changes, now=now)
        if NAMED & changes.keys():
            await look_again(case, now=now)
        names = ",".join(sorted(changes))
        await record("client_corrected", subject_kind="case", subject=case, by=by, now=now, fields=names)
        if ClientField.BIRTH_DATE in changes:
            await jobs.add_job("count_deadlines", due_at=now, case=str(case))


async def keep_client(case: UUID, changes: Mapping[ClientField, str], *, now: datetime) -> None:
    """Write fields in the transaction of a verb that looks for the names (``look_again``) once all are written."""
    written = {field: text.strip() for field, text in changes.items()}
    await clients.write_fields(case, written, now=now)
    await index_client(case, written, now=now)


async def keep_new_clients(told: Mapping[UUID, Mapping[ClientField, str]], *, now: datetime) -> None:
    """Write what is known of the clients of new cases; then, as for ``keep_client``, ``look_for_new``."""
    stripped = {case: {field: text.strip() for field, text in fields.items()} for case, fields in told.items()}
    written = {case: {field: text for field, text in fields.items() if text} for case, fields in stripped.items()}
    await clients.insert_fields(written, now=now)
    await index_new_clients(written, now=now)


async def add_party(party: Party, *, by: Actor, now: datetime) -> None:
    """Note a party of a case. Side effect: an audit event, without the name."""
    require_staff(by)
    if not read_name(party.name).words or len(party.name) > LONGEST:
        raise BadInput(f"Write the name of the person or the organisation, at most {LONGEST} characters. {UNCHANGED}")
    async with transaction():
        if any((one.role, one.name.casefold()) == (party.role, party.name.casefold()) for one in await _known(party)):
            raise BadInput(f"This name is noted in the case already. {UNCHANGED}")
        await cases.find_case(party.case)
        await keep_party(party, by=by, now=now)
        await look_again(party.case, now=now)
        await record("party_added", subject_kind="case", subject=party.case, by=by, now=now, role=str(party.role))


async def _known(party: Party) -> tuple[Party, ...]:
    return await party_store.parties_of(party.case)


async def keep_party(party: Party, *, by: Actor, now: datetime) -> None:
    """Write a party in the transaction of a verb that looks for the names (``look_again``) once all are written."""
    await party_store.insert_party(party, by=by.account, now=now)
    await index_party(party, now=now)


async def remove_party(case: UUID, key: UUID, *, by: Actor, now: datetime) -> None:
    """Take back a party of a case. Side effects: an audit event; the alert of the case closes if no hit is left."""
    require_staff(by)
    async with transaction():
        await party_store.delete_party(key, case=case)
        await look_again(case, now=now)
        await record("party_removed", subject_kind="case", subject=case, by=by, now=now)
