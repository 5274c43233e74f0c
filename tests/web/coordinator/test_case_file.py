"""A case as coordinators read it, and what they may do before it has a team."""

from datetime import timedelta

from core.model.people import SYSTEM
from core.model.plans.teams import Unmatched
from core.model.states import CaseState
from core.model.vocabulary import DeclineReason, SeatRole
from core.services.cases import intake
from core.services.matches import approval, claiming, responding
from core.store.cases.cases import find_case
from core.store.matches.teams import offers_of_match, open_proposals
from tests.web.coordinator.scenes import counted, ran, team
from tests.web.portal import Page, Portal
from tests.worlds import (
    NOW,
    actor_of,
    attorney,
    case,
    coordinator,
    found_eligible,
    interpreter,
    joined,
    offered,
    seat,
    waiting,
)


def actions(page: Page) -> list[str]:
    """What the forms of a page do, by the last part of their address."""
    return [form["action"].rsplit("/", 1)[-1] for form in page.forms]


async def test_a_case_without_a_team_says_why_and_leads_to_those_like_it(portal: Portal) -> None:
    far = await waiting(case("NM-1"), now=NOW - timedelta(days=31))
    await ran(unmatched=[Unmatched(far.ref, "location", "In person in Taos, and nobody within reach.")])

    page = await (await portal.coordinator()).open(f"/cases/{far.id}")

    assert page.heading == "NM-1 waits for a team"
    assert "Waiting 31 days" in page.text
    assert "In person in Taos, and nobody within reach." in page.text
    assert "/waitlist?why=location" in page.links


async def test_a_proposed_team_is_shown_with_its_chain_and_the_way_to_decide(portal: Portal) -> None:
    mam = await waiting(case("NM-1", languages=("mam",)))
    alma, isidro = await joined(attorney("Alma")), await joined(interpreter("Isidro"))
    await ran(team(mam, seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")), why="Nobody else speaks Mam."))

    page = await (await portal.coordinator()).open(f"/cases/{mam.id}")

    assert page.heading == "NM-1 has a proposed team"
    assert "The client speaks Mam with the interpreter, who speaks Spanish with the attorney" in page.text
    assert "Nobody else speaks Mam." in page.text
    (proposal,) = await open_proposals(case=mam.id)
    assert f"/proposals/{proposal.id}" in page.links


async def test_whoever_declined_is_listed_with_the_reason_and_the_history_tells_it(portal: Portal) -> None:
    once, alma = await waiting(case("NM-1")), await joined(attorney("Alma"))
    match = await offered(once, seat(alma), by=await coordinator(), at=portal.clinic)
    (offer,) = await offers_of_match(match)
    await responding.decline_offer(offer.id, reason=DeclineReason.NO_TIME, by=actor_of(alma), now=NOW)

    page = await (await portal.coordinator()).open(f"/cases/{once.id}")

    assert "Alma has no time for it" in page.text
    assert "Offer declined" in page.text
    assert "Back on the waitlist, its waiting time kept" in page.text
    assert f"/matches/{match}" in page.links


async def test_a_rejected_team_is_in_the_history_of_its_case(portal: Portal) -> None:
    once, alma = await waiting(case("NM-1")), await joined(attorney("Alma"))
    await ran(team(once, seat(alma)))
    (proposal,) = await open_proposals(case=once.id)
    await approval.reject_proposal(proposal.id, reason="A better one will come.", by=await coordinator(), now=NOW)

    page = await (await portal.coordinator()).open(f"/cases/{once.id}")

    assert "Carmen Proposal rejected" in page.text
    assert "Alma was on a team that was rejected" in page.text


async def test_a_claimed_case_says_that_it_is_held(portal: Portal) -> None:
    wanted, cora = await waiting(case("NM-1")), await joined(attorney("Cora"))
    await claiming.claim_case(wanted.id, role=SeatRole.ATTORNEY, clinic=portal.clinic, by=actor_of(cora), now=NOW)

    page = await (await portal.coordinator()).open(f"/cases/{wanted.id}")

    assert page.heading == "NM-1 is claimed by Cora"
    assert "no other volunteer sees it meanwhile" in page.text


async def test_withdrawing_says_what_will_happen_and_asks_for_the_reason(portal: Portal) -> None:
    matched, alma = await waiting(case("NM-1")), await joined(attorney("Alma"))
    await offered(matched, seat(alma), by=await coordinator(), at=portal.clinic)
    visitor = await portal.coordinator()
    page = await visitor.open(f"/cases/{matched.id}")
    assert "Its team is released and told that nothing more is needed. This cannot be undone." in page.text

    refused = await visitor.send(page, f"/cases/{matched.id}/withdraw", text="  ")
    assert refused.status == 422
    assert (await find_case(matched.id)).state is CaseState.MATCHED

    answer = await visitor.send(page, f"/cases/{matched.id}/withdraw", text="The client moved away.")
    assert answer.heading == "NM-1 was withdrawn"
    assert "The client moved away." in answer.text
    assert "withdraw" not in actions(answer)


async def test_a_new_case_is_screened_and_put_on_the_waitlist(portal: Portal) -> None:
    new = await intake.receive_case(case("NM-1"), by=SYSTEM, now=NOW)
    visitor = await portal.coordinator()

    page = await visitor.open(f"/cases/{new.id}")
    assert page.heading == "NM-1 waits to be screened"
    assert "/intake?shown=received" in page.links
    page = await visitor.send(page, f"/cases/{new.id}/screen")
    assert page.heading == "NM-1 is being screened"
    assert "/intake?shown=screening" in page.links
    await found_eligible(new)
    page = await visitor.send(page, f"/cases/{new.id}/waitlist")
    assert page.heading == "NM-1 waits for a team"
    assert "/intake?shown=screening" not in page.links
    assert "Put on the waitlist" in page.text


async def test_a_case_can_be_declined_at_screening_and_not_later(portal: Portal) -> None:
    new = await intake.receive_case(case("NM-1"), by=SYSTEM, now=NOW)
    await intake.begin_screening(new.id, by=SYSTEM, now=NOW)
    visitor = await portal.coordinator()

    page = await visitor.open(f"/cases/{new.id}")
    answer = await visitor.send(page, f"/cases/{new.id}/turn-down", text="Outside of what we do.")
    assert answer.heading == "NM-1 was declined"
    assert actions(answer) == ["sign-out", "reopen"]

    late = await visitor.send(page, f"/cases/{new.id}/waitlist")
    assert late.status == 409


async def test_a_case_file_takes_as_many_statements_for_three_matches_as_for_one(portal: Portal) -> None:
    of, by = await waiting(case("NM-1")), await coordinator()
    visitor = await portal.coordinator()
    assert (await counted(visitor, f"/cases/{of.id}"))[0] == 13

    async def another_no(name: str) -> None:
        person = await joined(attorney(name))
        match = await offered(of, seat(person), by=by, at=portal.clinic)
        (offer,) = await offers_of_match(match)
        await responding.decline_offer(offer.id, reason=DeclineReason.NO_TIME, by=actor_of(person), now=NOW)

    await another_no("Alma")
    assert (await counted(visitor, f"/cases/{of.id}"))[0] == 14

    await another_no("Bea")
    await another_no("Cora")
    assert (await counted(visitor, f"/cases/{of.id}"))[0] == 14
