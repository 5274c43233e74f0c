"""Reports: facts without identities go to a plugin, a table comes back, and a reader sees what is hers to see."""

import asyncio
import math
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from core.errors import BadInput, NotFound, PluginError
from core.model.people import Actor
from core.model.plugins.records import ReportFacts
from core.model.plugins.showing import Cell, Column, ColumnKind, Table
from core.model.rosters.figures import HOURS, K
from core.model.vocabulary import AccountRole
from core.protocols import Report
from core.queries.records import Rows, case_records, match_records, rows_between, volunteer_records
from core.services.clinic import Clinic
from core.store.database import slow_reads

FEW: Final = K
"""A bar's own staff learn no number of cases or people that is smaller and not zero."""
STEPS: Final = {ColumnKind.NUMBER: K, ColumnKind.HOURS: HOURS, ColumnKind.PERCENT: 0.1}
"""What a bar's own staff see goes down to the next of these steps: two periods a day apart tell no single case."""
EARLIEST: Final = date(1950, 1, 1)
LATEST: Final = date(2199, 12, 31)
LONGEST_PERIOD: Final = timedelta(days=366 * 10)


class ReportLine(msgspec.Struct, frozen=True):
    """A report as the list of reports shows it, with the name of the plugin that it belongs to."""

    name: str
    title: str
    answers: str
    plugin: str


class Period(msgspec.Struct, frozen=True):
    """The days that a report is about, both included."""

    starts: date
    ends: date


class Made(msgspec.Struct, frozen=True):
    """What came of a report: its table, or the cause of its failure.

    ``coarse``: numbers are shown in steps, and none where one of a row is small, since the reader is a bar's own staff.
    """

    line: ReportLine
    table: Table | None = None
    cause: str = ""
    coarse: bool = False


def reports_for(by: Actor, clinic: Clinic) -> tuple[ReportLine, ...]:
    """The reports that somebody may read, in the order of loading; those of a plugin that hung are among them."""
    return tuple(_line(report, clinic) for report in clinic.host.reports() if _may_read(report, by, clinic))


def _may_read(report: Report, by: Actor, clinic: Clinic) -> bool:
    roles: tuple[AccountRole, ...] = clinic.host.declared(report)["roles"]
    return bool(set(roles) & by.acting_roles())


def _line(report: Report, clinic: Clinic) -> ReportLine:
    said = clinic.host.declared(report)
    return ReportLine(said["name"], said["title"], said["answers"], clinic.host.plugin_of(report))


def last_year(today: date) -> Period:
    """Twelve months, this one so far included: the period of a report where nobody chose one."""
    months = today.year * 12 + today.month - 1 - 11
    return Period(date(months // 12, months % 12 + 1, 1), today)


def require_period(period: Period) -> Period:
    """Refuse a period that ends before it begins, lasts longer than ten years, or is of no clinic's time: BadInput."""
    if period.ends < period.starts:
        raise BadInput("The period ends before it begins. Let its last day be the first one or a later one.")
    if period.ends - period.starts > LONGEST_PERIOD:
        raise BadInput("The period is longer than ten years. Choose a shorter one.")
    if period.starts < EARLIEST or period.ends > LATEST:
        raise BadInput(f"Choose days from {EARLIEST.year} to {LATEST.year}.")
    return period


async def make_report(name: str, period: Period, *, clinic: Clinic, by: Actor, now: datetime) -> Made:
    """Let a report be made of a period. Seven statements, read away from the event loop.

    Raises NotFound where there is no such report or it is not for this reader, BadInput for a period that cannot be.
    A report that fails is told in ``Made.cause`` and recorded under its plugin's name.
    """
    found = [one for one in clinic.host.reports() if clinic.host.name_of(one) == name and _may_read(one, by, clinic)]
    if not found:
        raise NotFound("There is no such report, or it is not for your role.")
    require_period(period)
    line = _line(found[0], clinic)
    try:
        async with clinic.reporting:
            table = await _table(found[0], period, clinic, now)
    except PluginError as problem:
        return Made(line, cause=problem.cause)
    return Made(line, table) if by.is_staff() else Made(line, coarsened(table), coarse=True)


async def _table(report: Report, period: Period, clinic: Clinic, now: datetime) -> Table:
    """Read the facts and have the report asked. Only within ``clinic.reporting``: the facts may be large."""
    place = ZoneInfo(clinic.settings.timezone)
    after = period.ends + timedelta(days=1)
    async with slow_reads():
        rows = await rows_between(_midnight(period.starts, place), _midnight(after, place), period.ends)
    return await asyncio.to_thread(_made, report, rows, period, clinic, now.astimezone(place).date())


def _midnight(day: date, place: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=place).astimezone(UTC)


def _made(report: Report, rows: Rows, period: Period, clinic: Clinic, today: date) -> Table:
    """Make the records and have the report asked, in a thread: both may take a while."""
    place = ZoneInfo(clinic.settings.timezone)
    cases, volunteers = case_records(rows.cases, place), volunteer_records(rows.people, place)
    facts = ReportFacts(
        starts=period.starts,
        ends=period.ends,
        today=today,
        cases=tuple(cases.values()),
        matches=match_records(rows, cases, volunteers, place),
        volunteers=tuple(volunteers.values()),
    )
    return clinic.host.call(report, report.table, facts)


def coarsened(table: Table) -> Table:
    """What a bar's own staff see: every number in steps, and none of a row in which one is small.

    A share or a sum of hours would tell the small one all the same. See ``core.model.rosters.figures`` for the reasons.
    """
    return Table(table.columns, tuple(_coarse_row(row, table.columns) for row in table.rows), table.note)


def _coarse_row(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    pairs = list(zip(row, columns, strict=True))
    few = any(column.kind is ColumnKind.NUMBER and _is_small(cell) for cell, column in pairs)
    return tuple(
        cell if column.kind not in STEPS else None if few else _step(cell, column.kind) for cell, column in pairs
    )


def _is_small(cell: Cell) -> bool:
    return isinstance(cell, int | float) and 0 < abs(cell) < FEW


def _step(cell: Cell, kind: ColumnKind) -> Cell:
    if not isinstance(cell, int | float):
        return cell
    steps = math.floor(cell / STEPS[kind] + 1e-9)
    return steps / 10 if kind is ColumnKind.PERCENT else steps * int(STEPS[kind])
