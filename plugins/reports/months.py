"""Month by month: the matches, what became of them, and the hours that they stand for."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from amparo import (
    AccountRole,
    CaseRecord,
    Cell,
    Column,
    ColumnKind,
    MatchRecord,
    MatchState,
    Report,
    ReportFacts,
    SeatRole,
    SeatState,
    Table,
    hookimpl,
)

WORKING: Final = (SeatState.ENGAGED, SeatState.COMPLETED)
COLUMNS: Final = (
    Column("Month"),
    Column("Matches approved", ColumnKind.NUMBER),
    Column("Engaged", ColumnKind.NUMBER),
    Column("Completed", ColumnKind.NUMBER),
    Column("Ended early", ColumnKind.NUMBER),
    Column("Share engaged", ColumnKind.PERCENT),
    Column("Hours planned", ColumnKind.HOURS),
    Column("Hours given", ColumnKind.HOURS),
)
NOTE: Final = (
    "Each match counts in the month of its approval, with what has become of it until today. Engaged: the letter was "
    "signed, whether or not the work is done. Hours planned: what the cases ask of attorneys and interpreters whose "
    "work has begun. Hours given: what was noted when a case was closed; who noted nothing is not in it."
)


class Months:
    """Counts the matches of a period by the month of their approval."""

    name = "months"
    title = "Matches and hours by month"
    answers = "How many matches came about each month, how many led to work, and how many hours are given?"
    roles = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR)

    def table(self, facts: ReportFacts) -> Table:
        """A row for each month of the period, those without a match too."""
        cases = {case.ref: case for case in facts.cases}
        approved: dict[date, list[MatchRecord]] = {first: [] for first in months(facts.starts, facts.ends)}
        for match in facts.matches:
            if facts.starts <= match.approved <= facts.ends:
                approved[match.approved.replace(day=1)].append(match)
        rows = ((f"{first:%Y-%m}", *_numbers(matches, cases)) for first, matches in approved.items())
        return Table(COLUMNS, tuple(rows), NOTE)


def months(starts: date, ends: date) -> Iterator[date]:
    """The first days of all months that a period touches."""
    month = starts.replace(day=1)
    while month <= ends:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _numbers(approved: list[MatchRecord], cases: dict[str, CaseRecord]) -> tuple[Cell, ...]:
    engaged = [match for match in approved if match.engaged]
    completed = sum(match.state is MatchState.COMPLETED for match in approved)
    early = sum(match.state is MatchState.ENDED for match in approved)
    planned = sum(_planned(match, cases[match.case]) for match in approved)
    given = sum(seat.hours or 0.0 for match in approved for seat in match.seats)
    share = len(engaged) / len(approved) if approved else None
    return len(approved), len(engaged), completed, early, share, planned, given


def _planned(match: MatchRecord, case: CaseRecord) -> float:
    """What the case asks of those who work on it; a mentor's hours are not estimated."""
    of_role = {
        SeatRole.ATTORNEY: case.hours,
        SeatRole.CO_COUNSEL: case.hours,
        SeatRole.INTERPRETER: case.interpreter_hours or 0.0,
    }
    return sum(of_role.get(seat.role, 0.0) for seat in match.seats if seat.state in WORKING)


@hookimpl
def amparo_reports() -> Sequence[Report]:
    """The report."""
    return (Months(),)
