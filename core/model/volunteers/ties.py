"""What hangs on a record besides its own fields: seats, proposals, claims, pins, forbids, bars; and what of two records
cannot be one person's at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.plans.teams import Reserve, SeatPlan, TeamPlan
from core.model.states import OfferState, ProposalState, SeatState
from core.model.vocabulary import SeatRole


class TieKind(StrEnum):
    """How a case that has not ended binds a volunteer."""

    SEAT = "seat"
    PROPOSED = "proposed"
    CLAIM = "claim"
    PIN = "pin"
    FORBID = "forbid"
    BARRED = "barred"


class Tie(msgspec.Struct, frozen=True):
    """One case that binds a volunteer; ``role`` is the seat, where it is about one."""

    ref: str
    kind: TieKind
    role: SeatRole | None = None


class MovedSeat(msgspec.Struct, frozen=True):
    """A seat that went over with its offer, and in which states both were when the merge was done."""

    id: UUID
    state: SeatState
    offer: UUID | None = None
    offer_state: OfferState | None = None


class MovedTeam(msgspec.Struct, frozen=True):
    """A proposal whose team was rewritten, and how it stood before and after."""

    id: UUID
    state: ProposalState
    before: TeamPlan
    after: TeamPlan


class MovedRow(msgspec.Struct, frozen=True):
    """A pin, forbid or alert that went over, and whether it was over already."""

    id: UUID
    over: bool


class Moved(msgspec.Struct, frozen=True):
    """Everything that a merge carried over to the kept record. ``closed`` is the account that was switched off."""

    seats: tuple[MovedSeat, ...] = ()
    teams: tuple[MovedTeam, ...] = ()
    settled: tuple[MovedRow, ...] = ()
    alerts: tuple[MovedRow, ...] = ()
    barred: tuple[UUID, ...] = ()
    claims: tuple[UUID, ...] = ()
    account: UUID | None = None
    closed: UUID | None = None


_TEAM: Final = frozenset({TieKind.PROPOSED, TieKind.CLAIM})
_OUT: Final = frozenset({TieKind.FORBID, TieKind.BARRED})
_SETTLED: Final = frozenset({TieKind.PIN, TieKind.FORBID})


def obstacles(kept: Iterable[Tie], other: Iterable[Tie]) -> tuple[str, ...]:
    """Why two records cannot be made one now: a sentence each, with what to do first. By case."""
    mine, hers = _by_case(kept), _by_case(other)
    found = []
    for ref in sorted(mine.keys() & hers.keys()):
        pairs = [(one, more) for one in mine[ref] for more in hers[ref]]
        told = [said for one, more in pairs if (said := _against(one, more) or _against(more, one))]
        found += [f"{ref}: {said}" for said in dict.fromkeys(told)]
    return tuple(found)


def _by_case(ties: Iterable[Tie]) -> Mapping[str, list[Tie]]:
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[tie.ref].append(tie)
    return found


def _against(one: Tie, other: Tie) -> str:
    """What keeps a tie of one record from being the other's as well; empty where nothing does."""
    if one.kind is TieKind.SEAT and other.kind is TieKind.SEAT:
        return "both hold a seat of one match. Nobody holds two: end the match, or undo its approval, first."
    if one.kind in _TEAM and other.kind in _TEAM:
        return "both are on one proposed team. Swap one of them for somebody else, or run the matcher, first."
    if one.kind in _SETTLED and other.kind in _SETTLED:
        return "both are pinned or ruled out. Undo one of the two first."
    if one.kind is TieKind.FORBID and other.kind is TieKind.SEAT:
        return "one record holds a seat and the other one is ruled out. Undo that first."
    if one.kind is TieKind.PIN and other.kind is TieKind.BARRED:
        return "one record is pinned and the other one declined the case or has a conflict. Undo the pin first."
    if one.kind in _TEAM and other.kind in _OUT:
        return "one record is on the proposed team and the other one must not be. Swap that seat, or decide, first."
    if one.kind in _TEAM and other.kind is TieKind.PIN and one.role is not other.role:
        return "one record is on the proposed team and the other one is pinned to another seat. Undo the pin first."
    return ""


def remarks(kept: Iterable[Tie], other: Iterable[Tie]) -> tuple[str, ...]:
    """Cases in which one record holds a seat that the other one declined or has a conflict with: somebody must look."""
    mine, hers = _by_case(kept), _by_case(other)
    kinds = {ref: ({one.kind for one in mine[ref]}, {one.kind for one in hers[ref]}) for ref in mine.keys() & hers}
    return tuple(
        sorted(
            ref
            for ref, (one, more) in kinds.items()
            if (TieKind.SEAT in one and TieKind.BARRED in more) or (TieKind.BARRED in one and TieKind.SEAT in more)
        )
    )


def with_instead(team: TeamPlan, *, came: str, went: str) -> TeamPlan:
    """A team with ``came`` wherever ``went`` was named. Nobody is a reserve or runner-up on her own team."""
    named = [came if seat.volunteer == went else seat.volunteer for seat in team.seats]
    seats = tuple(_seat(seat, name, named, came, went) for seat, name in zip(team.seats, named, strict=True))
    return msgspec.structs.replace(team, seats=seats)


def _seat(seat: SeatPlan, name: str, team: list[str], came: str, went: str) -> SeatPlan:
    reserves: dict[str, Reserve] = {}
    for one in seat.reserves:
        key = came if one.volunteer == went else one.volunteer
        if key not in team:
            reserves.setdefault(key, msgspec.structs.replace(one, volunteer=key))
    next_one = seat.runner_up
    if next_one is not None and next_one.volunteer == went:
        next_one = None if came in team else msgspec.structs.replace(next_one, volunteer=came)
    elif next_one is not None and next_one.volunteer in team:
        next_one = None
    return msgspec.structs.replace(seat, volunteer=name, reserves=tuple(reserves.values()), runner_up=next_one)


def names(team: TeamPlan, volunteer: str) -> bool:
    """Whether somebody is named in a team's plan, on a seat, as a reserve or as runner-up."""
    return any(
        volunteer in {seat.volunteer, *(one.volunteer for one in seat.reserves)}
        or (seat.runner_up is not None and seat.runner_up.volunteer == volunteer)
        for seat in team.seats
    )
