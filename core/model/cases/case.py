"""Cases: what is needed, where, by when; never who the client is."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from core.model.cases.urgency import Urgency, urgency_of
from core.model.states import CaseState
from core.model.vocabulary import CameBy, Forum, Gender, InterpretingMode, Posture, PracticeArea


class Case(msgspec.Struct, frozen=True):
    """A case on its way from first contact to an outcome. Holds no name, number or address of the client.

    ``languages`` are the client's, best first: any one of them suffices. ``attorneys`` is how many the case asks for:
    with 2, one leads and one is co-counsel. ``hours`` is what the case takes of each attorney, ``interpreter_hours``
    of each interpreter (None: interpreters count by cases).
    ``interpreter_mode`` is how her interpreter must be able to work (None: any will do).
    ``deadline_by`` is the code of the rule that the deadline follows from; empty: a person gave it, or there is none.
    ``deadline_why`` is why a person set aside what the rules say.
    ``waiting_since`` starts at screening and survives every return to the waitlist.
    ``held_by`` is the volunteer whose claim waits for a coordinator. ``came_by``: how the client came; None: not known.
    """

    id: UUID
    ref: str
    state: CaseState
    practice_area: PracticeArea
    skill_level: int
    languages: tuple[str, ...]
    forum: Forum
    received: date
    relief: str = ""
    posture: Posture = Posture.AFFIRMATIVE
    detained: bool = False
    county: str = ""
    us_state: str = ""
    remote_ok: bool = True
    attorneys: int = 1
    hours: float = 40.0
    interpreter_hours: float | None = None
    interpreter_gender: Gender | None = None
    interpreter_mode: InterpretingMode | None = None
    deadline: date | None = None
    deadline_kind: str = ""
    deadline_by: str = ""
    deadline_why: str = ""
    summary: str = ""
    waiting_since: datetime | None = None
    held_by: UUID | None = None
    outcome: str = ""
    ended_reason: str = ""
    came_by: CameBy | None = None

    @property
    def follows_rules(self) -> bool:
        """Whether its deadline is what the rules make of its dated facts, and not what a person gave."""
        return not self.deadline_why and (self.deadline is None or bool(self.deadline_by))

    def urgency(self, today: date) -> Urgency:
        """The urgency of this case on a given day."""
        return urgency_of(detained=self.detained, deadline=self.deadline, deadline_kind=self.deadline_kind, today=today)
