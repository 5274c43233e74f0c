"""The disclosure log for the client herself: who has seen what of her, when and why, taken out for her to keep."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from uuid import UUID

import msgspec

from core.model.clients.client import Stage
from core.model.people import Actor
from core.queries.privacy.disclosures import View, all_views_of
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction


class Entry(msgspec.Struct, frozen=True):
    """What one person saw on one day for one reason; ``times`` is how often she looked."""

    day: date
    who: str
    is_staff: bool
    fields: tuple[str, ...]
    purpose: str
    times: int


async def take_out(case: UUID, *, language: str, by: Actor, now: datetime) -> tuple[str, tuple[View, ...]]:
    """The reference of a case and every look at its client, oldest first, to be given to her.

    Side effect: an audit event, with the language.
    """
    require_staff(by)
    async with transaction():
        found = await cases.find_case(case)
        await record("disclosures_exported", subject_kind="case", subject=case, by=by, now=now, language=language)
        return found.ref, await all_views_of(case)


def by_day(views: Iterable[View], place: tzinfo) -> tuple[Entry, ...]:
    """The looks of each day, person and reason as one, in the order of the first of each; days as at a place."""
    seen: dict[tuple[date, str, bool, str], list[View]] = {}
    for one in views:
        day = one.at.astimezone(place).date()
        seen.setdefault((day, one.who, one.stage is Stage.STAFF, one.purpose), []).append(one)
    return tuple(
        Entry(day, who, staff, _together(looks), why, len(looks)) for (day, who, staff, why), looks in seen.items()
    )


def _together(looks: list[View]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field for one in looks for field in one.fields))
