"""Members join by a link: what the machine may decide, what waits for a person, and that nobody becomes two."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from core import tables as t
from core.errors import BadInput, NotAllowed, NotFound, TooLate
from core.model.events import chain_breaks
from core.model.people import SYSTEM, BarAdmission, Capacity
from core.model.states import JoiningState
from core.model.vocabulary import AccountRole, Standing
from core.model.volunteers.joining import Asked
from core.services.accounts import signing_in as signing
from core.services.runs.snapshot import take_snapshot
from core.services.volunteers.inviting import find_invitation, revoke_invitation
from core.services.volunteers.joining import ask_to_join, drop_forgotten_links
from core.services.work.delivering import plan_messages
from core.store import audit
from core.store.accounts import account_id_by_email
from core.store.database import Database
from core.store.volunteers import joinings, volunteers
from tests import worlds
from tests.joining import ALMA, OFFER, PASSWORD, asked, complete, entry_of, invited, joined, mailed
from tests.worlds import NOW

LATER = NOW + timedelta(days=1)
ELSEWHERE = msgspec.structs.replace(ALMA, email="alma@home.example")


async def everybody() -> list[str]:
    """The references of all volunteers."""
    return [one.ref for one in await volunteers.all_volunteers()]


async def kinds_of(*subjects: UUID | None) -> list[str]:
    """What the history says of these subjects."""
    return [one.kind for one in await audit.events_of([key for key in subjects if key])]


async def messages_to(address: str) -> list[str]:
    """The kinds of message to an address, or to the account that has it."""
    m, account = t.Message, await account_id_by_email(address)
    to = (m.address == address) | (m.account == account) if account else m.address == address
    return [row["kind"] for row in await m.select(m.kind).where(to).order_by(m.id)]


async def test_whoever_agrees_with_the_roster_in_everything_is_a_volunteer_at_once(database: Database) -> None:
    token = await invited(entry_of(ALMA))

    done = await joined(token)

    assert done.state is JoiningState.VERIFIED
    assert done.volunteer is not None
    person = await volunteers.find_volunteer(done.volunteer)
    assert (person.name, person.email, person.practice) == (ALMA.name, ALMA.email, OFFER.practice)
    assert person.bars == (BarAdmission("NM", "0042", Standing.ACTIVE, 2011),)
    session = await signing.sign_in(ALMA.email, PASSWORD, now=NOW)
    actor = await signing.whoami(session, settings=worlds.clinic().settings, now=NOW)
    assert actor is not None
    assert actor.is_verified()
    assert (done.terms_version, done.terms_language, done.accepted_at) == ("1", "en", NOW)
    assert {"joining_asked", "terms_accepted"} <= set(await kinds_of(done.id))
    assert {"volunteer_registered", "volunteer_verified"} <= set(await kinds_of(done.volunteer))
    assert chain_breaks(await audit.events()) is None
    assert await messages_to(ALMA.email) == ["joining_link", "joining_welcome"]


@pytest.mark.parametrize(
    ("entry", "who"),
    [
        pytest.param({"name": "ALMA M. REYES-"}, ALMA, id="a middle name that nothing contradicts"),
        pytest.param({"number": "42"}, ALMA, id="zeros that only she writes"),
        pytest.param({}, msgspec.structs.replace(ALMA, number="42"), id="zeros that only the bar writes"),
        pytest.param({"email": "ALMA@Firm.example"}, ALMA, id="capitals in the address"),
        pytest.param({"standing": Standing.EMERITUS}, ALMA, id="an emeritus licence"),
    ],
)
async def test_what_means_the_same_agrees(database: Database, entry: dict[str, object], who: Asked) -> None:
    done = await joined(await invited(msgspec.structs.replace(entry_of(ALMA), **entry)), who)

    assert done.state is JoiningState.VERIFIED


@pytest.mark.parametrize(
    ("entry", "who"),
    [
        pytest.param({}, ELSEWHERE, id="another address"),
        pytest.param({"email": ""}, ALMA, id="a roster without her address"),
        pytest.param({"name": "Alma Robles"}, ALMA, id="another surname"),
        pytest.param({"name": "Alma Reyes, Jr."}, msgspec.structs.replace(ALMA, name="Alma Reyes Sr."), id="suffix"),
        pytest.param({"number": "43"}, ALMA, id="a number that nobody has"),
        pytest.param({"standing": Standing.SUSPENDED}, ALMA, id="no good standing"),
        pytest.param({"standing": Standing.UNKNOWN}, ALMA, id="a standing that is not told"),
    ],
)
async def test_whatever_does_not_agree_waits_for_a_person(
    database: Database, entry: dict[str, object], who: Asked
) -> None:
    by = await worlds.coordinator()
    done = await joined(await invited(msgspec.structs.replace(entry_of(ALMA), **entry)), who)

    assert (done.state, done.volunteer) == (JoiningState.WAITING, None)
    assert await everybody() == []
    settings = worlds.clinic().settings
    actor = await signing.whoami(await signing.sign_in(who.email, PASSWORD, now=NOW), settings=settings, now=NOW)
    assert actor is not None
    assert not actor.is_verified()
    assert (await take_snapshot(settings=settings, today=NOW.date())).volunteers == ()
    told = await t.Message.select(t.Message.kind, t.Message.path).where(t.Message.account == by.account)
    assert told == [{"kind": "joining_waits", "path": f"/joinings/{done.id}"}]


async def test_a_member_who_left_the_roster_waits(database: Database) -> None:
    token = await invited(entry_of(ALMA))
    e = t.RosterEntry
    await e.update({e.gone_since: NOW}).where(e.number == ALMA.number)

    assert (await joined(token)).state is JoiningState.WAITING


async def test_whoever_was_imported_gets_her_own_record_where_number_and_address_agree(database: Database) -> None:
    known = worlds.attorney("Alma Reyes", email=ALMA.email, bars=(BarAdmission("NM", "42", Standing.ACTIVE),))
    await worlds.joined(known)
    token = await invited(entry_of(ALMA, email=""))

    done = await joined(token)

    assert (done.state, done.volunteer) == (JoiningState.VERIFIED, known.id)
    person = await volunteers.find_volunteer(known.id)
    assert [bar.number for bar in person.bars] == ["0042"]
    assert person.practice == OFFER.practice
    assert await everybody() == [known.ref]
    assert await signing.sign_in(ALMA.email, PASSWORD, now=NOW)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({"email": ALMA.email, "bars": ()}, id="her address, and no number"),
        pytest.param({"email": ALMA.email, "bars": (BarAdmission("NM", "77", Standing.ACTIVE),)}, id="another number"),
        pytest.param({"bars": (BarAdmission("NM", "0042", Standing.ACTIVE),)}, id="her number, and another address"),
        pytest.param({"email": "", "bars": (BarAdmission("NM", "0042", Standing.ACTIVE),)}, id="no address"),
        pytest.param({"email": "", "bars": ()}, id="her name alone"),
    ],
)
async def test_whoever_may_be_a_volunteer_already_waits_and_nobody_becomes_two(
    database: Database, known: dict[str, object]
) -> None:
    person = await worlds.joined(worlds.attorney("Alma Reyes", **known))

    done = await joined(await invited(entry_of(ALMA)))

    assert (done.state, done.volunteer) == (JoiningState.WAITING, None)
    assert await everybody() == [person.ref]
    assert (await volunteers.find_volunteer(person.id)).practice == person.practice


async def test_the_address_of_an_imported_volunteer_opens_nothing_before_a_person_has_looked(
    database: Database,
) -> None:
    await worlds.joined(worlds.attorney("Alma Reyes", email=ALMA.email, bars=()))

    await joined(await invited(entry_of(ALMA)))

    with pytest.raises(NotAllowed):
        await signing.sign_in(ALMA.email, PASSWORD, now=NOW)


async def test_the_second_of_two_with_one_number_waits(database: Database) -> None:
    token = await invited(entry_of(ALMA))
    first = await joined(token)
    second = await joined(token, ELSEWHERE)

    assert (first.state, second.state) == (JoiningState.VERIFIED, JoiningState.WAITING)
    assert len(await everybody()) == 1


async def test_whoever_can_sign_in_already_is_told_so_by_mail(database: Database) -> None:
    token = await invited(entry_of(ALMA))
    await joined(token)

    await ask_to_join(token, ALMA, clinic=worlds.clinic(), now=LATER)
    await ask_to_join(token, msgspec.structs.replace(ALMA, number="no such"), clinic=worlds.clinic(), now=LATER)

    assert await messages_to(ALMA.email) == ["joining_link", "joining_welcome", "joining_known", "joining_known"]


async def test_a_coordinators_address_is_no_way_in(database: Database) -> None:
    who = msgspec.structs.replace(ALMA, email="carmen@example.org")
    token = await invited(entry_of(who))
    roles = (AccountRole.COORDINATOR,)
    await signing.create_account(email=who.email, name="Carmen", roles=roles, by=SYSTEM, now=NOW)

    await ask_to_join(token, who, clinic=worlds.clinic(), now=NOW)

    assert await messages_to(who.email) == ["joining_known"]


async def test_a_link_works_once_and_not_for_long(database: Database) -> None:
    token = await invited(entry_of(ALMA))
    first, second = await asked(token), await asked(token)
    with pytest.raises(TooLate, match="Begin anew"):
        await complete(first, now=LATER)
    await complete(first)
    for link in (first, second):
        with pytest.raises(TooLate, match="Begin anew"):
            await complete(link)


async def test_an_invitation_ends_by_itself_or_at_once_and_with_it_the_links_in_mails(database: Database) -> None:
    token = await invited(entry_of(ALMA))
    link = await asked(token)
    invitation = await find_invitation(token)
    assert invitation is not None
    with pytest.raises(TooLate, match="new link"):
        await ask_to_join(token, ALMA, clinic=worlds.clinic(), now=NOW + timedelta(days=60))
    with pytest.raises(NotFound):
        await revoke_invitation(invitation.id, roster="another", by=SYSTEM, now=NOW)
    assert await revoke_invitation(invitation.id, roster="our-bar", by=SYSTEM, now=NOW)
    assert not await revoke_invitation(invitation.id, roster="our-bar", by=SYSTEM, now=NOW)
    with pytest.raises(TooLate, match="new link"):
        await ask_to_join(token, ALMA, clinic=worlds.clinic(), now=NOW)
    with pytest.raises(TooLate, match="new link"):
        await complete(link)
    with pytest.raises(NotFound):
        await ask_to_join("made-up", ALMA, clinic=worlds.clinic(), now=NOW)


async def test_no_token_is_kept_with_the_invitation_or_the_joining(database: Database) -> None:
    token = await invited(entry_of(ALMA))
    link = await asked(token)

    kept = str(await t.Invitation.select()) + str(await t.Joining.select())
    assert token not in kept
    assert link not in kept


async def test_whoever_asked_and_never_came_is_forgotten(database: Database) -> None:
    await asked(await invited(entry_of(ALMA)))

    await drop_forgotten_links(now=NOW)
    assert await t.Joining.count() == 1
    await drop_forgotten_links(now=LATER + timedelta(seconds=1))
    assert await t.Joining.count() == 0


@pytest.mark.parametrize("who", [Asked("", "Alma", "a@b.c"), Asked("1", "A" * 201, "a@b.c"), Asked("1", "Alma", "abc")])
async def test_what_no_bar_writes_is_refused(database: Database, who: Asked) -> None:
    with pytest.raises(BadInput):
        await ask_to_join(await invited(), who, clinic=worlds.clinic(), now=NOW)


async def test_a_profile_that_cannot_be_is_refused_and_the_link_still_works(database: Database) -> None:
    link = await asked(await invited(entry_of(ALMA)))
    with pytest.raises(BadInput, match="hours a month"):
        await complete(link, profile=msgspec.structs.replace(OFFER, capacity=Capacity(hours_a_month=-1)))

    assert (await complete(link)).state is JoiningState.VERIFIED
    assert await mailed(ALMA.email) == link
    assert await joinings.joinings_where() != []


async def test_the_link_goes_by_mail_alone_to_whoever_has_no_account(database: Database) -> None:
    clinic = worlds.clinic(smtp={"host": "127.0.0.1", "security": "none"})
    await asked(await invited(entry_of(ALMA)))

    await plan_messages(clinic=clinic, now=NOW)

    d = t.Delivery
    assert await d.select(d.channel) == [{"channel": "mail"}]
