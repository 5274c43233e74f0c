"""What volunteers have promised beyond the seats that they hold: pins and claims that wait, and open proposals."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.model.people import Volunteer
from core.model.plans.settled import Settled
from core.model.plans.snapshot import VolunteerFacts
from core.model.plans.teams import Proposal
from core.model.states import CaseState
from core.model.vocabulary import SeatRole
from core.services.runs.snapshot import FEW, Usage, usage_by_volunteer, volunteer_facts
from core.settings import Settings
from core.store.cases import cases
from core.store.matches import settled, teams

Promised = tuple[UUID, UUID, SeatRole]
"""A seat that a case keeps for a volunteer: volunteer, case, role."""


class Promises(msgspec.Struct, frozen=True):
    """Pins and open proposals, claims among them."""

    pins: tuple[Settled, ...]
    proposals: tuple[Proposal, ...]

    @classmethod
    async def of_all(cls) -> "Promises":
        """Of everybody."""
        pins = await settled.pins()
        everywhere = tuple(pin for those in pins.values() for pin in those)
        return cls(everywhere, tuple(await teams.open_proposals()))

    @classmethod
    async def of_one(cls, volunteer: UUID) -> "Promises":
        """Of one volunteer: her pins and her claims."""
        return cls(tuple(await settled.pins_of_volunteer(volunteer)), tuple(await teams.claims_of(volunteer)))

    def kept(self, but: UUID) -> frozenset[Promised]:
        """The seats that other cases than one keep for somebody: by a pin, or by her own claim."""
        pinned = {(pin.volunteer, pin.case, pin.role) for pin in self.pins if pin.role is not None}
        claimed = {
            (one.claimed_by, one.case, seat.role)
            for one in self.proposals
            for seat in one.team.seats
            if one.claimed_by is not None and seat.volunteer == str(one.claimed_by)
        }
        return frozenset(one for one in pinned | claimed if one[1] != but)

    def proposed(self, but: UUID) -> Mapping[str, list[tuple[SeatRole, str]]]:
        """The seats that are proposed beside those: role and case's reference, by volunteer."""
        kept, found = self.kept(but), defaultdict[str, list[tuple[SeatRole, str]]](list)
        for one in self.proposals:
            for seat in one.team.seats if one.case != but else ():
                if (UUID(seat.volunteer), one.case, seat.role) not in kept:
                    found[seat.volunteer].append((seat.role, one.team.case))
        return found


async def with_promises(
    people: list[Volunteer], promises: Promises, *, but: UUID, settings: Settings, today: date
) -> tuple[VolunteerFacts, ...]:
    """The facts of volunteers with what is left when the seats that other cases than one keep for them are counted."""
    usage = await usage_by_volunteer([person.id for person in people] if len(people) <= FEW else None)
    known = {person.id for person in people}
    kept = [one for one in promises.kept(but) if one[0] in known]
    waiting = await cases.cases_by_id({case for _, case, _ in kept})
    for person, case, role in kept:
        if (found := waiting[case]).state is CaseState.WAITLISTED:
            taken = usage.setdefault(person, Usage())
            taken.take(role, hours=found.hours, interpreter_hours=found.interpreter_hours)
    return tuple(volunteer_facts(one, usage.get(one.id, Usage()), settings=settings, today=today) for one in people)
