"""Approving, undoing and rejecting, one proposal or many."""

from uuid import uuid4

from core.model.cases.case import Case
from core.model.people import Capacity, Volunteer
from core.model.plans.teams import RunnerUp
from core.model.states import CaseState, ProposalState
from core.model.vocabulary import SeatRole
from core.services.matches import claiming
from core.store.cases.cases import barred_for, find_case
from core.store.matches.teams import find_proposal, live_match_of
from tests.web.coordinator.scenes import counted, proposal_of, ran, reserve, team
from tests.web.portal import Page, Portal
from tests.worlds import NOW, actor_of, attorney, case, joined, seat, waiting


async def board(*refs: str, places: int = 9) -> tuple[str, list[Case], Volunteer]:
    """A board on which one attorney is proposed for each of these cases."""
    alma = await joined(attorney("Alma", capacity=Capacity(cases=places)))
    cases = [await waiting(case(ref)) for ref in refs]
    run = await ran(*[team(one, seat(alma)) for one in cases])
    return f"/runs/{run}", cases, alma


def ticked(page: Page) -> list[str]:
    """The proposals that the board has ticked."""
    boxes = page.answer.text.split('type="checkbox" name="proposal"')[1:]
    return [box.split('value="')[1].split('"')[0] for box in boxes if " checked>" in box.split("\n")[0]]


async def test_approving_sends_the_offers_and_leads_back_to_the_board_with_an_undo(portal: Portal) -> None:
    path, [one, _two], _alma = await board("NM-1", "NM-2")
    visitor = await portal.coordinator()

    page = await visitor.send(await visitor.open(path), f"/proposals/{(await proposal_of(one)).id}/approve")

    assert page.heading == "1 proposal for 1 waiting case"
    assert "Approved. The offers are out." in page.text
    assert (await find_case(one.id)).state is CaseState.MATCHED


async def test_an_approval_can_be_undone_from_the_message_that_reports_it(portal: Portal) -> None:
    path, [one], _alma = await board("NM-1")
    visitor = await portal.coordinator()
    page = await visitor.send(await visitor.open(path), f"/proposals/{(await proposal_of(one)).id}/approve")
    (undo,) = [form["action"] for form in page.forms if form["action"].endswith("/undo")]

    answer = await visitor.send(page, undo)

    assert "The approval is undone." in answer.text
    assert (await find_case(one.id)).state is CaseState.WAITLISTED
    assert (await proposal_of(one)).state is ProposalState.OPEN


async def test_rejecting_says_what_follows_needs_a_reason_and_bars_the_pair(portal: Portal) -> None:
    path, [one], alma = await board("NM-1")
    proposal = await proposal_of(one)
    visitor = await portal.coordinator()
    page = await visitor.open(f"/proposals/{proposal.id}")
    assert "the people of this team are not proposed for it any more" in page.text

    assert (await visitor.send(page, f"/proposals/{proposal.id}/reject", text="")).status == 422
    answer = await visitor.send(page, f"/proposals/{proposal.id}/reject", text="She asked for a rest.")

    assert str(answer.answer.url).startswith(f"http://portal.test{path}?")
    assert "Rejected. The case goes on waiting." in answer.text
    assert await barred_for(one.id) == {alma.id}
    assert (await find_proposal(proposal.id)).state is ProposalState.REJECTED


async def test_a_proposal_shows_the_numbers_and_who_could_step_in(portal: Portal) -> None:
    one, alma, bea = await waiting(case("NM-1")), await joined(attorney("Alma")), await joined(attorney("Bea"))
    cora, planned = await joined(attorney("Cora")), seat(alma)
    await ran(
        team(
            one,
            type(planned)(
                role=SeatRole.ATTORNEY,
                volunteer=str(alma.id),
                score=120.0,
                scores={"waiting": 120.0},
                reserves=(reserve(bea.id, 108.0),),
                runner_up=RunnerUp(str(cora.id), 119.0, "case", "NM-2"),
            ),
        )
    )
    visitor = await portal.coordinator()

    page = await visitor.open(f"/proposals/{(await proposal_of(one)).id}")

    assert page.heading == "A team for NM-1"
    assert "Waiting +120" in page.text
    assert "Next: Bea (12 lower)." in page.text
    assert "Cora comes next, and is needed more for NM-2." in page.text


