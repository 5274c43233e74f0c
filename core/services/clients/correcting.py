"""Correcting the record of a client as a whole, so that what somebody else wrote meanwhile is not lost."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import TooLate
from core.model.clients.client import Client, ClientField
from core.model.people import Actor
from core.services.clients.writing import correct_client
from core.services.clinic import require_staff
from core.store.clients.clients import read_fields
from core.store.database import transaction
from core.store.matches.settled import lock_case


def version_of(client: Client) -> str:
    """The same for the same record: a form that was opened on one version does not overwrite another."""
    told = msgspec.json.encode(sorted((str(field), text) for field, text in client.items()))
    return hashlib.sha256(told).hexdigest()[:16]


async def correct_record(
    case: UUID, record: Mapping[ClientField, str], *, version: str, by: Actor, now: datetime
) -> frozenset[ClientField]:
    """Write what differs of these fields, and tell which; TooLate where they are not those of ``version`` any more.

    Raises Erased. Side effects as ``correct_client``, where anything differs.
    """
    require_staff(by)
    async with transaction():
        await lock_case(case)
        before = await read_fields(case, tuple(record))
        if version_of(before) != version:
            raise TooLate("Somebody else has changed what is known of this client. Nothing was changed.")
        changes = {field: text for field, text in record.items() if text != before.get(field, "")}
        if changes:
            await correct_client(case, changes, by=by, now=now)
    return frozenset(changes)
