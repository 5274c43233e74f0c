"""Staged disclosure, for looking at: the names open to Alma with a question, the file of another case, the log."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from core.model.clients.client import ClientField, Purpose
from core.model.clients.parties import Party, PartyRole
from core.model.people import Actor, Volunteer
from core.model.vocabulary import AccountRole
from core.services.accounts.signing_in import create_account
from core.services.checks import volunteers
from core.services.clients.disclosing import read_client
from core.services.clients.writing import add_party, correct_client
from core.services.clinic import Clinic
from core.services.matches import engagement
from core.services.matches.responding import accept_offer
from core.services.privacy.screening_off import screen_off
from core.store.keys import new_id
from core.store.matches.teams import find_match, offers_of_match
from tests.worlds import NOW, actor_of, case, offered, seat, waiting

F = ClientField
CLIENT = {F.NAME: "Esperanza Canario Pérez", F.OTHER_NAMES: "Pera\nEsperanza P. de Lucero", F.PHONE: "505 555 0142",
          F.STORY: "She kept a shop. Men came for money.\nShe left with two children."}  # fmt: skip


class Staged(msgspec.Struct, frozen=True):
    """The pages."""

    volunteer_pages: tuple[str, ...]
    coordinator_pages: tuple[str, ...]


async def staged_pages(alma: Volunteer, match: UUID, at: Clinic, by: Actor, now: datetime = NOW) -> Staged:
    """Alma checks for conflicts in a complete team, and is engaged in a second case."""
    checked, she = (await find_match(match)).case, actor_of(alma)
    await _known(checked, by, now)
    await volunteers.open_names(match, clinic=at, by=she, now=now)
    await volunteers.ask_more(match, "Is Rodolfo the baker of Gallup?", by=she, now=now)
    second = await create_account(
        email="joel@example.org", name="Joel Tafoya", roles=(AccountRole.COORDINATOR,), by=by, now=now
    )
    await screen_off(checked, account=second, reason="He has represented the other side", by=by, now=now)
    await read_client(checked, (F.NAME, F.PHONE), purpose=Purpose.CONTACT, by=by, now=now)
    engaged = await _engaged(alma, at, by, now)
    log = f"/cases/{checked}/disclosures"
    return Staged(
        volunteer_pages=(f"/matches/{match}/names", f"/matches/{engaged}", f"/matches/{engaged}/file"),
        coordinator_pages=(
            f"/matches/{match}/checks",
            log,
            f"{log}/letter?language=en",
            f"{log}/letter?language=es",
            f"{log}/screens?name=a",
            "/office/disclosures",
        ),
    )


async def _known(of: UUID, by: Actor, now: datetime) -> None:
    await correct_client(of, CLIENT, by=by, now=now)
    for role, name in ((PartyRole.ADVERSE, "Rodolfo Canario"), (PartyRole.FAMILY, "Inés Canario")):
        await add_party(Party(new_id(), of, role, name), by=by, now=now)


async def _engaged(alma: Volunteer, at: Clinic, by: Actor, now: datetime) -> UUID:
    asked = await waiting(case("NM-2360"), now=now - timedelta(days=50))
    match = await offered(asked, seat(alma), by=by, at=at, now=now)
    for offer in await offers_of_match(match):
        await accept_offer(offer.id, by=actor_of(alma), now=now)
    await _known(asked.id, by, now)
    await engagement.clear_conflicts(match, by=by, now=now)
    await engagement.engage_match(match, by=by, now=now)
    return match
