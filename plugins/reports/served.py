"""Who is served and who waits: by language, by county, by practice area."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from amparo import (
    AccountRole,
    CaseRecord,
    CaseState,
    Cell,
    Column,
    ColumnKind,
    MatchState,
    Report,
    ReportFacts,
    Table,
    hookimpl,
    language_name,
)

SERVED: Final = (MatchState.ACCEPTED, MatchState.CLEARED, MatchState.ENGAGED, MatchState.COMPLETED)
AREAS: Final = {"daca_tps": "DACA and TPS", "victims": "Victims of crime"}
GROUPINGS: Final[Sequence[tuple[str, Callable[[CaseRecord], str]]]] = (
    ("Language", lambda case: language_name(case.languages[0]) if case.languages else "Not given"),
    ("County", lambda case: f"{case.county}, {case.us_state}".strip(", ") or "Not given"),
    ("Practice area", lambda case: AREAS.get(case.practice_area, case.practice_area.capitalize())),
)


class Served:
    """Counts cases by group: how many there were, how many have a team that accepted, how many wait."""

    name = "served"
    title = "Served and waiting"
    answers = "Which languages, counties and practice areas are served, and where do cases wait?"
    roles = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR)

    def table(self, facts: ReportFacts) -> Table:
        """A row for each group, the largest first."""
        served = {match.case for match in facts.matches if match.state in SERVED}
        rows = [row for by, group in GROUPINGS for row in _rows(by, group, facts, served)]
        return Table(COLUMNS, tuple(rows), NOTE)


COLUMNS: Final = (
    Column("Group"),
    Column("By"),
    Column("Cases", ColumnKind.NUMBER),
    Column("Served", ColumnKind.NUMBER),
    Column("Waiting", ColumnKind.NUMBER),
    Column("Share served", ColumnKind.PERCENT),
    Column("Longest wait in days", ColumnKind.NUMBER),
)
NOTE: Final = (
    "Cases that were under way in the period, as they stand today. Served: everybody in the team accepted, or the work "
    "has begun or is done. A case is counted under its client's best language. The rest is in screening, has offers "
    "out, or was declined or withdrawn."
)


def _rows(by: str, group: Callable[[CaseRecord], str], facts: ReportFacts, served: set[str]) -> list[tuple[Cell, ...]]:
    groups: dict[str, list[CaseRecord]] = defaultdict(list)
    for case in facts.cases:
        groups[group(case)].append(case)
    largest = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    return [(name, by, *_numbers(cases, facts, served)) for name, cases in largest]


def _numbers(cases: list[CaseRecord], facts: ReportFacts, served: set[str]) -> tuple[Cell, ...]:
    have = sum(case.ref in served for case in cases)
    waiting = [case for case in cases if case.state is CaseState.WAITLISTED]
    days = [(facts.today - case.waiting_since).days for case in waiting if case.waiting_since]
    return len(cases), have, len(waiting), have / len(cases), max(days, default=None)


@hookimpl
def amparo_reports() -> Sequence[Report]:
    """The report."""
    return (Served(),)
