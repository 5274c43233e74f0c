"""Conflicts by firm, DOMAIN scenario 12: blocked everywhere, told to nobody, read by staff alone and audited."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from core import tables as t
from core.crypto import KeyMissing
from core.errors import BadInput, NotAllowed, NotEligible, NotFound
from core.key_places import KeyPlace
from core.model.cases.case import Case
from core.model.clients.client import Purpose
from core.model.events import chain_breaks
from core.model.people import SYSTEM, Volunteer
from core.model.vocabulary import SeatRole, Standing
from core.services.checks.coordinators import check_of
from core.services.clients.disclosing import read_parties
from core.services.clients.writing import add_party, remove_party
from core.services.conflicts import kept_off
from core.services.conflicts.name_search import find_people
from core.services.matches import claiming
from core.services.matches.fitting import candidates_for, fitting
from core.services.runs.snapshot import facts_of_case, take_snapshot
from core.settings import Settings
from core.store import audit
from core.store import database as databases
from core.store.database import Database
from core.store.keys import new_id
from core.store.volunteers import volunteers
from tests import worlds
from tests.rosters import member, members, synced
from tests.worlds import NOW

FIRM, WRITTEN_OTHERWISE = "Smith, Jones & Lee, L.L.P.", "SMITH JONES AND LEE LLP"


async def at_a_firm(name: str = "Vera", firm: str = FIRM) -> Volunteer:
    return await worlds.joined(worlds.attorney(name, firm=firm))


async def against(firm: str = WRITTEN_OTHERWISE) -> Case:
    """A waiting case with an organisation on the other side."""
    case = await worlds.waiting()
    await worlds.against(case.id, firm)
    return case


async def claim(case: Case, volunteer: Volunteer) -> None:
    await claiming.claim_case(
        case.id, role=SeatRole.ATTORNEY, clinic=worlds.clinic(), by=worlds.actor_of(volunteer), now=NOW
    )


async def test_whoever_works_for_the_other_side_is_a_known_conflict_in_the_snapshot(database: Database) -> None:
    vera, alma = await at_a_firm(), await worlds.joined(worlds.attorney())
    case, other = await against(), await worlds.waiting()

    snapshot = await take_snapshot(settings=Settings(), today=NOW.date())
    assert {one.ref: one.barred for one in snapshot.cases} == {case.ref: (str(vera.id),), other.ref: ()}
    assert (await facts_of_case(case)).barred == (str(vera.id),)
    listed = [await worlds.listing(one) for one in (case, other)]
    both = await fitting(listed, clinic=worlds.clinic(), by=worlds.actor_of(vera), now=NOW)
    assert both == (False, True)
    assert await fitting(listed[:1], clinic=worlds.clinic(), by=worlds.actor_of(alma), now=NOW) == (True,)


async def test_her_claim_is_stopped_by_a_sentence_that_tells_neither_whom_nor_whose(database: Database) -> None:
    vera, case = await at_a_firm(), await against()

    with capture_logs() as logged, pytest.raises(NotEligible) as stopped:
        await claim(case, vera)
    assert stopped.value.reasons == (kept_off.STOPPED,)
    assert str(stopped.value) == kept_off.STOPPED
    assert "smith" not in str(logged).casefold()
    await claim(case, await worlds.joined(worlds.attorney("Alma")))


async def test_a_coordinator_who_looks_for_somebody_reads_conflict_and_no_name(database: Database) -> None:
    vera, case = await at_a_firm(), await against()

    (found,) = await candidates_for(case, SeatRole.ATTORNEY, name="", clinic=worlds.clinic(), now=NOW)
    assert found.person.id == vera.id
    assert {reason.code for reason in found.verdict.reasons} == {"conflict"}
    assert "smith" not in str(found.verdict).casefold()


async def test_the_firm_of_her_bars_roster_counts_as_well(database: Database) -> None:
    vera = await worlds.joined(worlds.attorney("Vera"))
    (bar,) = vera.bars
    await synced([replace(member(int(bar.number), name="Vera"), firm=FIRM), *members(20, 2001)])
    case = await against()

    assert await kept_off.kept_off(case.id) == {vera.id}
    assert await kept_off.cases_kept_from(vera.id) == {case.id}


async def test_no_name_is_in_the_clear_anywhere(database: Database) -> None:
    case, by = await against(), await worlds.coordinator()
    await at_a_firm(firm="Another Firm")

    (read,) = await read_parties(case.id, purpose=Purpose.CONFLICT_CHECK, by=by, now=NOW)
    assert read.name == WRITTEN_OTHERWISE
    kept = [row for table in t.TABLES for row in await table.select()]
    assert "smith" not in str(kept).casefold()
    events = await audit.events_of([case.id])
    assert [event.kind for event in events][-2:] == ["party_added", "disclosed"]
    assert chain_breaks(await audit.events()) is None


async def test_only_staff_may_note_read_and_take_back(database: Database) -> None:
    vera, case = await at_a_firm(), await against()
    (one,) = await read_parties(case.id, purpose=Purpose.CONFLICT_CHECK, by=SYSTEM, now=NOW)

    for refused in (
        add_party(replace(one, id=new_id(), name="Acme"), by=worlds.actor_of(vera), now=NOW),
        read_parties(case.id, purpose=Purpose.CONFLICT_CHECK, by=worlds.actor_of(vera), now=NOW),
        remove_party(case.id, one.id, by=worlds.actor_of(vera), now=NOW),
        check_of(case.id, by=worlds.actor_of(vera), now=NOW),
        find_people("Smith Jones", by=worlds.actor_of(vera), now=NOW),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            await refused
    await remove_party(case.id, one.id, by=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        await remove_party(case.id, one.id, by=SYSTEM, now=NOW)
    assert await kept_off.kept_off(case.id) == set()
    await claim(case, vera)


@pytest.mark.parametrize("name", ["", "  ", "&", "x" * 201, WRITTEN_OTHERWISE.title()])
async def test_what_is_no_name_or_there_already_is_refused(database: Database, name: str) -> None:
    case = await against()
    with pytest.raises(BadInput, match=r"Nothing was changed\."):
        await worlds.against(case.id, name)
    assert len(await read_parties(case.id, purpose=Purpose.CONFLICT_CHECK, by=SYSTEM, now=NOW)) == 1


async def test_without_its_key_a_check_stops_the_work_and_never_passes(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    vera, alma, case = await at_a_firm(), await worlds.joined(worlds.attorney()), await against()
    other = KeyPlace(file=tmp_path / "other.key", makes=True)

    for place in (KeyPlace(), other):
        with keys_at(place, database, monkeypatch):
            today = NOW.date()
            for asked in (claim(case, vera), facts_of_case(case), take_snapshot(settings=Settings(), today=today)):
                with pytest.raises(KeyMissing):
                    await asked
            assert await kept_off.cases_kept_from(alma.id) == set()


@contextmanager
def keys_at(place: KeyPlace, database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same database as a process sees it that has its key elsewhere."""
    with monkeypatch.context() as patched:
        patched.setattr(databases, "_open", [dataclasses.replace(database, keys=place)])
        yield


async def test_a_clinic_that_notes_nobody_needs_no_key(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    vera, case = await at_a_firm(), await worlds.waiting()

    with keys_at(KeyPlace(), database, monkeypatch):
        await claim(case, vera)
        with pytest.raises(KeyMissing, match="Nothing was changed"):
            await worlds.against((await worlds.waiting()).id, FIRM)


async def test_a_firm_is_kept_with_a_volunteer(database: Database) -> None:
    vera = await at_a_firm()
    assert (await volunteers.find_volunteer(vera.id)).firm == FIRM
    assert vera.bars[0].standing is Standing.ACTIVE
