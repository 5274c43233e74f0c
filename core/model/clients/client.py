"""The client herself: what is kept of her, who may see which part of it, and why somebody looks.

Staged disclosure after DOMAIN "Confidentiality", ABA Model Rule of Professional Conduct 1.6 and 8 USC 1367: each field
has the stage from which on a volunteer may see it, and some are the staff's alone.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final


class ClientField(StrEnum):
    """What is known of a client. Each field is sealed for itself, so that a phone number opens no story."""

    NAME = "name"
    OTHER_NAMES = "other_names"
    BIRTH_DATE = "birth_date"
    A_NUMBER = "a_number"
    NATIONALITY = "nationality"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    SAFE_CONTACT = "safe_contact"
    STORY = "story"
    HOUSEHOLD = "household"
    INTERPRETED = "interpreted"


class Stage(IntEnum):
    """How far somebody has come with a case, and so what she may see of it.

    LISTING: anybody who is vouched for, the anonymised listing. NAMES: who was chosen for a seat and checks for
    conflicts. FILE: who is engaged. STAFF: coordinators and administrators.
    """

    LISTING = 0
    NAMES = 1
    FILE = 2
    STAFF = 3


_STAGES: Final[Mapping[ClientField, Stage]] = {
    ClientField.NAME: Stage.NAMES,
    ClientField.OTHER_NAMES: Stage.NAMES,
    ClientField.HOUSEHOLD: Stage.STAFF,
    ClientField.INTERPRETED: Stage.STAFF,
}


def stage_of(field: ClientField) -> Stage:
    """From which stage on a field may be seen; what nothing is said of belongs to the file."""
    return _STAGES.get(field, Stage.FILE)


class Purpose(StrEnum):
    """Why somebody looks at who a client is, as the disclosure log says it."""

    INTAKE = "intake"
    SCREENING = "screening"
    CONTACT = "contact"
    CONFLICT_CHECK = "conflict_check"
    ENGAGEMENT = "engagement"
    CORRECTION = "correction"
    DUPLICATES = "duplicates"
    CASEWORK = "casework"
    CLIENT_REQUEST = "client_request"


Client = Mapping[ClientField, str]
"""What is known of a client; a field that is not known is not there.

``OTHER_NAMES``: one a line. ``BIRTH_DATE``: YYYY-MM-DD. ``SAFE_CONTACT``, ``HOUSEHOLD`` and ``INTERPRETED`` are JSON of
what ``safe_contact``, ``households`` and ``interpreted`` say of them; all others are text as it was written.
"""
