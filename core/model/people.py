"""Volunteers: what they may do, what they can do, and how much of it."""

from datetime import date
from uuid import UUID

import msgspec

from core.model.languages import InterpretingPair, LanguageAbility
from core.model.vocabulary import GOOD_STANDING, AccountRole, Gender, PracticeArea, Standing, VolunteerRole


class BarAdmission(msgspec.Struct, frozen=True):
    """An attorney's admission to the bar of one state, territory or DC."""

    jurisdiction: str
    number: str = ""
    standing: Standing = Standing.UNKNOWN
    admitted_year: int | None = None


class Leave(msgspec.Struct, frozen=True):
    """Days, both included, on which a volunteer takes no work."""

    starts: date
    ends: date


class Capacity(msgspec.Struct, frozen=True):
    """How much a volunteer can carry. ``hours_a_month`` is None where she sets no limit in hours."""

    cases: int = 1
    mentoring: int = 1
    hours_a_month: float | None = None


class Volunteer(msgspec.Struct, frozen=True):
    """A volunteer attorney, accredited representative, law student, interpreter or mentor; often several at once.

    ``ref`` is the clinic's or the bar's own reference: importing the same ref again updates the volunteer. ``firm`` is
    whom she works for: she is kept off cases with that organisation on the other side.
    """

    id: UUID
    ref: str
    name: str
    email: str = ""
    roles: tuple[VolunteerRole, ...] = ()
    practice: dict[PracticeArea, int] = {}
    languages: tuple[LanguageAbility, ...] = ()
    interprets: tuple[InterpretingPair, ...] = ()
    bars: tuple[BarAdmission, ...] = ()
    eoir_registered: bool = False
    county: str = ""
    us_state: str = ""
    remote: bool = True
    gender: Gender = Gender.UNSTATED
    interests: tuple[PracticeArea, ...] = ()
    capacity: Capacity = Capacity()
    leave: tuple[Leave, ...] = ()
    account: UUID | None = None
    firm: str = ""


class Account(msgspec.Struct, frozen=True):
    """Somebody who can sign in. ``rosters`` are the names of those that a bar's own staff may keep.

    ``screened``: she is kept out of some case.
    """

    id: UUID
    email: str
    name: str
    roles: tuple[AccountRole, ...] = ()
    volunteer: UUID | None = None
    rosters: tuple[str, ...] = ()
    screened: bool = False


class Actor(msgspec.Struct, frozen=True):
    """Who performs a verb. Whoever is neither ``trusted`` nor has a role may do nothing.

    ``trusted``: it comes from the house itself: a worker, a command, or a page that has seen to it that whoever asks
    may do this one thing, as with a receipt code.
    ``screened``: she is kept out of some case; ``core.services.privacy.screening_off`` knows which.
    """

    label: str
    account: UUID | None = None
    roles: tuple[AccountRole, ...] = ()
    volunteer: UUID | None = None
    rosters: tuple[str, ...] = ()
    screened: bool = False
    trusted: bool = False

    def is_verified(self) -> bool:
        """Whether somebody has vouched for the volunteer who acts: before that there is no record of her."""
        return self.volunteer is not None

    def acting_roles(self) -> frozenset[AccountRole]:
        """The roles that count: that of a volunteer only once somebody has vouched for her."""
        return frozenset(self.roles) - (frozenset() if self.is_verified() else {AccountRole.VOLUNTEER})

    def is_staff(self) -> bool:
        """Whether the actor may do what coordinators do."""
        return self.trusted or bool({AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR} & set(self.roles))

    def keeps(self, roster: str) -> bool:
        """Whether the actor may see and bring up to date the roster of this name."""
        return self.is_staff() or (AccountRole.PARTNER in self.roles and roster in self.rosters)


SYSTEM = Actor(label="Amparo", trusted=True)


def standing_of(bars: tuple[BarAdmission, ...]) -> Standing:
    """One standing over all admissions: any suspension or disbarment counts everywhere, else the best one.

    8 CFR 1001.1(f): an attorney must not be under any order suspending or disbarring her.
    """
    standings = [bar.standing for bar in bars]
    for barred in (Standing.DISBARRED, Standing.SUSPENDED, Standing.DECEASED):
        if barred in standings:
            return barred
    best_first = (Standing.ACTIVE, Standing.EMERITUS, *Standing)
    return next((standing for standing in best_first if standing in standings), Standing.UNKNOWN)


def good_bars(bars: tuple[BarAdmission, ...]) -> tuple[str, ...]:
    """The jurisdictions in which an attorney is in good standing."""
    return tuple(bar.jurisdiction for bar in bars if bar.standing in GOOD_STANDING)
