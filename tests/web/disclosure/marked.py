"""A world in which everything that is sealed holds a mark of its own, and everybody who could look at it."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from uuid import UUID

import msgspec

from core.model.cases.casework import Channel, Contact, Counterpart, Direction, Outcome, TaskKind
from core.model.cases.documents import DocumentKind, Sharing
from core.model.clients.client import ClientField
from core.model.clients.parties import Party, PartyRole
from core.model.people import SYSTEM, Actor, Volunteer
from core.model.vocabulary import AccountRole, SeatRole
from core.services.accounts.signing_in import create_account
from core.services.cases import intake
from core.services.casework import documents, notes, tasks
from core.services.casework.documents import Brought
from core.services.casework.tasks import Wanted
from core.services.checks import volunteers
from core.services.help.messages import write_to_client
from core.services.help.receipts import give_code, open_by_code
from core.services.matches import engagement
from core.services.privacy import holding
from core.services.privacy.screening_off import screen_off
from core.store.cases.cases import find_case
from core.store.keys import new_id
from tests import worlds
from tests.helping import ANSWERS, begun
from tests.rosters import members, synced
from tests.web.portal import Portal, Visitor
from tests.worlds import NOW
from web.access.sessions import HELP

STEM = "Zukwuxx"
"""With what every mark begins, but for days of birth, which are marks by themselves."""
NAMES = frozenset({"name", "other_names", "adverse"})
"""What of a case a conflict check shows."""
FOR_INTERPRETERS = frozenset({"name", "other_names", "phone", "safe_contact", "adverse"})


class Mark(msgspec.Struct, frozen=True):
    """One mark: what it stands for, and in which case. No other word of the world looks like it."""

    text: str
    case: str
    what: str


class Marked:
    """The world: its marks, its three cases, and who looks."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.cases: dict[str, UUID] = {}
        self.matches: dict[str, UUID] = {}
        self.viewers: dict[str, Visitor] = {}
        self._numbers = count(1)

    def mark(self, case: str, what: str) -> str:
        """A new mark."""
        number = next(self._numbers)
        text = f"19{number % 60 + 11:02d}-07-{number % 27 + 1:02d}" if what == "birth_date" else f"{STEM}{number:03d}q"
        self.marks.append(Mark(text, case, what))
        return text

    def found_in(self, text: str) -> Iterator[Mark]:
        """The marks in a text, however it is written."""
        low = text.casefold()
        return (mark for mark in self.marks if mark.text.casefold() in low)


