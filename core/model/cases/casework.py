"""What is written down beside a case while it is worked on: notes, contacts, and what is still to be done."""

from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.states import TaskState

LONGEST_NOTE: Final = 10_000
LONGEST_WORDS: Final = 1_000
"""How many characters a note, and the words of a contact or a task, may have."""


class Channel(StrEnum):
    """How somebody was in contact."""

    PHONE = "phone"
    TEXT = "text"
    CHAT = "chat"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"
    VIDEO = "video"
    PORTAL = "portal"


class Direction(StrEnum):
    """Who began it: we (OUT), or the other (IN)."""

    OUT = "out"
    IN = "in"


class Counterpart(StrEnum):
    """With whom."""

    CLIENT = "client"
    FAMILY = "family"
    VOLUNTEER = "volunteer"
    AGENCY = "agency"
    OTHER_SIDE = "other_side"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of it."""

    REACHED = "reached"
    SENT = "sent"
    LEFT_MESSAGE = "left_message"
    CALL_BACK = "call_back"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    MISSED = "missed"


class TaskKind(StrEnum):
    """What is to be done, so that a list can say it without a word about the client."""

    CALL_CLIENT = "call_client"
    ASK_DOCUMENT = "ask_document"
    REVIEW = "review"
    SIGN = "sign"
    PREPARE_FORM = "prepare_form"
    FILE_FORM = "file_form"
    PREPARE_HEARING = "prepare_hearing"
    FIND_INTERPRETER = "find_interpreter"
    TALK_TO_TEAM = "talk_to_team"
    REFER = "refer"
    OTHER = "other"


class Note(msgspec.Struct, frozen=True):
    """A note about a case. ``text`` is empty where it was taken back."""

    id: UUID
    case: UUID
    written_at: datetime
    written_by: str
    text: str = ""
    account: UUID | None = None
    taken_back_at: datetime | None = None


class Contact(msgspec.Struct, frozen=True):
    """Somebody was spoken with, or it was tried. ``language`` is a tag, empty where it was not noted.

    ``at`` is when it was, ``noted_at`` when it was written down.
    """

    id: UUID
    case: UUID
    at: datetime
    channel: Channel
    direction: Direction
    counterpart: Counterpart
    outcome: Outcome
    noted_at: datetime
    noted_by: str = ""
    language: str = ""
    interpreted: bool = False
    words: str = ""


class Task(msgspec.Struct, frozen=True):
    """Something to be done for a case by a day. ``assignee`` is the account that is to do it; None: whoever can."""

    id: UUID
    case: UUID
    kind: TaskKind
    state: TaskState
    made_at: datetime
    made_by: str = ""
    due: date | None = None
    assignee: UUID | None = None
    assignee_name: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    words: str = ""

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is still to be done."""
        return self.state is TaskState.OPEN and self.due is not None and self.due < today
