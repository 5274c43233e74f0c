"""A volunteer as a file gives her, and what a matcher sees of that."""

from datetime import date

import msgspec

from core.model.people import BarAdmission, good_bars, standing_of
from core.model.plans.snapshot import VolunteerFacts
from core.model.vocabulary import Gender, PracticeArea, Standing, VolunteerRole


class VolunteerRow(msgspec.Struct, frozen=True):
    """A volunteer as a file gives her. ``line`` is her row in the file.

    ``bars`` carry the standing of the file; ``standing`` is one word over them, and stands alone where no bar is
    given. ``conflicts`` are refs of cases. The rest is as in ``core.model.plans.snapshot.VolunteerFacts``.
    """

    line: int
    ref: str
    roles: tuple[VolunteerRole, ...]
    languages: dict[str, float]
    name: str = ""
    email: str = ""
    practice: dict[PracticeArea, int] = {}
    interprets: tuple[tuple[str, str], ...] = ()
    bars: tuple[BarAdmission, ...] = ()
    standing: Standing = Standing.UNKNOWN
    eoir_registered: bool = False
    county: str = ""
    us_state: str = ""
    remote: bool = True
    capacity_cases: int = 1
    capacity_mentor: int = 1
    capacity_hours: float | None = None
    gender: Gender = Gender.UNSTATED
    interests: tuple[PracticeArea, ...] = ()
    leave: tuple[tuple[date, date], ...] = ()
    conflicts: tuple[str, ...] = ()
    firm: str = ""


def volunteer_facts(row: VolunteerRow) -> VolunteerFacts:
    """What a matcher sees of a row: no name and no address."""
    return VolunteerFacts(
        ref=row.ref,
        roles=row.roles,
        practice=row.practice,
        languages=row.languages,
        interprets=row.interprets,
        bars=good_bars(row.bars),
        standing=standing_of(row.bars) if row.bars else row.standing,
        eoir_registered=row.eoir_registered,
        county=row.county,
        us_state=row.us_state,
        remote=row.remote,
        capacity_cases=row.capacity_cases,
        capacity_mentor=row.capacity_mentor,
        capacity_hours=row.capacity_hours,
        gender=row.gender,
        interests=row.interests,
        leave=row.leave,
    )
