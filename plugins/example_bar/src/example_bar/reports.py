"""A report: who knows what, and is it used?"""

from collections import Counter
from collections.abc import Iterable, Sequence

from amparo import (
    AccountRole,
    Cell,
    Column,
    ColumnKind,
    PracticeArea,
    Report,
    ReportFacts,
    SeatState,
    Table,
    VolunteerRecord,
    hookimpl,
)

amparo_api = "1.0"

WORKING = (SeatState.ACCEPTED, SeatState.CONFLICT_CLEARED, SeatState.ENGAGED, SeatState.COMPLETED)


class Used:
    """Counts volunteers by the practice areas that they know."""

    name = "example_bar_used"
    title = "Skills in use"
    answers = "How many volunteers know each practice area, and how many of them have worked on a case in the period?"
    roles = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR, AccountRole.PARTNER)

    def table(self, facts: ReportFacts) -> Table:
        """A row for each practice area that somebody knows, the best known first."""
        seats = (seat for match in facts.matches for seat in match.seats)
        working = {seat.volunteer for seat in seats if seat.state in WORKING}
        known = _by_area(facts.volunteers)
        used = _by_area(one for one in facts.volunteers if one.ref in working)
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (area.word[0].upper() + area.word[1:], people, used[area], used[area] / people)
            for area, people in known.most_common()
        )
        return Table(
            (
                Column("Practice area"),
                Column("Know it", ColumnKind.NUMBER),
                Column("Have worked", ColumnKind.NUMBER),
                Column("Share", ColumnKind.PERCENT),
            ),
            rows,
            "Whoever knows several areas counts in each. Worked: accepted a seat of a match of the period, or more.",
        )


def _by_area(volunteers: Iterable[VolunteerRecord]) -> Counter[PracticeArea]:
    return Counter(area for one in volunteers for area in sorted(one.practice))


@hookimpl
def amparo_reports() -> Sequence[Report]:
    """Our report."""
    return [Used()]
