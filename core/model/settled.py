"""What a coordinator settles about a volunteer and a case, so that no run of the matcher decides otherwise."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from core.model.vocabulary import SeatRole


class Settling(StrEnum):
    """A pin keeps a seat for one volunteer; a forbid keeps a volunteer off a case."""

    PIN = "pin"
    FORBID = "forbid"


class Settled(msgspec.Struct, frozen=True):
    """One pin or forbid with its reason, in force until it is lifted. ``role`` is the seat of a pin."""

    id: UUID
    case: UUID
    volunteer: UUID
    kind: Settling
    reason: str
    made_at: datetime
    role: SeatRole | None = None
    made_by: UUID | None = None
