"""What a matcher sees of the world on one day: facts without identities."""

from datetime import date
from itertools import combinations

import msgspec

from core.model.cases.urgency import Urgency, urgency_of
from core.model.languages import INTERPRETING_ILR
from core.model.plans.foresight import Freed, Price
from core.model.plans.sharing import Sharing
from core.model.vocabulary import (
    Forum,
    Gender,
    InterpretingMode,
    PracticeArea,
    SeatRole,
    Standing,
    VolunteerRole,
    seats_of,
)


class Held(msgspec.Struct, frozen=True):
    """A pair of a seat and a volunteer that means something to a case: proposed before, or claimed."""

    role: SeatRole
    volunteer: str


class CaseFacts(msgspec.Struct, frozen=True):
    """One open case. ``ref`` names it within the snapshot; volunteers are named by their snapshot refs.

    ``barred``: volunteers with a known conflict, who declined this case before, or whom a coordinator rules out.
    ``prior``: volunteers who already worked with this client. ``proposed``: seats of a proposal already out.
    ``pinned``: seats that are settled (a claim, a coordinator's pin): only those volunteers may fill that role.
    ``attorneys``: how many it asks for, 1 or 2: a lead, and co-counsel. ``hours`` are those of each attorney;
    ``interpreter_hours`` None means interpreters count by cases only.
    """

    ref: str
    practice_area: PracticeArea
    skill_level: int
    languages: tuple[str, ...]
    forum: Forum
    received: date
    relief: str = ""
    county: str = ""
    us_state: str = ""
    remote_ok: bool = True
    detained: bool = False
    deadline: date | None = None
    deadline_kind: str = ""
    attorneys: int = 1
    hours: float = 40.0
    interpreter_hours: float | None = None
    interpreter_gender: Gender | None = None
    interpreter_mode: InterpretingMode | None = None
    barred: tuple[str, ...] = ()
    prior: tuple[str, ...] = ()
    proposed: tuple[Held, ...] = ()
    pinned: tuple[Held, ...] = ()

    def hours_of(self, role: SeatRole) -> float:
        """What a seat of this role takes of its holder's hours."""
        if role is SeatRole.MENTOR:
            return 0.0
        return self.interpreter_hours or 0.0 if role is SeatRole.INTERPRETER else self.hours

    def asks_for(self, role: SeatRole) -> bool:
        """Whether a team of this case may have such a seat: co-counsel only where it asks for two attorneys."""
        return role in seats_of(self.attorneys)

    def urgency(self, today: date) -> Urgency:
        """The urgency of this case on the snapshot's day."""
        return urgency_of(detained=self.detained, deadline=self.deadline, deadline_kind=self.deadline_kind, today=today)


class VolunteerFacts(msgspec.Struct, frozen=True):
    """One volunteer with what she can still take on.

    ``bars`` are the jurisdictions where she is in good standing; ``standing`` is one word over all of them.
    ``languages`` maps tags to ILR. ``interprets`` are pairs as she states them, both ways, ``modes`` how she
    can work in any of them. ``capacity_cases`` counts
    free places for attorney and interpreter seats together, ``capacity_mentor`` those for mentoring,
    ``capacity_hours`` the hours free for new cases in all (None: no limit). ``load`` is the share of her places
    already used, 0 to 1. ``price`` is what is asked for her while scarce people are kept for the weeks to come.
    """

    ref: str
    roles: tuple[VolunteerRole, ...]
    practice: dict[PracticeArea, int] = {}
    languages: dict[str, float] = {}
    interprets: tuple[tuple[str, str], ...] = ()
    modes: tuple[InterpretingMode, ...] = tuple(InterpretingMode)
    bars: tuple[str, ...] = ()
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
    load: float = 0.0
    price: Price | None = None

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Between which languages she interprets: as stated, else for interpreters every pair at ILR 4 and above."""
        if self.interprets or VolunteerRole.INTERPRETER not in self.roles:
            return self.interprets
        fluent = sorted(tag for tag, ilr in self.languages.items() if ilr >= INTERPRETING_ILR)
        return tuple(combinations(fluent, 2))


class Foresight(msgspec.Struct, frozen=True):
    """What a matcher may learn the weeks to come from, where scarce people are to be kept for them.

    ``recent`` are cases that came lately, as they were on the day they came, ``expected`` of them are likely in the
    ``weeks`` ahead. ``freed`` says, by ref, what becomes free of volunteers until then. ``strength`` is the share of
    the estimated price that is asked, 0 to 1.
    """

    strength: float
    weeks: int
    recent: tuple[CaseFacts, ...]
    expected: int
    freed: dict[str, Freed] = {}


class Snapshot(msgspec.Struct, frozen=True):
    """The open cases and available volunteers on ``today``, in a stable order, and how help is to be shared out.

    ``foresight``: keep scarce people for the weeks to come; None where only today counts.
    """

    today: date
    cases: tuple[CaseFacts, ...] = ()
    volunteers: tuple[VolunteerFacts, ...] = ()
    foresight: Foresight | None = None
    sharing: Sharing = Sharing()
