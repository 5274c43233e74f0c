"""A match from its offers to its outcome, in the hands of a coordinator."""

import re
from uuid import UUID

from core.model.cases.case import Case
from core.model.people import Volunteer
from core.model.states import CaseState, MatchState, OfferState
from core.model.vocabulary import SeatRole, Standing
from core.services.rosters.standings import record_standing
from core.store.cases.cases import barred_for, find_case
from core.store.matches.teams import find_match, offers_of_match, seats_of
from tests.web.coordinator.scenes import counted
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, accept_all, attorney, case, coordinator, interpreter, joined, offered, seat, waiting


async def matched(portal: Portal, ref: str = "NM-1") -> tuple[UUID, Case, list[Volunteer]]:
    """A Mam speaker's case with offers out to an attorney and an interpreter."""
    mam = await waiting(case(ref, languages=("mam",)))
    alma, isidro = await joined(attorney(f"Alma{ref}")), await joined(interpreter(f"Isidro{ref}"))
    seats = (seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
    return await offered(mam, *seats, by=await coordinator(), at=portal.clinic), mam, [alma, isidro]


def acts(page: Page, match: UUID) -> set[str]:
    """What may be done to the match itself."""
    start = f"/matches/{match}/"
    return {form["action"].removeprefix(start) for form in page.forms if form["action"].startswith(start)}


def filled(page: Page) -> list[str]:
    """What the loudest buttons of a page say, those that are folded away left out."""
    open_ones = re.sub(r"<details.*?</details>", "", page.answer.text, flags=re.DOTALL)
    return re.findall(r'class="button primary"[^>]*>\s*([^<]*)', open_ones)


async def act(visitor: Visitor, match: UUID, what: str, **fields: str) -> Page:
    return await visitor.send(await visitor.open(f"/matches/{match}"), f"/matches/{match}/{what}", **fields)


async def test_without_matches_the_page_says_where_they_come_from(portal: Portal) -> None:
    page = await (await portal.coordinator()).open("/matches")

    assert page.heading == "No match is under way"
    assert "A match begins when you approve a proposed team" in page.text


async def test_matches_are_listed_with_their_seats_and_filtered_by_state(portal: Portal) -> None:
    await matched(portal, "NM-1")
    match, _case, _people = await matched(portal, "NM-2")
    await accept_all(match)
    visitor = await portal.coordinator()

    page = await visitor.open("/matches")
    assert page.heading == "2 matches are under way"
    assert "AlmaNM-1, asked, no answer yet" in page.text

    accepted = await visitor.open("/matches?stage=accepted")
    assert "NM-2" in accepted.text
    assert "NM-1" not in accepted.text
    assert "No match is in this state" in (await visitor.open("/matches?stage=engaged")).text


async def test_an_open_match_shows_until_when_each_answer_is_awaited(portal: Portal) -> None:
    match, _case, _people = await matched(portal)

    page = await (await portal.coordinator()).open(f"/matches/{match}")

    assert page.heading == "NM-1: 0 of 2 have accepted"
    assert "answer by 27 November, 2:14, 3 days left" in page.text
    assert acts(page, match) == {"undo"}


async def test_the_filled_button_of_a_match_is_what_comes_next(portal: Portal) -> None:
    match, _case, _people = await matched(portal)
    visitor = await portal.coordinator()
    assert filled(await visitor.open(f"/matches/{match}")) == []
    await accept_all(match)

    assert filled(await visitor.open(f"/matches/{match}")) == ["See who has looked, and reply"]
    assert filled(await visitor.open(f"/matches/{match}/checks")) == []
    assert filled(await act(visitor, match, "clear")) == ["The letter is signed"]


async def test_a_yes_given_by_phone_is_recorded_with_the_coordinators_name(portal: Portal) -> None:
    match, _case, _people = await matched(portal)
    first = (await offers_of_match(match))[0]
    visitor = await portal.coordinator()
    page = await visitor.open(f"/matches/{match}")

    answer = await visitor.send(page, f"/offers/{first.id}/accept?match={match}")

    assert answer.heading == "NM-1: 1 of 2 have accepted"
    assert "The answer is recorded." in answer.text
    assert "Carmen Offer accepted" in answer.text


async def test_a_no_given_by_phone_ends_the_match_and_bars_the_pair(portal: Portal) -> None:
    match, of, [alma, _isidro] = await matched(portal)
    offer = next(one for one in await offers_of_match(match) if one.volunteer == alma.id)
    visitor = await portal.coordinator()
    page = await visitor.open(f"/matches/{match}")
    assert "the case waits again with its waiting time, and this volunteer is not asked for it again" in page.text

    answer = await visitor.send(page, f"/offers/{offer.id}/decline?match={match}", reason="no_time")

    assert answer.heading == "NM-1: this match has ended"
    assert await barred_for(of.id) == {alma.id}
    assert acts(answer, match) == set()


async def test_an_approval_is_undone_after_saying_what_that_means(portal: Portal) -> None:
    match, of, _people = await matched(portal)
    visitor = await portal.coordinator()
    assert "the proposal is open again" in (await visitor.open(f"/matches/{match}")).text

    answer = await act(visitor, match, "undo")

    assert "The approval is undone." in answer.text
    assert (await find_case(of.id)).state is CaseState.WAITLISTED


async def test_undoing_after_a_yes_warns_that_the_proposal_is_not_opened_again(portal: Portal) -> None:
    match, _case, _people = await matched(portal)
    await accept_all(match)

    page = await (await portal.coordinator()).open(f"/matches/{match}")

    assert "Somebody has accepted already." in page.text


async def test_a_match_goes_from_accepted_to_its_outcome_step_by_step(portal: Portal) -> None:
    match, of, _people = await matched(portal)
    await accept_all(match)
    visitor = await portal.coordinator()

    assert (await visitor.open(f"/matches/{match}")).heading == "NM-1: check for conflicts next"
    page = await act(visitor, match, "clear")
    assert page.heading == "NM-1: have the letter signed next"
    page = await act(visitor, match, "engage")
    assert page.heading == "NM-1: AlmaNM-1 is at work"
    page = await act(visitor, match, "close", text="Asylum granted.")
    assert page.heading == "NM-1 is closed"
    assert (await find_case(of.id)).outcome == "Asylum granted."
    assert acts(page, match) == set()


async def test_steps_are_not_skipped(portal: Portal) -> None:
    match, _case, _people = await matched(portal)
    visitor = await portal.coordinator()
    page = await visitor.open(f"/matches/{match}")
    fields = page.form(f"/matches/{match}/undo")

    answer = Page(await visitor.client.post(f"/matches/{match}/engage", data=fields))

    assert answer.status == 409
    assert (await find_match(match)).state is MatchState.OFFERED


async def test_a_conflict_on_a_seat_says_who_is_told_and_ends_the_match(portal: Portal) -> None:
    match, of, [_alma, isidro] = await matched(portal)
    await accept_all(match)
    held = next(one for one in await seats_of(match) if one.volunteer == isidro.id)
    visitor = await portal.coordinator()
    page = await visitor.open(f"/matches/{match}")
    assert "The rest of the team is told that the match has ended, not why." in page.text

    answer = await visitor.send(page, f"/seats/{held.id}/conflict")

    assert "The conflict is noted." in answer.text
    assert await barred_for(of.id) == {isidro.id}
    assert (await find_case(of.id)).state is CaseState.WAITLISTED


async def test_an_engagement_is_ended_with_a_reason_and_the_case_waits_again(portal: Portal) -> None:
    match, of, _people = await matched(portal)
    await accept_all(match)
    visitor = await portal.coordinator()
    await act(visitor, match, "clear")
    page = await act(visitor, match, "engage")
    assert "The work of this team ends here" in page.text

    answer = await act(visitor, match, "end", text="She moves to another state.")

    assert "She moves to another state." in answer.text
    after = await find_case(of.id)
    assert (after.state, after.waiting_since) == (CaseState.WAITLISTED, NOW)


async def test_an_offer_on_hold_is_decided_on_from_the_match(portal: Portal) -> None:
    match, _case, [alma, _isidro] = await matched(portal)
    await record_standing(alma.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=await coordinator(), now=NOW)
    offer = next(one for one in await offers_of_match(match) if one.volunteer == alma.id)
    visitor = await portal.coordinator()
    page = await visitor.open(f"/matches/{match}")
    assert "The offer to AlmaNM-1 is on hold" in page.text

    answer = await visitor.send(page, f"/offers/{offer.id}/thaw?match={match}")

    assert answer.heading == "NM-1: 0 of 2 have accepted"
    assert "The offer is open again" in answer.text
    thawed = next(one for one in await offers_of_match(match) if one.id == offer.id)
    assert thawed.state is OfferState.OPEN


async def test_matches_take_as_many_statements_for_three_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    assert (await counted(visitor, "/matches"))[0] == 3

    match, _case, _people = await matched(portal, "NM-1")
    assert (await counted(visitor, "/matches"))[0] == 4
    assert (await counted(visitor, f"/matches/{match}"))[0] == 7

    await matched(portal, "NM-2")
    await matched(portal, "NM-3")
    assert (await counted(visitor, "/matches"))[0] == 4
    assert (await counted(visitor, f"/matches/{match}"))[0] == 7


async def test_both_attorneys_are_shown_in_their_seats_and_the_case_says_that_it_asks_for_two(portal: Portal) -> None:
    two = await waiting(case("NM-2", attorneys=2))
    seats = seat(await joined(attorney("Alma"))), seat(await joined(attorney("Berta")), SeatRole.CO_COUNSEL)
    match = await offered(two, *seats, by=await coordinator(), at=portal.clinic)
    page = await (await portal.coordinator()).open(f"/matches/{match}")

    assert page.heading == "NM-2: 0 of 2 have accepted"
    assert "Attorney Alma" in page.text
    assert "Co-counsel Berta" in page.text
    assert "Attorneys two" in page.text


async def test_hours_are_noted_by_seat_with_the_outcome_and_shown_on_the_page(portal: Portal) -> None:
    match, _case, _people = await matched(portal)
    visitor = await portal.coordinator()
    await accept_all(match)
    await act(visitor, match, "clear")
    page = await act(visitor, match, "engage")
    alma, isidro = await seats_of(match)
    assert "Hours of AlmaNM-1, Attorney" in page.text

    wrong = await act(visitor, match, "close", text="Asylum granted.", **{f"hours-{alma.id}": "many"})
    assert (wrong.status, "such as 42 or 7.5" in wrong.text) == (422, True)
    hours = {f"hours-{alma.id}": "42,5", f"hours-{isidro.id}": ""}
    page = await act(visitor, match, "close", text="Asylum granted.", **hours)

    assert "gave 42.5 h" in page.text
    assert page.text.count("gave") == 1
    assert "Asylum granted., attorney 42.5 h" in page.text
