"""Correcting the record of a client as a whole, so that what somebody else wrote meanwhile is not lost."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from core.model.clients.client import Client, ClientField
from core.model.concurrent_edits import require_version, version_of
from core.model.people import Actor
from core.services.clients.writing import correct_client
from core.services.clinic import require_staff
from core.store.clients.clients import read_fields
from core.store.database import transaction
from core.store.matches.settled import lock_case


def version_of_client(client: Client) -> str:
    """The version of these fields of a client's record."""
    return version_of({str(field): text for field, text in client.items()})


async def correct_record(
    case: UUID, record: Mapping[ClientField, str], *, version: str, by: Actor, now: datetime
) -> frozenset[ClientField]:
    """Write what differs of these fields, and tell which; Overtaken where they are not those of ``version`` any more.

    Raises Erased. Side effects as ``correct_client``, where anything differs.
    """
    require_staff(by)
    async with transaction():
        await lock_case(case)
        before = await read_fields(case, tuple(record))
        require_version({str(field): text for field, text in before.items()}, version)
        changes = {field: text for field, text in record.items() if text != before.get(field, "")}
        if changes:
            await correct_client(case, changes, by=by, now=now)
    return frozenset(changes)
