"""What coordinators settle between the demo's last two runs: seats kept for somebody, people kept off a case."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from core.errors import Refused
from core.model.people import Actor
from core.model.plans.teams import Proposal, SeatPlan
from core.services.clinic import Clinic
from core.services.matches import pinning
from core.store.matches import teams

PINS = ("The client asked for her: they know each other from the clinic.", "She prepared the first hearing with him.")
FORBIDS = (
    "Represented the landlord of the family last year.",
    "From the same village: the client asked for somebody else.",
)


async def settle(clinic: Clinic, *, but: frozenset[str], by: Actor, now: datetime) -> None:
    """Pin a reserve to the seat of another, and somebody to her own; rule two out. Those in ``but`` are left alone."""
    proposals = [one for one in sorted(await teams.open_proposals(), key=_by_case) if _is_plain(one, but)]
    with_reserves = [one for one in proposals if any(seat.reserves for seat in one.team.seats)]
    moved = await _pin_a_reserve(with_reserves, clinic, by, now)
    others = [one for one in with_reserves if one.id != moved]
    kept, *ruled_out = others[:3]
    await _pin(kept, kept.team.seats[0], kept.team.seats[0].volunteer, PINS[1], clinic, by, now)
    for one, reason in zip(ruled_out, FORBIDS, strict=False):
        holder = UUID(one.team.seats[-1].volunteer)
        await pinning.forbid_pair(one.case, volunteer=holder, reason=reason, by=by, now=now)


def _by_case(one: Proposal) -> str:
    return one.team.case


def _is_plain(one: Proposal, but: frozenset[str]) -> bool:
    return one.claimed_by is None and not but.intersection(seat.volunteer for seat in one.team.seats)


async def _pin_a_reserve(proposals: list[Proposal], clinic: Clinic, by: Actor, now: datetime) -> UUID | None:
    """Give the first seat that can have its reserve to her; returns the proposal that it takes down."""
    for one, seat, reserve in _with_reserves(proposals):
        try:
            await _pin(one, seat, reserve, PINS[0], clinic, by, now)
        except Refused:
            continue
        return one.id
    return None


def _with_reserves(proposals: list[Proposal]) -> Iterator[tuple[Proposal, SeatPlan, str]]:
    for one in proposals:
        for seat in reversed(one.team.seats):
            for reserve in seat.reserves:
                yield one, seat, reserve.volunteer


async def _pin(
    one: Proposal, seat: SeatPlan, volunteer: str, reason: str, clinic: Clinic, by: Actor, now: datetime
) -> None:
    await pinning.pin_seat(
        one.case, volunteer=UUID(volunteer), role=seat.role, reason=reason, clinic=clinic, by=by, now=now
    )
