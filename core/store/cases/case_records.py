"""What is recorded with a case beside its facts: dated facts, answers to plugins' questions, its working deadline."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound
from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.deadlines.rules import DatedFact
from core.model.plugins.intake_fields import Answer, Answers
from core.model.states import OPEN_CASE
from core.store.cases.cases import case_of
from core.store.cases.listings import relist
from core.store.clients.clients import births_of, write_fields
from core.store.database import transaction

Dated = dict[DatedFact, date]


async def dates_of(case: UUID) -> Dated:
    """The dated facts of a case; NotFound where there is no such case."""
    return with_birth(case, msgspec.convert(await _column(case, t.Case.dated), Dated), await births_of([case]))


def with_birth(case: UUID, dates: Dated, births: Mapping[UUID, date]) -> Dated:
    """The dated facts with the day of birth, which is sealed with the client, in the order of facts."""
    known = dates | ({DatedFact.BIRTH: births[case]} if case in births else {})
    return {fact: known[fact] for fact in DatedFact if fact in known}


async def answers_of(case: UUID) -> dict[str, Answer]:
    """The answers of a case by the names of their fields; NotFound where there is no such case."""
    return msgspec.convert(await _column(case, t.Case.answers), dict[str, Answer])


async def _column(case: UUID, column: Any) -> Any:
    row = await t.Case.select(column).where(t.Case.id == case).first().output(load_json=True)
    if row is None:
        raise NotFound("There is no such case, or it is not yours to see.")
    (value,) = row.values()
    return value


async def keep_dates(case: UUID, dates: Dated, *, now: datetime) -> None:
    """Write all dated facts of a case. The day of birth tells who somebody is: it is a field of the client, sealed."""
    open_facts = {fact: day for fact, day in dates.items() if fact is not DatedFact.BIRTH}
    born = dates.get(DatedFact.BIRTH)
    if born != (await births_of([case])).get(case):
        await write_fields(case, {ClientField.BIRTH_DATE: born.isoformat() if born else ""}, now=now)
    await _keep(case, {t.Case.dated: msgspec.json.encode(open_facts).decode()}, now)


async def keep_answers(case: UUID, answers: Answers, *, now: datetime) -> None:
    """Write all answers of a case."""
    await _keep(case, {t.Case.answers: msgspec.json.encode(answers).decode()}, now)


async def keep_deadline(case: Case, *, today: date, now: datetime) -> None:
    """Write the working deadline of a case with where it comes from, and the urgency that follows on a day."""
    columns: dict[Any, Any] = {
        t.Case.deadline: case.deadline,
        t.Case.deadline_kind: case.deadline_kind,
        t.Case.deadline_by: case.deadline_by,
        t.Case.deadline_why: case.deadline_why,
        t.Case.tier: int(case.urgency(today).tier),
    }
    async with transaction():
        await _keep(case.id, columns, now)
        relist(now=now)


async def _keep(case: UUID, columns: dict[Any, Any], now: datetime) -> None:
    await t.Case.update(columns | {t.Case.changed_at: now}).where(t.Case.id == case)


async def cases_that_follow(keys: Iterable[UUID]) -> list[tuple[Case, Dated]]:
    """These cases with their dated facts."""
    wanted = list(keys)
    rows = await t.Case.select().where(t.Case.id.is_in(wanted)).output(load_json=True)
    births = await births_of(wanted)
    return [(case_of(row), with_birth(row["id"], msgspec.convert(row["dated"], Dated), births)) for row in rows]


async def open_cases() -> list[UUID]:
    """All open cases: each may have a deadline, or a date that must be asked for."""
    rows = (
        await t.Case.select(t.Case.id).where(t.Case.state.is_in(sorted(map(str, OPEN_CASE)))).order_by(t.Case.reference)
    )
    return [row["id"] for row in rows]
