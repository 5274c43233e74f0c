"""One rule and one roster, as a beginning. Replace both with what your bar knows."""

import os
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from amparo import (
    Bools,
    CaseView,
    ColumnMapping,
    Roster,
    RosterEntry,
    Rule,
    Settings,
    Standing,
    VolunteerColumns,
    hookimpl,
    read_members,
    rule,
)

amparo_api = "1.0"
"""For which version of amparo this was written: one that does not fit is refused with a clear word."""
FILE = "OUR_BAR_ROSTER"
"""The environment variable that names the file of members: CSV, TSV or Excel."""
WORDS = {"On sabbatical": Standing.INACTIVE}
"""Our own words for a member's standing; the usual ones are known. What is not is unknown, and a person looks at it."""


@rule(role="attorney", reads=("practice_area", "detained"), blocks="our-bar-training")
def our_bar_training_for_detained(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """No attorney at level 2 or above for {practice_area} cases of detained clients."""
    trained: Bools = volunteers.level[:, case.practice_area] >= 2
    return trained | (not case.detained)


class Members:
    """Our members, from a file that the bar exports every night."""

    name = "our-bar"
    title = "Members of our bar"
    bar = "NM"
    every = timedelta(days=1)

    def __init__(self, file: Path) -> None:
        self.file = file

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Give everybody, every time: whoever is missing counts as gone."""
        async for entry in read_members(self.file, bar=self.bar, mapping=ColumnMapping(statuses=WORDS)):
            yield entry


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """Our rule."""
    return [our_bar_training_for_detained]


@hookimpl
def amparo_rosters(settings: Settings) -> Sequence[Roster]:
    """Our members, where the file is named."""
    file = os.environ.get(FILE)
    return [Members(Path(file))] if file else []
