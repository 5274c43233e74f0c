"""Who the clients of the demo's own volunteers are, a conflict check under way, looks at clients, somebody kept off."""

from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from core.demo.faring import herself
from core.demo.words import FIRST_NAMES, LAST_NAMES
from core.model.clients.client import ClientField, Purpose
from core.model.clients.parties import Party, PartyRole
from core.model.clients.safe_contact import Care, SafeContact, TimeOfDay, Way
from core.model.people import Actor
from core.model.states import MatchState
from core.model.vocabulary import PracticeArea
from core.services.checks import volunteers
from core.services.clients.disclosing import read_client
from core.services.clients.writing import add_party, correct_client
from core.services.clinic import Clinic
from core.services.privacy.screening_off import screen_off
from core.store.cases import cases
from core.store.clients.clients import fields_known
from core.store.keys import new_id
from core.store.matches import teams
from core.store.matches.teams import seat_in_live_matches

QUESTION: Final = "I once advised somebody of that surname about a lease. Does the other side live in Gallup?"
KEPT_OFF: Final = "He has represented the other side before."
STORIES: Final = {
    PracticeArea.FAMILY: "Her husband is a citizen. They married four years ago and have a son at school here.",
    PracticeArea.VICTIMS: "She was attacked at work. The police took a report and asked her to come back.",
}
FLED: Final = "She kept a small shop. Men came every week for money, and when she could not pay they burned it down."
SAFE: Final = SafeContact(Way.CALL, (TimeOfDay.EVENING,), (Care.NO_VOICEMAIL,), note="Ask whether she can talk now.")


async def show_stages(clinic: Clinic, staff: tuple[Actor, ...], own: tuple[UUID, ...], *, now: datetime) -> None:
    """Name the clients of some volunteers' matches; let a complete team begin its conflict check.

    ``own`` are the volunteers whom the demo lets sign in.
    """
    by, other = staff[0], staff[1]
    for volunteer in own:
        for _seat, match in await seat_in_live_matches(volunteer):
            await name_client(match.case, by=by, now=now)
    asked = await _ask_in_a_complete_team(clinic, by, now + timedelta(minutes=2))
    for case in asked:
        who = (ClientField.NAME, ClientField.PHONE, ClientField.SAFE_CONTACT)
        await read_client(case, who, purpose=Purpose.CONTACT, by=other, now=now + timedelta(minutes=9))
    waiting = next(iter(await cases.waiting_with_tier()), None)
    if waiting is not None:
        await screen_off(waiting[0].id, account=other.account, reason=KEPT_OFF, by=by, now=now + timedelta(minutes=10))


async def name_client(case: UUID, *, by: Actor, now: datetime) -> None:
    """Invent who the client of a case is, the same for the same case every time; one who is known stays as she is."""
    if ClientField.NAME in await fields_known(case):
        return
    found = await cases.find_case(case)
    random = Random(found.ref)  # noqa: S311 -- invented people
    first, last, second = random.choice(FIRST_NAMES), *random.sample(LAST_NAMES, 2)
    client = {
        ClientField.NAME: f"{first} {last} {second}",
        ClientField.PHONE: f"+1 505 555 01{random.randint(10, 99)}",
        ClientField.SAFE_CONTACT: SAFE.kept(),
        ClientField.STORY: STORIES.get(found.practice_area, FLED),
    }
    await correct_client(case, client, by=by, now=now)
    adverse = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)} {second}"
    await add_party(Party(new_id(), case, PartyRole.ADVERSE, adverse), by=by, now=now)


async def _ask_in_a_complete_team(clinic: Clinic, by: Actor, now: datetime) -> list[UUID]:
    """In two complete teams everybody opens the names; in one somebody asks, in the other nobody has a conflict."""
    seen = []
    for place, match in enumerate((await teams.matches_in(MatchState.ACCEPTED))[:2]):
        await name_client(match.case, by=by, now=now)
        for number, seat in enumerate(await teams.seats_of(match.id)):
            she = await herself(seat.volunteer)
            await volunteers.open_names(match.id, clinic=clinic, by=she, now=now + timedelta(minutes=number))
            await volunteers.look_at_names(match.id, by=she, now=now + timedelta(minutes=number))
            if place == 0 and number == 0:
                await volunteers.ask_more(match.id, QUESTION, by=she, now=now + timedelta(minutes=number))
            elif place == 1:
                await volunteers.declare_clear(match.id, by=she, now=now + timedelta(minutes=number))
        seen.append(match.case)
    return seen
