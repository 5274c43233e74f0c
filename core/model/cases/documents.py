"""Documents of a case: what each is for it, from whom it came, and who may open it."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.cases.file_types import FileType
from core.model.vocabulary import ATTORNEY_SEATS, SeatRole

LONGEST_NAME: Final = 120
LONGEST_ABOUT: Final = 200


class DocumentKind(StrEnum):
    """What a document is for the case."""

    IDENTITY = "identity"
    IMMIGRATION = "immigration"
    COURT = "court"
    EVIDENCE = "evidence"
    DECLARATION = "declaration"
    MEDICAL = "medical"
    INCOME = "income"
    FORM = "form"
    ENGAGEMENT = "engagement"
    CONSENT = "consent"
    LETTER = "letter"
    OTHER = "other"


class Origin(StrEnum):
    """From whom a document came to us."""

    STAFF = "staff"
    CLIENT = "client"


class Sharing(StrEnum):
    """Who may open a document beside the staff: nobody, the engaged attorneys, or everybody on the engaged team."""

    STAFF = "staff"
    ATTORNEYS = "attorneys"
    TEAM = "team"

    def reaches(self, role: SeatRole) -> bool:
        """Whether somebody engaged in a seat of this role may open it."""
        return self is Sharing.TEAM or (self is Sharing.ATTORNEYS and role in ATTORNEY_SEATS)


class Document(msgspec.Struct, frozen=True):
    """A document as those read of it who may: the ``name`` of its file, and what somebody wrote ``about`` it.

    ``size`` is in bytes; ``added_by`` is the label of whoever put it into the file.
    """

    id: UUID
    case: UUID
    kind: DocumentKind
    file_type: FileType
    size: int
    pieces: int
    origin: Origin
    sharing: Sharing
    added_at: datetime
    added_by: str
    name: str = ""
    about: str = ""

    @property
    def download_name(self) -> str:
        """The name that a download is given: that of the file, with the ending of what it really is."""
        return f"{re.sub(r'[.][A-Za-z0-9]{1,5}$', '', self.name) or 'document'}.{self.file_type}"


def file_name(text: str) -> str:
    """A file's name without its folders and without what nobody can see or a shell would take amiss."""
    name = re.split(r"[/\\]", text)[-1]
    kept = "".join(letter for letter in name if letter.isprintable() and letter not in '<>:"|?*')
    return " ".join(kept.split()).strip(". ")[:LONGEST_NAME] or "document"
