"""What a coordinator settles about a volunteer and a case, so that no run of the matcher decides otherwise."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from core.model.plans.snapshot import CaseFacts, Held
from core.model.plans.teams import TeamPlan
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


def is_kept_for_another(case: CaseFacts, volunteer: str, role: SeatRole) -> bool:
    """Whether a seat is settled (a claim, a pin) and not for this volunteer."""
    holders = [held.volunteer for held in case.pinned if held.role is role]
    return bool(holders) and volunteer not in holders


def contradicts(team: TeamPlan, *, barred: Iterable[str] = (), pinned: Iterable[Held] = ()) -> bool:
    """Whether a team has somebody who must not be on it, or gives a settled seat to somebody else.

    A pinned interpreter or mentor whom the team does not need is no contradiction: the seat is not there to be given.
    """
    ruled_out, pins = set(barred), tuple(pinned)
    for seat in team.seats:
        holders = {pin.volunteer for pin in pins if pin.role is seat.role}
        elsewhere = any(pin.volunteer == seat.volunteer and pin.role is not seat.role for pin in pins)
        if seat.volunteer in ruled_out or elsewhere or (holders and seat.volunteer not in holders):
            return True
    return False
