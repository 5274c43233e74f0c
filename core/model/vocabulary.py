"""The closed vocabularies of the field: stable codes that files, tables and plugins share."""

from enum import StrEnum


class PracticeArea(StrEnum):
    """The six practice areas that the programme takes, by stable code."""

    ASYLUM = "asylum"
    FAMILY = "family"
    REMOVAL = "removal"
    VICTIMS = "victims"
    CITIZENSHIP = "citizenship"
    DACA_TPS = "daca_tps"

    @property
    def word(self) -> str:
        """The area as sentences write it."""
        return "DACA or TPS" if self is PracticeArea.DACA_TPS else str(self)


class Forum(StrEnum):
    """Where the case is decided, which settles who may represent the client there."""

    USCIS = "uscis"
    EOIR = "eoir"
    BIA = "bia"
    STATE_COURT = "state_court"
    CONSULATE = "consulate"


class CameBy(StrEnum):
    """The way on which a client came to the clinic."""

    WEB = "web"
    PHONE = "phone"
    EMAIL = "email"
    OUTREACH = "outreach"
    WALK_IN = "walk_in"
    PARTNER = "partner"
    IMPORT = "import"


class Posture(StrEnum):
    """Whether the client applies (affirmative) or answers to removal proceedings (defensive)."""

    AFFIRMATIVE = "affirmative"
    DEFENSIVE = "defensive"


class Standing(StrEnum):
    """An attorney's standing at a bar, in the vocabulary that every roster is translated into."""

    ACTIVE = "active"
    EMERITUS = "emeritus"
    INACTIVE = "inactive"
    SUSPENDED = "suspended"
    DISBARRED = "disbarred"
    RESIGNED = "resigned"
    DECEASED = "deceased"
    PENDING = "pending"
    UNKNOWN = "unknown"


GOOD_STANDING = frozenset({Standing.ACTIVE, Standing.EMERITUS})
"""Standings in which an attorney may take a case. An emeritus licence is for pro bono work; a state may narrow it."""


class VolunteerRole(StrEnum):
    """What a volunteer offers to be. One person may be several."""

    ATTORNEY = "attorney"
    ACCREDITED_FULL = "accredited_full"
    ACCREDITED_PARTIAL = "accredited_partial"
    LAW_STUDENT = "law_student"
    INTERPRETER = "interpreter"
    MENTOR = "mentor"


REPRESENTING = (
    VolunteerRole.ATTORNEY,
    VolunteerRole.ACCREDITED_FULL,
    VolunteerRole.ACCREDITED_PARTIAL,
    VolunteerRole.LAW_STUDENT,
)
"""The roles that can fill a case's attorney seats (8 CFR 1292.1)."""


class SeatRole(StrEnum):
    """A place in the team of a case: the lead attorney, co-counsel where the case asks for two attorneys, and so on.

    Pages always show them in this order.
    """

    ATTORNEY = "attorney"
    CO_COUNSEL = "co_counsel"
    INTERPRETER = "interpreter"
    MENTOR = "mentor"

    @property
    def word(self) -> str:
        """The role as sentences write it."""
        return self.replace("_", "-")

    @property
    def plural(self) -> str:
        """Several who hold it, as sentences write them."""
        return self.word if self is SeatRole.CO_COUNSEL else f"{self.word}s"


ATTORNEY_SEATS = (SeatRole.ATTORNEY, SeatRole.CO_COUNSEL)
"""The seats of those who represent: what a rule for attorneys says holds for both."""
MOST_ATTORNEYS = len(ATTORNEY_SEATS)


def seats_of(attorneys: int) -> tuple[SeatRole, ...]:
    """The seats that a team may have for a case that asks for so many attorneys."""
    return tuple(role for role in SeatRole if role is not SeatRole.CO_COUNSEL or attorneys > 1)


class AccountRole(StrEnum):
    """What an account may do in the portal. A partner is on the staff of a bar and keeps that bar's roster only."""

    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    PARTNER = "partner"


class Gender(StrEnum):
    """A volunteer's gender as she states it; only used where a client needs an interpreter of one gender."""

    FEMALE = "female"
    MALE = "male"
    NONBINARY = "nonbinary"
    UNSTATED = "unstated"


class InterpretingMode(StrEnum):
    """How an interpreter can work."""

    CONSECUTIVE = "consecutive"
    SIMULTANEOUS = "simultaneous"
    SIGHT = "sight"
    WRITTEN = "written"


class DeclineReason(StrEnum):
    """Why a volunteer says no. Kept as a constraint for that pair."""

    NO_TIME = "no_time"
    CONFLICT = "conflict"
    SKILLS = "skills"
    LOCATION = "location"
    LANGUAGE = "language"
    OTHER = "other"
