"""Swapping a seat of a proposed team: who may have it, what becomes of the team, and what a swap cannot do."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from core.errors import Contradicts, NotAllowed, NotEligible, NotFound, TooLate
from core.model.cases.case import Case
from core.model.people import Capacity, Volunteer
from core.model.plans.teams import Proposal, Reserve
from core.model.states import ProposalState
from core.model.vocabulary import PracticeArea, SeatRole, VolunteerRole
from core.services.matches import approval, claiming, pinning, swapping
from core.store import audit
from core.store.database import Database
from core.store.matches import teams
from tests import worlds
from tests.worlds import NOW, actor_of, attorney, interpreter, joined, proposed, seat

ATTORNEY, INTERPRETER, MENTOR = SeatRole.ATTORNEY, SeatRole.INTERPRETER, SeatRole.MENTOR
MAM = ("mam", "es")


async def swap(proposal: UUID, went: Volunteer, came: Volunteer) -> swapping.Choice:
    """A coordinator swaps a seat."""
    return await swapping.swap_seat(
        proposal, leaver=went.id, newcomer=came.id, clinic=worlds.clinic(), by=await worlds.coordinator(), now=NOW
    )


async def choices(proposal: UUID, went: Volunteer, name: str = "") -> dict[str, swapping.Choice]:
    """Who could have the seat and who not, by name, in the order in which they are listed."""
    found = await swapping.choices_for(proposal, went.id, name=name, clinic=worlds.clinic(), now=NOW)
    return {one.person.name: one for one in found}


async def people_of(proposal: UUID) -> list[tuple[str, str]]:
    """The seats of a proposal: role and volunteer."""
    return [(str(one.role), one.volunteer) for one in (await teams.find_proposal(proposal)).team.seats]


async def a_mam_team() -> tuple[Case, Proposal, Volunteer, Volunteer]:
    """A case of a Mam speaker with an attorney and an interpreter into Spanish."""
    alma, isidro = await joined(attorney("Alma")), await joined(interpreter("Isidro"))
    case = await worlds.waiting(worlds.case("NM-1", languages=("mam",)))
    return case, await proposed(case, seat(alma), seat(isidro, INTERPRETER, MAM)), alma, isidro


async def test_a_seat_goes_to_somebody_else_in_one_step_with_its_event_and_back(database: Database) -> None:
    case, proposal, alma, isidro = await a_mam_team()
    juana = await joined(interpreter("Juana"))

    await swap(proposal.id, isidro, juana)

    found = await teams.find_proposal(proposal.id)
    assert found.state is ProposalState.OPEN
    assert await people_of(proposal.id) == [("attorney", str(alma.id)), ("interpreter", str(juana.id))]
    link = found.team.seats[1]
    assert (link.from_language, link.to_language, link.fact) == (*MAM, "1 more place free")
    assert link.scores["interpreter_use"] == -60.0
    assert link.score == pytest.approx(sum(link.scores.values()))
    assert [one.volunteer for one in link.reserves] == [str(isidro.id)]
    assert found.team.score == pytest.approx(sum(one.score for one in found.team.seats))
    (event,) = [one for one in await audit.events_of([case.id]) if one.kind == "seat_swapped"]
    assert (event.detail["role"], event.detail["went"], event.detail["came"]) == (
        "interpreter",
        str(isidro.id),
        str(juana.id),
    )

    await swap(proposal.id, juana, isidro)
    assert await people_of(proposal.id) == [("attorney", str(alma.id)), ("interpreter", str(isidro.id))]


async def test_a_swapped_team_is_approved_and_the_newcomer_gets_the_offer(database: Database) -> None:
    _case, proposal, _alma, isidro = await a_mam_team()
    juana, by = await joined(interpreter("Juana")), await worlds.coordinator()
    await swap(proposal.id, isidro, juana)
    match = await approval.approve_proposal(proposal.id, clinic=worlds.clinic(), by=by, now=NOW)
    offered = {one.volunteer for one in await teams.offers_of_match(match)}
    assert juana.id in offered
    assert isidro.id not in offered


async def test_choices_come_best_first_with_their_difference_and_others_with_what_is_against_them(
    database: Database,
) -> None:
    alma = await joined(attorney("Alma", interests=(PracticeArea.ASYLUM,)))
    await joined(attorney("Berta"))
    await joined(attorney("Carla", county="Harris", us_state="TX"))
    await joined(attorney("Dora", practice={PracticeArea.FAMILY: 3}))
    case = await worlds.waiting(worlds.case("NM-1"))
    proposal = await proposed(case, seat(alma))

    found = await choices(proposal.id, alma)

    assert list(found) == ["Berta", "Carla", "Dora"]
    assert found["Berta"].behind == pytest.approx(10.0), "the interest of Alma, and no bonus for being proposed"
    assert found["Carla"].behind > found["Berta"].behind
    assert [one.code for one in found["Dora"].against] == ["skill"]
    assert list(await choices(proposal.id, alma, name="bert")) == ["Berta"]


async def test_what_a_claim_and_an_approval_refuse_a_swap_refuses(database: Database) -> None:
    by, alma, case = await worlds.coordinator(), await joined(attorney("Alma")), await worlds.waiting()
    berta, novice = await joined(attorney("Berta")), await joined(attorney("Nora", practice={PracticeArea.FAMILY: 1}))
    full = await joined(attorney("Fina", capacity=Capacity(cases=0)))
    proposal = await proposed(case, seat(alma))
    await pinning.forbid_pair(case.id, volunteer=berta.id, reason="Kin.", by=by, now=NOW)
    for who, said in ((berta, "ruled out"), (novice, "level"), (full, "has no free place")):
        with pytest.raises(NotEligible, match=f"{who.name} cannot take the attorney seat.*{said}"):
            await swap(proposal.id, alma, who)
    assert await people_of(proposal.id) == [("attorney", str(alma.id))]


async def test_the_rest_of_the_team_must_do_for_the_newcomer(database: Database) -> None:
    _case, proposal, alma, isidro = await a_mam_team()
    english = await joined(attorney("Emma", languages=()))
    learner = await joined(attorney("Lena", practice={PracticeArea.ASYLUM: 1}))
    k_iche = await joined(interpreter("Karla", ("quc", "es")))
    for went, came, code in ((alma, english, "chain"), (alma, learner, "needs_mentor"), (isidro, k_iche, "chain")):
        assert code in [one.code for one in (await choices(proposal.id, went))[came.name].against]
        with pytest.raises(NotEligible):
            await swap(proposal.id, went, came)
    with pytest.raises(NotEligible, match="on this team already"):
        await swap(proposal.id, alma, replace(isidro))


async def test_who_is_not_needed_with_the_newcomer_is_let_go(database: Database) -> None:
    alma, isidro = await joined(attorney("Alma", practice={PracticeArea.ASYLUM: 1})), await joined(interpreter())
    guide = await joined(attorney("Gloria", roles=(VolunteerRole.MENTOR,), practice={PracticeArea.ASYLUM: 4}))
    case = await worlds.waiting(worlds.case("NM-1", languages=("mam",)))
    proposal = await proposed(case, seat(alma), seat(isidro, INTERPRETER, MAM), seat(guide, MENTOR))
    mam = worlds.interpreter("x", ("mam", "en")).languages
    speaker = await joined(attorney("Sol", languages=mam))

    assert set((await choices(proposal.id, alma))["Sol"].team.let_go) == {str(isidro.id), str(guide.id)}
    await swap(proposal.id, alma, speaker)

    assert await people_of(proposal.id) == [("attorney", str(speaker.id))]


async def test_a_claim_and_a_pin_keep_their_seats(database: Database) -> None:
    by, alma, berta = await worlds.coordinator(), await joined(attorney("Alma")), await joined(attorney("Berta"))
    claimed, pinned = await worlds.waiting(), await worlds.waiting()
    claim = await claiming.claim_case(claimed.id, role=ATTORNEY, clinic=worlds.clinic(), by=actor_of(alma), now=NOW)
    proposal = await proposed(pinned, seat(alma))
    await pinning.pin_seat(
        pinned.id, volunteer=alma.id, role=ATTORNEY, reason="Kept.", clinic=worlds.clinic(), by=by, now=NOW
    )
    with pytest.raises(Contradicts, match="has claimed the case"):
        await swap(claim, alma, berta)
    with pytest.raises(Contradicts, match="pinned"):
        await swap(proposal.id, alma, berta)


async def test_what_she_is_promised_elsewhere_takes_her_places_and_other_proposals_are_told(database: Database) -> None:
    by, alma = await worlds.coordinator(), await joined(attorney("Alma", capacity=Capacity(cases=4)))
    berta = await joined(attorney("Berta", capacity=Capacity(cases=2)))
    case, other, third = [await worlds.waiting(worlds.case(f"NM-{n}")) for n in (1, 2, 3)]
    await proposed(other, seat(berta))
    proposal = await proposed(case, seat(alma))

    one = (await choices(proposal.id, alma))["Berta"]
    assert (one.left, one.proposed, one.overbooked) == (2, ("NM-2",), False)

    await pinning.pin_seat(
        third.id, volunteer=berta.id, role=ATTORNEY, reason="Kept.", clinic=worlds.clinic(), by=by, now=NOW
    )
    one = (await choices(proposal.id, alma))["Berta"]
    assert (one.left, one.proposed, one.overbooked) == (1, ("NM-2",), True)
    assert (await swap(proposal.id, alma, berta)).overbooked

    await pinning.pin_seat(
        other.id, volunteer=berta.id, role=ATTORNEY, reason="Kept.", clinic=worlds.clinic(), by=by, now=NOW
    )
    with pytest.raises(NotEligible, match="has no free place"):
        await swap((await proposed(await worlds.waiting(), seat(alma))).id, alma, berta)


async def test_a_decided_proposal_a_stranger_and_a_volunteer_change_nothing(database: Database) -> None:
    by, alma, berta = await worlds.coordinator(), await joined(attorney("Alma")), await joined(attorney("Berta"))
    proposal = await proposed(await worlds.waiting(), seat(alma))
    with pytest.raises(NotFound, match="not on the team"):
        await swap(proposal.id, berta, alma)
    with pytest.raises(NotAllowed):
        await swapping.swap_seat(
            proposal.id, leaver=alma.id, newcomer=berta.id, clinic=worlds.clinic(), by=actor_of(alma), now=NOW
        )
    await approval.reject_proposal(proposal.id, reason="Not now.", by=by, now=NOW)
    with pytest.raises(TooLate, match="decided already"):
        await swap(proposal.id, alma, berta)


async def test_an_approval_that_looked_at_the_team_before_a_swap_is_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    alma, berta = await joined(attorney("Alma")), await joined(attorney("Berta"))
    proposal, by = await proposed(await worlds.waiting(), seat(alma)), await worlds.coordinator()
    lock = teams.lock_volunteers

    async def meanwhile(keys: list[UUID]) -> None:
        """Another coordinator's swap comes between reading the team and deciding on it."""
        await lock(keys)
        before = await teams.find_proposal(proposal.id)
        await teams.update_team(proposal.id, replace(before.team, seats=(seat(berta),)))

    monkeypatch.setattr(teams, "lock_volunteers", meanwhile)
    with pytest.raises(TooLate, match="changed this team a moment ago"):
        await approval.approve_proposal(proposal.id, clinic=worlds.clinic(), by=by, now=NOW)
    assert (await teams.find_proposal(proposal.id)).state is ProposalState.OPEN


async def test_the_reserves_of_a_seat_lose_the_newcomer_and_keep_the_others(database: Database) -> None:
    alma, berta, carla = [await joined(attorney(name)) for name in ("Alma", "Berta", "Carla")]
    case = await worlds.waiting()
    kept = tuple(Reserve(str(one.id), 1.0) for one in (berta, carla))
    proposal = await proposed(case, replace(seat(alma), reserves=kept))

    await swap(proposal.id, alma, berta)

    (only,) = (await teams.find_proposal(proposal.id)).team.seats
    assert [one.volunteer for one in only.reserves] == [str(alma.id), str(carla.id)]


async def test_co_counsel_is_swapped_like_any_seat_and_the_lead_stays(database: Database) -> None:
    lead, second, third = [await joined(attorney(name)) for name in ("Alma", "Berta", "Carla")]
    case = await worlds.waiting(worlds.case("NM-1", attorneys=2))
    proposal = await proposed(case, seat(lead), seat(second, SeatRole.CO_COUNSEL))

    await swap(proposal.id, second, third)

    assert await people_of(proposal.id) == [("attorney", str(lead.id)), ("co_counsel", str(third.id))]
