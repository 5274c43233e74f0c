"""Thresholds of eligibility and checks of clients, in the database."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.model.cases.eligibility import Thresholds, Verdict
from core.model.cases.eligibility_checks import Check, ThresholdsKept
from core.store.bulk import insert_rows
from core.store.database import THRESHOLDS_LOCK, queue_for

USUAL = ThresholdsKept(Thresholds())
"""What counts before anybody has set thresholds."""


async def thresholds_in_force() -> ThresholdsKept:
    """What the programme asks of its clients now."""
    kept = await thresholds_history(limit=1)
    return kept[0] if kept else USUAL


async def thresholds_to_change() -> ThresholdsKept:
    """The same, which nobody else changes until this transaction ends."""
    await queue_for(THRESHOLDS_LOCK)
    return await thresholds_in_force()


async def thresholds_history(*, limit: int = 50) -> list[ThresholdsKept]:
    """What the programme asked of its clients, the newest first."""
    h = t.EligibilityThresholds
    rows = await h.select().order_by(h.since, h.id, ascending=False).limit(limit).output(load_json=True)
    return [msgspec.convert(row, ThresholdsKept) for row in rows]


async def insert_thresholds(kept: ThresholdsKept) -> None:
    """Write thresholds that count from now on."""
    values = msgspec.structs.asdict(kept) | {"asks": _json(kept.asks)}
    await t.EligibilityThresholds.insert(t.EligibilityThresholds(**values))


async def insert_checks(checks: Iterable[Check]) -> None:
    """Write checks."""
    await insert_rows(t.EligibilityCheck, [_row(check) for check in checks])


def _row(check: Check) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, str) else value for name, value in _plain(check).items()}


def _plain(check: Check) -> dict[str, Any]:
    as_json = {"findings": _json(check.findings), "rests_on": _json(check.rests_on)}
    return msgspec.structs.asdict(check) | as_json


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


async def checks_of(case: UUID) -> list[Check]:
    """The checks of a case, the newest first."""
    c = t.EligibilityCheck
    rows = await c.select().where(c.case == case).order_by(c.made_at, c.id, ascending=False).output(load_json=True)
    return [msgspec.convert(row, Check) for row in rows]


async def last_check(case: UUID) -> Check | None:
    """The check of a case that counts; None where there is none."""
    return (await last_checks([case])).get(case)


async def last_checks(cases: Iterable[UUID]) -> dict[UUID, Check]:
    """The check that counts of each of these cases that was ever checked."""
    wanted = list(cases)
    if not wanted:
        return {}
    c = t.EligibilityCheck
    query = c.select().where(c.case.is_in(wanted)).order_by(c.made_at, c.id)
    return {row["case"]: msgspec.convert(row, Check) for row in await query.output(load_json=True)}


async def decided_for(cases: Iterable[UUID]) -> dict[UUID, Verdict]:
    """What counts for each of these cases that has been checked."""
    wanted = list(cases)
    if not wanted:
        return {}
    c = t.EligibilityCheck
    query = c.select(c.case, c.decided).where(c.case.is_in(wanted)).order_by(c.made_at, c.id)
    return {row["case"]: Verdict(row["decided"]) for row in await query}