async def marked_world(portal: Portal) -> Marked:
    """Case A is worked on by Alma and Isidro, B is checked for conflicts by Berta, C waits. Joel is kept off A."""
    world, by = Marked(), await worlds.coordinator()
    alma, berta, cora = [await worlds.joined(worlds.attorney(name)) for name in ("Alma", "Berta", "Cora")]
    isidro = await worlds.joined(worlds.interpreter())
    await synced(members(20, 2001))
    for name in ("A", "B", "C"):
        await marked_case(world, name, by)
    team = (worlds.seat(alma), worlds.seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
    for name, seats in (("A", team), ("B", (worlds.seat(berta),))):
        case = await find_case(world.cases[name])
        world.matches[name] = await worlds.offered(case, *seats, by=by, at=portal.clinic)
        await worlds.accept_all(world.matches[name])
    await engagement.clear_conflicts(world.matches["A"], by=by, now=NOW)
    await engagement.engage_match(world.matches["A"], by=by, now=NOW)
    await _question(world, berta, by, portal)
    await _viewers(world, portal, by, (alma, berta, cora, isidro))
    return world


async def marked_case(world: Marked, name: str, by: Actor) -> None:
    """A waiting case with a mark in every field, party, note, task, contact, document, hold."""
    spoken = ("mam",) if name == "A" else ("es",)
    new = worlds.case(f"NM-{name}", languages=spoken, summary=f"Somebody of whom {name}xyz is said.")
    world.cases[name] = new.id
    client = {field: _kept(field, world.mark(name, str(field))) for field in ClientField}
    parties = [
        Party(new_id(), new.id, role, world.mark(name, str(role)), world.mark(name, str(role))) for role in PartyRole
    ]
    then = NOW - timedelta(days=31)
    await intake.receive_case(new, client=client, parties=parties, by=by, now=then)
    await intake.begin_screening(new.id, by=by, now=then)
    await worlds.found_eligible(new, then)
    await intake.waitlist_case(new.id, by=by, now=then)
    await worlds.against(new.id, world.mark(name, "adverse"), now=then)
    await notes.write_note(new.id, world.mark(name, "note"), by=by, now=NOW)
    wanted = Wanted(TaskKind.OTHER, words=world.mark(name, "task"), due=NOW.date(), assignee=by.account)
    await tasks.add_task(new.id, wanted, by=by, now=NOW)
    talked = Contact(
        id=new_id(),
        case=new.id,
        at=NOW,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        counterpart=Counterpart.CLIENT,
        outcome=Outcome.REACHED,
        noted_at=NOW,
        words=world.mark(name, "contact"),
    )
    await notes.log_contact(talked, by=by, now=NOW)
    await write_to_client(new.id, text=world.mark(name, "message"), by=by, now=NOW)
    await _document(world, name, by)
    await holding.hold_case(new.id, reason=world.mark(name, "hold"), by=by, now=NOW)


def _kept(field: ClientField, mark: str) -> str:
    """A mark as its field is written; a day of birth is a mark by itself."""
    shapes = {
        ClientField.SAFE_CONTACT: f'{{"note": "{mark}"}}',
        ClientField.HOUSEHOLD: f'{{"persons": 3, "note": "{mark}"}}',
        ClientField.INTERPRETED: f'{{"name": "{mark}"}}',
    }
    return shapes.get(field, mark)


async def _document(world: Marked, name: str, by: Actor) -> None:
    held = [f"{world.mark(name, 'document')} as plain text".encode()]

    async def read(_most: int) -> bytes:
        return held.pop() if held else b""

    brought = Brought(
        DocumentKind.OTHER, f"{world.mark(name, 'file_name')}.txt", world.mark(name, "about"), Sharing.ATTORNEYS
    )
    await documents.add_document(world.cases[name], read, brought, most_mib=1, by=by, now=NOW)


async def _question(world: Marked, berta: Volunteer, by: Actor, portal: Portal) -> None:
    """Berta has opened the names of B, asked, and got a reply."""
    match, herself = world.matches["B"], worlds.actor_of(berta)
    await volunteers.open_names(match, clinic=portal.clinic, by=herself, now=NOW)
    await volunteers.ask_more(match, world.mark("B", "question"), by=herself, now=NOW)
    (asked,) = await volunteers.read_questions(match, by=by, now=NOW)
    await volunteers.reply(asked.id, world.mark("B", "reply"), clinic=portal.clinic, by=by, now=NOW)


async def _client(world: Marked) -> str:
    """The client of C, who has her page open."""
    code = await give_code(world.cases["C"], language="en", by=SYSTEM, now=NOW)
    return await open_by_code(code, now=NOW)


async def _asking(world: Marked) -> str:
    """Somebody who has answered all questions and has not sent them."""
    answers = {"name": world.mark("draft", "draft"), "story": world.mark("draft", "draft")}
    return (await begun(ANSWERS | answers)).token


async def _viewers(world: Marked, portal: Portal, by: Actor, people: tuple[Volunteer, ...]) -> None:
    world.viewers = {person.name: await portal.volunteer(person) for person in people}
    world.viewers["nobody"] = portal.visitor()
    world.viewers["client"] = Visitor(portal.app, **{HELP: await _client(world)})
    world.viewers["asking"] = Visitor(portal.app, **{HELP: await _asking(world)})
    world.viewers["partner"] = await portal.partner()
    world.viewers["administrator"] = await portal.coordinator(AccountRole.ADMINISTRATOR)
    assert by.account is not None
    world.viewers["coordinator"] = await portal.signed_in(by.account)
    joel = await create_account(email="joel@example.org", name="Joel", roles=(AccountRole.COORDINATOR,), by=by, now=NOW)
    await screen_off(world.cases["A"], account=joel, reason="his cousin", by=by, now=NOW)
    world.viewers["Joel"] = await portal.signed_in(joel)
