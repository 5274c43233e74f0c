"""A complete team for a case with a client and parties: the scene of staged disclosure."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from core.model.clients.client import ClientField
from core.model.clients.parties import Party, PartyRole
from core.model.people import Actor, Volunteer
from core.model.vocabulary import SeatRole
from core.services.cases import intake
from core.store.keys import new_id
from core.store.matches import teams
from tests import worlds
from tests.worlds import NOW

F = ClientField
CLIENT = {F.NAME: "Esperanza Canario", F.OTHER_NAMES: "Pera", F.PHONE: "505 555 0142", F.STORY: "She fled."}
CLINIC = worlds.clinic()


class Scene:
    """A complete team of an attorney and an interpreter for a case with a client and two parties."""

    def __init__(self, by: Actor, alma: Volunteer, isidro: Volunteer, case: UUID, match: UUID) -> None:
        self.by, self.case, self.match = by, case, match
        self.people = {"Alma": alma, "Isidro": isidro}
        self.alma, self.isidro = worlds.actor_of(alma), worlds.actor_of(isidro)

    async def seat(self, of: Actor) -> Any:
        """The seat of one of the two."""
        return next(seat for seat in await teams.seats_of(self.match) if seat.volunteer == of.volunteer)


async def complete_team(*, accepted: bool = True) -> Scene:
    """The scene; the volunteers have accepted, or only been asked."""
    by = await worlds.coordinator()
    alma, isidro = await worlds.joined(worlds.attorney()), await worlds.joined(worlds.interpreter())
    new = worlds.case(languages=("mam",))
    parties = [
        Party(id=new_id(), case=new.id, role=role, name=name)
        for role, name in ((PartyRole.ADVERSE, "Rodolfo Canario"), (PartyRole.FAMILY, "Inés Canario"))
    ]
    await intake.receive_case(new, client=CLIENT, parties=parties, by=by, now=NOW - timedelta(days=31))
    await intake.begin_screening(new.id, by=by, now=NOW - timedelta(days=31))
    await worlds.found_eligible(new, NOW - timedelta(days=31))
    await intake.waitlist_case(new.id, by=by, now=NOW - timedelta(days=31))
    team = (worlds.seat(alma), worlds.seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
    match = await worlds.offered(new, *team, by=by, at=CLINIC)
    if accepted:
        await worlds.accept_all(match)
    return Scene(by, alma, isidro, new.id, match)
