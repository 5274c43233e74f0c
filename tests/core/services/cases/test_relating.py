"""Related cases, cases that are opened again with their history, and clients who are sent elsewhere."""

from datetime import date, timedelta
from typing import Any

import pytest

from core import tables as t
from core.errors import BadInput, NotAllowed, NotFound, TooLate, WrongEntries
from core.model.cases.relating import PlaceOfHelp, RelatedCases, Relation, reversed_relation
from core.model.clients.retention import ErasureReason
from core.model.deadlines.rules import DatedFact
from core.model.states import CaseState
from core.model.vocabulary import PracticeArea
from core.queries.cases.relating import referrals_of, related_to
from core.services.cases import intake, referring, relating, reopening
from core.services.deadlines.dated_facts import record_dates
from core.services.matches import engagement
from core.services.privacy.erasing import erase_client
from core.services.work.chores import CHORES
from core.store import audit
from core.store.cases import cases
from core.store.cases.deadlines import kept_deadlines
from core.store.cases.relating import places_of_help, reopenings_of
from core.store.database import Database
from core.store.keys import new_id
from tests import worlds
from tests.worlds import NOW, actor_of

LATER = NOW + timedelta(days=40)


async def kinds_of(case: Any) -> list[str]:
    """What is in the history of a case."""
    return [event.kind for event in await audit.events_of([case])]


@pytest.mark.parametrize("relation", list(Relation))
def test_a_relation_seen_twice_from_the_other_side_is_itself(relation: Relation) -> None:
    one, other = new_id(), new_id()

    assert reversed_relation(reversed_relation(relation)) is relation
    assert RelatedCases.of(one, other, relation) == RelatedCases.of(other, one, reversed_relation(relation))


async def test_two_cases_that_belong_together_name_each_other_each_from_its_side(database: Database) -> None:
    by = await worlds.coordinator()
    mother, child = await worlds.waiting(worlds.case("NM-1")), await worlds.waiting(worlds.case("NM-2"))

    await relating.relate_cases(mother.id, " NM-2 ", relation=Relation.CHILD, by=by, now=NOW)

    for of, other, relation in ((mother, "NM-2", Relation.CHILD), (child, "NM-1", Relation.PARENT)):
        assert [(line.case.ref, line.relation) for line in await related_to(of.id)] == [(other, relation)]
        assert (await kinds_of(of.id))[-1] == "case_related"
    await relating.relate_cases(child.id, "NM-1", relation=Relation.SIBLING, by=by, now=NOW)
    assert [line.relation for line in await related_to(mother.id)] == [Relation.SIBLING], "corrected, not doubled"

    await relating.part_cases(mother.id, child.id, by=by, now=NOW)
    assert await related_to(child.id) == ()
    with pytest.raises(TooLate, match="taken apart already"):
        await relating.part_cases(child.id, mother.id, by=by, now=NOW)


