"""A volunteer's own conflict check, and how far it brings her: what is open to whom, until when.

DOMAIN "Staged disclosure". ABA Model Rule 1.7: a lawyer looks for conflicts before she takes a case, and for that she
must know who is in it; Rule 1.18: what she learns on the way stays confidential.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.clients.client import ClientField, Stage, stage_of
from core.model.states import MatchState, SeatState
from core.model.vocabulary import SeatRole


class CheckAnswer(StrEnum):
    """What a volunteer says once she has looked."""

    CLEAR = "clear"
    CONFLICT = "conflict"


class NameCheck(msgspec.Struct, frozen=True):
    """The names open to whoever holds a seat. ``answer`` is None until she has given one."""

    id: UUID
    case: UUID
    seat: UUID
    opened_at: datetime
    expires_at: datetime
    answer: CheckAnswer | None = None
    answered_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether the names are shown at this moment."""
        return self.answer is None and now < self.expires_at


class CheckQuestion(msgspec.Struct, frozen=True):
    """What somebody asked before she could answer, and the reply; None while there is none."""

    id: UUID
    check: UUID
    question: str
    asked_at: datetime
    reply: str | None = None
    replied_at: datetime | None = None


class Reach(msgspec.Struct, frozen=True):
    """How far somebody has come with a case; ``role`` is her seat, where she is no staff."""

    stage: Stage
    role: SeatRole | None = None

    def opens(self, field: ClientField) -> bool:
        """Whether she may see a field."""
        return stage_of(field) <= self.stage and (self.stage is Stage.STAFF or field in _seen_by(self.role))

    def opens_family(self) -> bool:
        """Whether she may see others than those on the other side."""
        return self.stage >= Stage.FILE and self.role is not SeatRole.INTERPRETER


INTERPRETERS_SEE: Final = frozenset(
    {ClientField.NAME, ClientField.OTHER_NAMES, ClientField.PHONE, ClientField.SAFE_CONTACT}
)
"""An interpreter meets the client and does not plead the case: whom, and how to reach her safely, is enough."""
_SEEN_BY: Final[Mapping[SeatRole, frozenset[ClientField]]] = {SeatRole.INTERPRETER: INTERPRETERS_SEE}


def _seen_by(role: SeatRole | None) -> frozenset[ClientField]:
    return frozenset() if role is None else _SEEN_BY.get(role, frozenset(ClientField))


def reached(seat: SeatState, match: MatchState, check: NameCheck | None, *, now: datetime) -> Stage:
    """How far a seat has brought its volunteer.

    The names: from the moment at which the whole team has accepted and she has opened them, until she has answered or
    the time is over. The file: while the engagement lasts. Nobody keeps a stage after the match has ended.
    """
    if (seat, match) == (SeatState.ENGAGED, MatchState.ENGAGED):
        return Stage.FILE
    if (seat, match) == (SeatState.ACCEPTED, MatchState.ACCEPTED) and check is not None and check.is_open(now):
        return Stage.NAMES
    return Stage.LISTING
