"""Who is who: suggested by the machine, confirmed and taken back by a person."""

from datetime import timedelta

import pytest

from core.errors import Contradicts, NotAllowed, NotFound
from core.model.events import chain_breaks
from core.model.people import SYSTEM, BarAdmission
from core.model.rosters.entries import RosterEntry
from core.model.states import OfferState
from core.model.vocabulary import Standing
from core.model.volunteers.identity import Likeness
from core.queries.rosters.lists import possible_members
from core.services.rosters.members import confirm_member, deny_member, separate_member
from core.store import audit
from core.store.database import Database
from core.store.matches import teams
from core.store.volunteers import volunteers
from tests import worlds
from tests.rosters import member, members, synced
from tests.worlds import NOW

LATER = NOW + timedelta(days=1)


async def test_members_who_may_be_volunteers_are_listed_and_a_known_number_is_not(database: Database) -> None:
    known = await worlds.joined(worlds.attorney("Alma Reyes"))
    unknown = await worlds.joined(worlds.attorney("Berta Ruiz", bars=(BarAdmission("NM", "", Standing.ACTIVE),)))
    await worlds.joined(worlds.attorney("Carla Sosa", bars=(BarAdmission("NM", "77", Standing.ACTIVE),)))
    entries = [
        member(1001, name="Alma Reyes"),
        member(1002, name="BERTA RUIZ", email=unknown.email),
        member(1003, name="Carla Sosa"),
    ]
    await synced([*entries, *members(20, 2001)])

    (found,) = await possible_members("our-bar")

    assert (found.number, found.suggestion.volunteer) == ("1002", unknown.ref)
    assert found.suggestion.likeness is Likeness.LIKELY
    assert known.ref not in found.suggestion.volunteer


async def test_who_is_confirmed_has_the_rosters_standing_until_that_is_taken_back(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    berta = await worlds.joined(worlds.attorney("Berta Ruiz", bars=(BarAdmission("NM", "", Standing.ACTIVE),)))
    match = await worlds.offered(await worlds.waiting(), worlds.seat(berta), by=by, at=clinic)
    await synced([member(1002, Standing.SUSPENDED, name="Berta Ruiz"), *members(20, 2001)])

    assert await confirm_member("our-bar", "1002", berta.ref, by=by, now=LATER) is Standing.SUSPENDED
    (bar,) = (await volunteers.find_volunteer(berta.id)).bars
    assert (bar.number, bar.standing) == ("1002", Standing.SUSPENDED)
    assert [offer.state for offer in await teams.offers_of_match(match)] == [OfferState.FROZEN]
    assert await possible_members("our-bar") == ()

    assert await separate_member("our-bar", "1002", berta.ref, by=by, now=LATER) is Standing.ACTIVE
    (bar,) = (await volunteers.find_volunteer(berta.id)).bars
    assert (bar.number, bar.standing) == ("", Standing.ACTIVE)
    kinds = [event.kind for event in await audit.events_of([berta.id])]
    assert [kind for kind in kinds if kind.startswith("member_")] == ["member_confirmed", "member_separated"]
    assert chain_breaks(await audit.events()) is None


async def test_an_admission_that_was_not_known_goes_again_with_its_confirmation(database: Database) -> None:
    texan = await worlds.joined(worlds.attorney("Tess Roe", bars=(BarAdmission("TX", "5", Standing.ACTIVE),)))
    await synced([member(1002, name="Tess Roe"), *members(20, 2001)])
    await confirm_member("our-bar", "1002", texan.ref, by=SYSTEM, now=LATER)
    assert {bar.jurisdiction for bar in (await volunteers.find_volunteer(texan.id)).bars} == {"NM", "TX"}
    assert await separate_member("our-bar", "1002", texan.ref, by=SYSTEM, now=LATER) is None
    assert [bar.jurisdiction for bar in (await volunteers.find_volunteer(texan.id)).bars] == ["TX"]


async def test_a_number_with_its_zeros_takes_the_place_of_the_one_without(database: Database) -> None:
    zeros = await worlds.joined(worlds.attorney("Zoe Roe", bars=(BarAdmission("NM", "42", Standing.ACTIVE),)))
    await synced([RosterEntry(number="0042", name="Zoe Roe", standing=Standing.ACTIVE), *members(20, 2001)])
    (found,) = await possible_members("our-bar")
    assert found.suggestion.reasons[0] == "The number is the same but for leading zeros."
    await confirm_member("our-bar", "0042", zeros.ref, by=SYSTEM, now=LATER)
    assert [bar.number for bar in (await volunteers.find_volunteer(zeros.id)).bars] == ["0042"]


async def test_what_cannot_be_is_refused_and_changes_nothing(database: Database) -> None:
    alma = await worlds.joined(worlds.attorney("Alma Reyes"))
    other = await worlds.joined(worlds.attorney("Alma Reyes", bars=(BarAdmission("NM", "88", Standing.ACTIVE),)))
    free = await worlds.joined(worlds.attorney("Alma Reyes", bars=()))
    await synced(members(20))
    head = await audit.head_sequence()
    for number, ref, error, said in (
        ("1001", free.ref, Contradicts, f"1001 of Members of our bar is {alma.ref}"),
        ("1001", alma.ref, Contradicts, "is known to be 1001"),
        ("1002", other.ref, Contradicts, "has the number 88"),
        ("9999", free.ref, NotFound, "lists nobody with the number 9999"),
        ("1002", "nobody", NotFound, "no volunteer nobody"),
    ):
        with pytest.raises(error, match=said):
            await confirm_member("our-bar", number, ref, by=SYSTEM, now=LATER)
    with pytest.raises(NotFound, match="Nobody confirmed"):
        await separate_member("our-bar", "1001", alma.ref, by=SYSTEM, now=LATER)
    with pytest.raises(NotFound, match="ever synchronised"):
        await confirm_member("no-bar", "1", alma.ref, by=SYSTEM, now=LATER)
    with pytest.raises(NotAllowed):
        await confirm_member("our-bar", "1002", free.ref, by=worlds.actor_of(free), now=LATER)
    assert await audit.head_sequence() == head


async def test_two_persons_of_one_name_are_not_suggested_again_until_one_of_them_changes(database: Database) -> None:
    berta = await worlds.joined(worlds.attorney("Berta Ruiz", bars=(BarAdmission("NM", "", Standing.ACTIVE),)))
    await synced([member(1002, name="Berta Ruiz"), *members(20, 2001)])
    assert [one.number for one in await possible_members("our-bar")] == ["1002"]

    await deny_member("our-bar", "1002", berta.ref, by=SYSTEM, now=LATER)

    assert await possible_members("our-bar") == ()
    await synced([member(1002, name="Berta Ruiz", email=berta.email), *members(20, 2001)], now=LATER)
    assert [one.number for one in await possible_members("our-bar")] == ["1002"]
    await confirm_member("our-bar", "1002", berta.ref, by=SYSTEM, now=LATER)
    with pytest.raises(Contradicts, match="Separate them instead"):
        await deny_member("our-bar", "1002", berta.ref, by=SYSTEM, now=LATER)
    with pytest.raises(NotFound, match="lists nobody with the number 77"):
        await deny_member("our-bar", "77", berta.ref, by=SYSTEM, now=LATER)
    assert "member_denied" in [event.kind for event in await audit.events_of([berta.id])]