async def test_a_case_is_not_related_to_itself_nor_to_none(database: Database) -> None:
    by, case = await worlds.coordinator(), await worlds.waiting(worlds.case("NM-1"))
    volunteer = actor_of(await worlds.joined(worlds.attorney()))

    with pytest.raises(BadInput, match="of the case itself"):
        await relating.relate_cases(case.id, "NM-1", relation=Relation.SPOUSE, by=by, now=NOW)
    with pytest.raises(NotFound):
        await relating.relate_cases(case.id, "NM-9", relation=Relation.SPOUSE, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        await relating.relate_cases(case.id, "NM-9", relation=Relation.SPOUSE, by=volunteer, now=NOW)


async def test_a_case_that_was_withdrawn_is_opened_again_and_keeps_how_it_had_ended(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    case = await worlds.waiting()
    await record_dates(case.id, {DatedFact.LAST_ARRIVAL: date(2025, 12, 15)}, clinic=clinic, by=by, now=NOW)
    await intake.withdraw_case(case.id, reason="She could not be reached.", by=by, now=NOW)

    await reopening.reopen_case(case.id, reason="She called.", by=by, now=LATER)

    found = await cases.find_case(case.id)
    assert (found.state, found.waiting_since, found.ended_reason) == (CaseState.SCREENING, LATER, "")
    assert await cases.when_ended(case.id) is None
    (kept,) = await reopenings_of(case.id)
    assert (kept.was, kept.ended_reason, kept.ended_at, kept.reason) == (
        CaseState.WITHDRAWN,
        "She could not be reached.",
        NOW,
        "She called.",
    )
    assert (await kinds_of(case.id))[-3:] == ["case_withdrawn", "case_reopened", "screening_begun"]
    await CHORES["count_deadlines"].work({"case": str(case.id)}, clinic, lambda: LATER)
    assert (await kept_deadlines([case.id]))[case.id]["asylum-one-year"].due == date(2026, 12, 15)


async def test_what_was_ended_by_mistake_goes_on_waiting_from_where_it_was(database: Database) -> None:
    by, case = await worlds.coordinator(), await worlds.waiting()
    waited = (await cases.find_case(case.id)).waiting_since
    await intake.withdraw_case(case.id, reason="A mistake.", by=by, now=NOW)

    await reopening.reopen_case(case.id, reason="The wrong case was ended.", keep_waiting=True, by=by, now=LATER)
    assert (await cases.find_case(case.id)).waiting_since == waited

    await intake.waitlist_case(case.id, by=by, now=LATER)
    assert (await cases.find_case(case.id)).state is CaseState.WAITLISTED


async def test_a_closed_case_is_opened_again_and_its_match_stays_completed(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma, case = await worlds.joined(worlds.attorney()), await worlds.waiting()
    match = await worlds.offered(case, worlds.seat(alma), by=by, at=clinic)
    await worlds.accept_all(match)
    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    await engagement.close_case(case.id, outcome="granted", by=by, now=NOW)

    await reopening.reopen_case(case.id, reason="An appeal.", by=by, now=LATER)

    assert [(one.was, one.outcome) for one in await reopenings_of(case.id)] == [(CaseState.CLOSED, "granted")]
    assert (await t.Match.select(t.Match.state)) == [{"state": "completed"}]
    await intake.waitlist_case(case.id, by=by, now=LATER)
    again = await worlds.offered(await cases.find_case(case.id), worlds.seat(alma), by=by, at=clinic)
    assert again != match


async def test_what_is_open_or_erased_is_not_opened_again(database: Database) -> None:
    by, case = await worlds.coordinator(), await worlds.waiting()

    with pytest.raises(TooLate, match="is open already"):
        await reopening.reopen_case(case.id, reason="So.", by=by, now=NOW)
    await intake.withdraw_case(case.id, reason="She moved.", by=by, now=NOW)
    with pytest.raises(BadInput, match="why the case is opened again"):
        await reopening.reopen_case(case.id, reason=" ", by=by, now=NOW)
    await erase_client(case.id, reason=ErasureReason.CLIENT_REQUEST, by=by, now=NOW)
    with pytest.raises(TooLate, match="Take the client in as a new case"):
        await reopening.reopen_case(case.id, reason="So.", by=by, now=NOW)


def a_place(name: str = "Help House", **given: Any) -> PlaceOfHelp:
    """An invented organisation."""
    return PlaceOfHelp(new_id(), name, **({"phone": "505 555 0100"} | given))


async def test_a_client_is_sent_elsewhere_once_and_it_can_be_taken_back(database: Database) -> None:
    by, case = await worlds.coordinator(), await worlds.waiting()
    house, desk = a_place(), a_place("Family Desk", areas=(PracticeArea.FAMILY,), website="https://example.org")
    for place in (house, desk):
        await referring.keep_place(place, by=by, now=NOW)
    assert [one.name for one in await places_of_help()] == ["Family Desk", "Help House"]
    assert [one.helps_with(PracticeArea.ASYLUM) for one in await places_of_help()] == [False, True]

    assert await referring.refer_client(case.id, [house.id, desk.id], by=by, now=NOW) == 2
    assert await referring.refer_client(case.id, [house.id], by=by, now=NOW) == 0
    assert [line.place.name for line in await referrals_of(case.id)] == ["Family Desk", "Help House"]
    assert (await kinds_of(case.id)).count("client_referred") == 2

    await referring.retire_place(house.id, retired=True, by=by, now=NOW)
    assert [one.name for one in await places_of_help()] == ["Family Desk"]
    assert len(await referrals_of(case.id)) == 2, "who was told of it stays noted"
    with pytest.raises(NotFound, match="not in the list any more"):
        await referring.refer_client(case.id, [house.id], by=by, now=NOW)
    await referring.take_back_referral(case.id, house.id, by=by, now=NOW)
    assert [line.place.name for line in await referrals_of(case.id)] == ["Family Desk"]


async def test_a_place_says_its_name_and_how_it_is_reached(database: Database) -> None:
    by = await worlds.coordinator()

    with pytest.raises(WrongEntries) as caught:
        await referring.keep_place(a_place(" ", phone="", website="example.org"), by=by, now=NOW)
    assert set(caught.value.errors) == {"name", "website"}
    with pytest.raises(WrongEntries) as caught:
        await referring.keep_place(a_place(phone=""), by=by, now=NOW)
    assert set(caught.value.errors) == {"phone"}
    with pytest.raises(BadInput, match="Choose where"):
        await referring.refer_client(new_id(), [], by=by, now=NOW)
    assert await places_of_help(retired=True) == []
