"""The disclosure log in the database: written with every view of who somebody is, never changed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from core import tables as t
from core.model.clients import Purpose, Stage
from core.model.people import Actor


async def insert_disclosure(
    case: UUID, fields: Collection[str], *, stage: Stage, purpose: Purpose, by: Actor, now: datetime
) -> None:
    """Note that somebody was shown these fields."""
    row = t.Disclosure(
        case=case,
        account=by.account,
        actor_label=by.label,
        fields=msgspec.json.encode(sorted(fields)).decode(),
        stage=int(stage),
        purpose=str(purpose),
        at=now,
    )
    await t.Disclosure.insert(row)