async def test_the_chosen_ones_are_approved_one_by_one_and_the_others_say_why_not(portal: Portal) -> None:
    path, cases, _alma = await board("NM-1", "NM-2", "NM-3", places=2)
    proposals = [str((await proposal_of(one)).id) for one in cases]
    visitor = await portal.coordinator()

    page = await visitor.send(await visitor.open(path), "/proposals/approve", proposal=proposals)

    assert page.heading == "2 of 3 teams are approved"
    assert "Alma has no free place any more." in page.text
    states = [(await find_case(one.id)).state for one in cases]
    assert states == [CaseState.MATCHED, CaseState.MATCHED, CaseState.WAITLISTED]
    assert len([form for form in page.forms if form["action"].endswith("/undo")]) == 2


async def test_choosing_none_or_nonsense_changes_nothing_and_says_so(portal: Portal) -> None:
    path, [one], _alma = await board("NM-1")
    visitor = await portal.coordinator()
    page = await visitor.open(path)
    fields = page.form("/proposals/approve")

    none = Page(await visitor.client.post("/proposals/approve", data={**fields, "which": ""}))
    assert none.status == 422
    assert "No team was chosen." in none.text

    nonsense = Page(await visitor.client.post("/proposals/approve", data={**fields, "which": "", "proposal": "x"}))
    assert nonsense.status == 422

    unknown = Page(
        await visitor.client.post("/proposals/approve", data={**fields, "which": "", "proposal": str(uuid4())})
    )
    assert unknown.heading == "0 of 1 team is approved"
    assert (await find_case(one.id)).state is CaseState.WAITLISTED


async def test_all_clear_ones_are_approved_at_once_and_a_claim_is_not_among_them(portal: Portal) -> None:
    path, cases, _alma = await board("NM-1", "NM-2")
    wanted, cora = await waiting(case("NM-3")), await joined(attorney("Cora"))
    await claiming.claim_case(wanted.id, role=SeatRole.ATTORNEY, clinic=portal.clinic, by=actor_of(cora), now=NOW)
    visitor = await portal.coordinator()
    page = await visitor.open(path)
    assert "Approve all 2 clear" in page.text
    assert sorted(ticked(page)) == sorted([str((await proposal_of(one)).id) for one in cases])

    answer = await visitor.send(page, "/proposals/approve")

    assert answer.heading == "2 teams are approved"
    assert [(await find_case(one.id)).state for one in cases] == [CaseState.MATCHED] * 2
    assert await live_match_of(wanted.id) is None


async def test_approving_all_of_a_board_that_was_replaced_is_refused(portal: Portal) -> None:
    path, [one], alma = await board("NM-1")
    visitor = await portal.coordinator()
    page = await visitor.open(path)
    await ran(team(one, seat(alma)))

    answer = await visitor.send(page, "/proposals/approve")

    assert answer.status == 409
    assert "A newer run has replaced the proposals that you saw." in answer.text
    assert (await find_case(one.id)).state is CaseState.WAITLISTED


async def test_a_decided_proposal_offers_no_second_decision(portal: Portal) -> None:
    _path, [one], _alma = await board("NM-1")
    proposal = await proposal_of(one)
    visitor = await portal.coordinator()
    page = await visitor.open(f"/proposals/{proposal.id}")
    await visitor.send(page, f"/proposals/{proposal.id}/approve")

    late = await visitor.send(page, f"/proposals/{proposal.id}/approve")
    assert late.status == 409

    now = await visitor.open(f"/proposals/{proposal.id}")
    assert "This proposal is decided: approved." in now.text
    assert [form["action"] for form in now.forms] == ["/sign-out"]


async def test_a_proposal_takes_six_statements(portal: Portal) -> None:
    _path, [one], _alma = await board("NM-1")

    assert (await counted(await portal.coordinator(), f"/proposals/{(await proposal_of(one)).id}"))[0] == 6
