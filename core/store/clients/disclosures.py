"""The disclosure log in the database: written with every view of who somebody is, never changed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core import tables as t
from core.model.clients.client import Purpose, Stage
from core.model.people import Actor
from core.store.bulk import insert_rows

FOUND_NAME: Final = "found_name"
"""What the log calls a name that a search found."""


async def insert_disclosure(
    case: UUID, fields: Collection[str], *, stage: Stage, purpose: Purpose, by: Actor, now: datetime
) -> None:
    """Note that somebody was shown these fields."""
    await insert_disclosures({case: fields}, stage=stage, purpose=purpose, by=by, now=now)


async def insert_disclosures(
    shown: Mapping[UUID, Collection[str]], *, stage: Stage, purpose: Purpose, by: Actor, now: datetime
) -> None:
    """The same for many cases, each with its fields."""
    common = {"account": by.account, "actor_label": by.label, "stage": int(stage), "purpose": str(purpose), "at": now}
    told = {case: msgspec.json.encode(sorted(fields)).decode() for case, fields in shown.items()}
    await insert_rows(t.Disclosure, [{"case": case, "fields": fields, **common} for case, fields in told.items()])


async def fields_shown(account: UUID | None, *, purpose: Purpose, since: datetime) -> dict[UUID, set[str]]:
    """By case, which fields somebody was shown for this purpose since a moment."""
    d = t.Disclosure
    whose = d.account == account if account else d.account.is_null()
    rows = await d.select(d.case, d.fields).where(whose, d.purpose == str(purpose), d.at >= since)
    shown: dict[UUID, set[str]] = {}
    for row in rows:
        shown.setdefault(row["case"], set()).update(msgspec.json.decode(row["fields"], type=list[str]))
    return shown
