"""Cases, matches and volunteers as reports and panels get them: what happened, without a name or a way to find one."""

from datetime import date

import msgspec

from core.model.cases.urgency import Tier
from core.model.states import CaseState, MatchState, SeatState
from core.model.vocabulary import Forum, Posture, PracticeArea, SeatRole, Standing, VolunteerRole


class CaseRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One case. ``ref`` is a number within one set of facts and means nothing outside of it.

    ``received`` is the day of the first contact, ``waiting_since`` the day from which it waits (None: it never did),
    ``ended`` the day on which it was closed, declined or withdrawn. ``tier`` is its urgency as last derived,
    ``outcome`` a few words of a coordinator. Languages are BCP 47 tags, best first; hours are those that the case asks
    for, of each attorney and of each interpreter (None: not told).
    """

    ref: str
    state: CaseState
    practice_area: PracticeArea
    skill_level: int
    languages: tuple[str, ...]
    forum: Forum
    received: date
    posture: Posture = Posture.AFFIRMATIVE
    relief: str = ""
    tier: Tier = Tier.NONE
    detained: bool = False
    county: str = ""
    us_state: str = ""
    remote_ok: bool = True
    attorneys: int = 1
    hours: float = 40.0
    interpreter_hours: float | None = None
    deadline: date | None = None
    deadline_kind: str = ""
    waiting_since: date | None = None
    ended: date | None = None
    outcome: str = ""


class SeatRecord(msgspec.Struct, frozen=True):
    """One seat of a match, with the ref of the volunteer who has or had it.

    ``hours`` are those that she gave, noted when the case is closed; None: they are not noted.
    """

    role: SeatRole
    volunteer: str
    state: SeatState
    hours: float | None = None


class MatchRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One match: the ref of its case, the days on which it was approved, engaged and over, and its seats in order."""

    case: str
    state: MatchState
    approved: date
    engaged: date | None = None
    ended: date | None = None
    seats: tuple[SeatRecord, ...] = ()


class VolunteerRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One volunteer. ``ref`` is a number within one set of facts, as a case's is.

    ``practice`` has her level, 1 to 4, by area, ``languages`` her ILR by tag. ``bars`` are the jurisdictions where she
    is in good standing, ``standing`` one word over all of them. ``joined`` is the day on which she came.
    """

    ref: str
    roles: tuple[VolunteerRole, ...]
    joined: date
    practice: dict[PracticeArea, int] = {}
    languages: dict[str, float] = {}
    bars: tuple[str, ...] = ()
    standing: Standing = Standing.UNKNOWN
    county: str = ""
    us_state: str = ""
    remote: bool = True
    capacity_cases: int = 1
    capacity_mentor: int = 1
    hours_a_month: float | None = None


class ReportFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is made of: a period, both days included, and everything that was under way in it.

    That is every case that had come by its end and was not over before it began, the matches of these cases that were
    approved by then, and every volunteer who had joined by then. States are those of ``today``.
    """

    starts: date
    ends: date
    today: date
    cases: tuple[CaseRecord, ...] = ()
    matches: tuple[MatchRecord, ...] = ()
    volunteers: tuple[VolunteerRecord, ...] = ()


class RosterRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A bar's roster: its name, whose members it lists, its jurisdiction, and how many members have which standing."""

    name: str
    title: str
    bar: str
    members: dict[Standing, int] = {}


Subject = CaseRecord | VolunteerRecord | RosterRecord | None
"""What a panel is about, by its place: a case, a volunteer, a roster, or nothing in particular."""
