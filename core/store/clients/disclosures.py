"""The disclosure log in the database: written with every view of who somebody is, never changed."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core import tables as t
from core.model.clients.client import Purpose, Stage
from core.model.people import Actor

FOUND_NAME: Final = "found_name"
"""What the log calls a name that a search found."""


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


async def fields_shown(account: UUID | None, *, purpose: Purpose, since: datetime) -> dict[UUID, set[str]]:
    """By case, which fields somebody was shown for this purpose since a moment."""
    d = t.Disclosure
    whose = d.account == account if account else d.account.is_null()
    rows = await d.select(d.case, d.fields).where(whose, d.purpose == str(purpose), d.at >= since)
    shown: dict[UUID, set[str]] = {}
    for row in rows:
        shown.setdefault(row["case"], set()).update(msgspec.json.decode(row["fields"], type=list[str]))
    return shown
