"""One rule and one roster, as a beginning. Replace both with what your bar knows."""

import csv
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from amparo import (
    Bools,
    CaseView,
    Roster,
    RosterEntry,
    Rule,
    Settings,
    Standing,
    VolunteerColumns,
    hookimpl,
    rule,
)

FILE = "OUR_BAR_ROSTER"
"""The environment variable that names the file of members."""
STANDINGS = {
    "active": Standing.ACTIVE,
    "emeritus": Standing.EMERITUS,
    "inactive": Standing.INACTIVE,
    "suspended": Standing.SUSPENDED,
}
"""Our words for a member's standing. Whatever is not in here is unknown, and a person looks at it."""


@rule(role="attorney", reads=("practice_area", "detained"), blocks="our-bar-training")
def our_bar_training_for_detained(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No attorney at level 2 or above for {practice_area} cases of detained clients."""
    trained: Bools = volunteers.level[:, case.practice_area] >= 2
    return trained | (not case.detained)


class Members:
    """Our members, from a CSV file with the columns Number, Name and Status."""

    name = "our-bar"
    title = "Members of our bar"
    bar = "NM"
    every = timedelta(days=1)

    def __init__(self, file: Path) -> None:
        self.file = file

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Give everybody, every time: whoever is missing counts as gone."""
        for entry in self._entries():
            yield entry

    def _entries(self) -> Iterator[RosterEntry]:
        with self.file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            for row in rows:
                status = row["Status"].strip()
                yield RosterEntry(
                    number=row["Number"].strip(),
                    name=row["Name"].strip(),
                    status=status,
                    standing=STANDINGS.get(status.casefold(), Standing.UNKNOWN),
                    origin=f"line {rows.line_num}",
                )


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """Our rule."""
    return [our_bar_training_for_detained]


@hookimpl
def amparo_rosters(settings: Settings) -> Sequence[Roster]:
    """Our members, where the file is named."""
    file = os.environ.get(FILE)
    return [Members(Path(file))] if file else []
