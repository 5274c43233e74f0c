"""Tasks over all cases, for staff: what is to be done, told by its kind and its case alone."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.cases.casework import TaskKind
from core.model.vocabulary import Posture, PracticeArea
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Where, made, select, select_one

NO_DAY: Final = date.max
_BY_DAY: Final = "COALESCE(k.due, {})"


class Whose(StrEnum):
    """Whose tasks are looked at."""

    MINE = "mine"
    NOBODY = "nobody"
    ALL = "all"


class TaskLine(msgspec.Struct, frozen=True):
    """An open task with its case; what somebody wrote of it is in the case's file."""

    id: UUID
    case: UUID
    ref: str
    practice_area: PracticeArea
    relief: str
    posture: Posture
    kind: TaskKind
    due: date | None = None
    assignee: UUID | None = None
    assignee_name: str = ""


class TaskCounts(msgspec.Struct, frozen=True):
    """How many open tasks there are: hers, nobody's, and all."""

    mine: int = 0
    nobody: int = 0
    all: int = 0


def _where(whose: Whose, account: UUID | None) -> Where:
    where = Where("k.state = 'open'")
    if whose is Whose.MINE:
        where.also("k.assignee = {}", account)
    elif whose is Whose.NOBODY:
        where.also("k.assignee IS NULL")
    return where


async def open_tasks(
    whose: Whose, account: UUID | None, *, after: UUID | None = None, limit: int = ROWS
) -> Page[TaskLine]:
    """One page of the open tasks, those due first at the top, those without a day at the end. One statement."""
    where = _where(whose, account)
    if after is not None:
        earlier = f"(SELECT {_BY_DAY.replace('k.', 'a.')}, a.id FROM case_task a WHERE a.id = {{}})"
        where.also(f"({_BY_DAY}, k.id) > {earlier}", NO_DAY, NO_DAY, after)
    lines = await _lines(where, limit + 1)
    return page_of(list(lines), [str(line.id) for line in lines], limit)


async def _lines(where: Where, limit: int) -> tuple[TaskLine, ...]:
    rows = await select(
        'SELECT k.id, k."case", k.kind, k.due, k.assignee, c.reference AS ref, c.practice_area, c.relief, c.posture, '
        "COALESCE(a.name, '') AS assignee_name FROM case_task k JOIN legal_case c ON c.id = k.\"case\" "
        f"LEFT JOIN account a ON a.id = k.assignee WHERE {where} ORDER BY {_BY_DAY}, k.id LIMIT {{}}",
        *where.values,
        NO_DAY,
        limit,
    )
    return tuple(made(row, TaskLine) for row in rows)


async def open_tasks_of(case: UUID, limit: int) -> tuple[TaskLine, ...]:
    """The open tasks of one case, those due first at the top. One statement."""
    return await _lines(Where("k.state = 'open' AND k.\"case\" = {}", case), limit)


async def count_tasks(account: UUID | None) -> TaskCounts:
    """How many open tasks there are. One statement."""
    row = await select_one(
        "SELECT COUNT(*) AS all_of_them, SUM(CASE WHEN assignee = {} THEN 1 ELSE 0 END) AS mine, "
        "SUM(CASE WHEN assignee IS NULL THEN 1 ELSE 0 END) AS nobody FROM case_task WHERE state = 'open'",
        account,
    )
    found = row or {}
    return TaskCounts(mine=found.get("mine") or 0, nobody=found.get("nobody") or 0, all=found.get("all_of_them") or 0)
