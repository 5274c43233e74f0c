"""Pinning a volunteer to a seat and ruling one out, as a coordinator does it on the pages; and undoing both."""

import re

from core.model.cases.case import Case
from core.model.people import Capacity, Volunteer
from core.model.vocabulary import PracticeArea, SeatRole, Standing
from core.services.matches import claiming
from core.services.rosters import standings
from core.store.matches.settled import settled_for
from core.store.matches.teams import open_proposals
from tests.web.coordinator.scenes import counted, proposal_of, ran, team
from tests.web.portal import Page, Portal
from tests.worlds import NOW, actor_of, attorney, case, coordinator, interpreter, joined, seat, waiting


async def a_proposed_team() -> tuple[Case, Volunteer, str]:
    """A case with a proposed attorney; the address of the proposal."""
    only, alma = await waiting(case("NM-1")), await joined(attorney("Alma"))
    await ran(team(only, seat(alma)))
    return only, alma, f"/proposals/{(await proposal_of(only)).id}"


def acts(page: Page) -> set[str]:
    """What the forms of a page do, by the last part of their address."""
    return {form["action"].rsplit("/", 1)[-1] for form in page.forms}


async def test_a_proposed_seat_is_pinned_with_a_reason_and_the_pin_is_undone(portal: Portal) -> None:
    only, _alma, path = await a_proposed_team()
    visitor = await portal.coordinator()

    page = await visitor.send(await visitor.open(path), f"/cases/{only.id}/pin", text="Knows the family.")

    assert page.heading == "NM-1 has a proposed team"
    assert "Pinned. Every run keeps the seat for this volunteer until you undo it." in page.text
    assert "Alma pinned as attorney Knows the family. Carmen ·" in page.text
    assert "A volunteer pinned to a seat" in page.text
    assert "Pinned" in (await visitor.open(path)).text
    assert not acts(await visitor.open(path)) & {"pin", "forbid"}

    (made,) = await settled_for(only.id)
    page = await visitor.send(page, f"/settled/{made.id}/lift")
    assert "Undone. The next run is free to decide." in page.text
    assert "Nothing: the matcher decides freely" in page.text
    assert await settled_for(only.id) == []


async def test_a_proposed_volunteer_is_ruled_out_and_her_proposal_is_taken_down(portal: Portal) -> None:
    only, _alma, path = await a_proposed_team()
    visitor = await portal.coordinator()

    page = await visitor.send(await visitor.open(path), f"/cases/{only.id}/forbid", text="Same town.")

    assert page.heading == "NM-1 waits for a team"
    assert "Alma ruled out Same town." in page.text
    assert await open_proposals(case=only.id) == []

    (made,) = await settled_for(only.id)
    assert "Undone." in (await visitor.send(page, f"/settled/{made.id}/lift")).text


async def test_a_reason_is_asked_for(portal: Portal) -> None:
    only, alma, path = await a_proposed_team()
    visitor = await portal.coordinator()

    answer = await visitor.send(await visitor.open(path), f"/cases/{only.id}/pin", text="  ")

    assert answer.status == 422
    assert answer.heading == "Settle a seat of NM-1"
    assert "Write in a few words why." in answer.text
    assert re.search(rf'value="{alma.id}" required checked', answer.answer.text), "the choice is kept"
    assert await settled_for(only.id) == []


async def test_a_choice_of_nobody_is_told_beside_the_names_and_the_words_are_kept(portal: Portal) -> None:
    only, _alma, _path = await a_proposed_team()
    visitor = await portal.coordinator()
    page = await visitor.open(f"/cases/{only.id}/settle")

    for act in ("pin", "forbid"):
        answer = Page(
            await visitor.client.post(
                f"/cases/{only.id}/{act}", data=page.form(f"/cases/{only.id}/pin") | {"text": "Same town."}
            )
        )
        assert answer.status == 422
        assert "Nobody was chosen. Choose a volunteer first." in answer.text
        assert 'value="Same town."' in answer.answer.text


async def test_somebody_else_is_chosen_among_those_who_offer_the_seat_whom_the_rules_allow_first(
    portal: Portal,
) -> None:
    only = await waiting(case("NM-1", languages=("mam",)))
    isidro = await joined(interpreter("Isidro"))
    await joined(interpreter("Abril", ("ht", "en")))
    await joined(attorney("Alma"))
    visitor = await portal.coordinator()

    page = await visitor.open(f"/cases/{only.id}/settle?role=interpreter")
    assert page.text.index("Isidro") < page.text.index("Abril")
    assert "Isidro · Mam and Spanish, Bernalillo, 2 free places" in page.text
    assert "2 free places does not interpret a language of the client: only as the second link of a relay" in page.text
    assert "Alma" not in page.text
    assert "Isidro" not in (await visitor.open(f"/cases/{only.id}/settle?role=interpreter&name=abr")).text

    given = {"volunteer": str(isidro.id), "role": "interpreter", "text": "The client trusts him."}
    page = await visitor.send(page, f"/cases/{only.id}/pin", **given)
    assert "Isidro pinned as interpreter The client trusts him." in page.text
    (made,) = await settled_for(only.id)
    assert (made.role, made.volunteer) == (SeatRole.INTERPRETER, isidro.id)


async def test_a_pin_against_a_rule_is_refused_with_the_rules_sentence(portal: Portal) -> None:
    only, visitor = await waiting(case("NM-1", skill_level=4)), await portal.coordinator()
    novice = await joined(attorney("Nora", practice={PracticeArea.ASYLUM: 1}))
    page = await visitor.open(f"/cases/{only.id}/settle")
    assert "Nora · Bernalillo, 2 free places has not the level it asks for" in page.text

    answer = await visitor.send(page, f"/cases/{only.id}/pin", volunteer=str(novice.id), text="She asked for it.")

    assert answer.status == 422
    assert "Nora cannot be pinned to the attorney seat of NM-1: No" in answer.text


async def test_a_pin_that_contradicts_another_is_refused_in_a_plain_sentence(portal: Portal) -> None:
    only, _alma, path = await a_proposed_team()
    berta, visitor = await joined(attorney("Berta")), await portal.coordinator()
    page = await visitor.open(f"/cases/{only.id}/settle")
    await visitor.send(await visitor.open(path), f"/cases/{only.id}/pin", text="Knows the family.")

    answer = await visitor.send(page, f"/cases/{only.id}/pin", volunteer=str(berta.id), text="Speaks well.")

    assert answer.status == 409
    assert answer.heading == "This contradicts what was settled before"
    assert "The attorney seat of NM-1 is pinned to somebody already. Undo that pin first." in answer.text


async def test_a_pin_that_cannot_be_kept_any_more_is_flagged_with_what_is_against_it(portal: Portal) -> None:
    only, alma, path = await a_proposed_team()
    visitor = await portal.coordinator()
    await visitor.send(await visitor.open(path), f"/cases/{only.id}/pin", text="Knows the family.")
    assert "cannot be kept" not in (await visitor.open(f"/cases/{only.id}")).text

    by = await coordinator()
    await standings.record_standing(alma.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=by, now=NOW)

    page = await visitor.open(f"/cases/{only.id}")
    assert "This pin cannot be kept now: is not known to be in good standing" in page.text


async def test_the_seat_of_a_claimant_is_neither_pinned_nor_ruled_out(portal: Portal) -> None:
    only, alma = await waiting(case("NM-1")), await joined(attorney("Alma"))
    claim = await claiming.claim_case(only.id, role=SeatRole.ATTORNEY, clinic=portal.clinic, by=actor_of(alma), now=NOW)

    page = await (await portal.coordinator()).open(f"/proposals/{claim}")

    assert not acts(page) & {"pin", "forbid"}


async def test_a_volunteer_is_told_that_a_seat_is_kept_for_somebody_else(portal: Portal) -> None:
    only, _alma, path = await a_proposed_team()
    visitor = await portal.coordinator()
    await visitor.send(await visitor.open(path), f"/cases/{only.id}/pin", text="Knows the family.")
    berta = await joined(attorney("Berta"))

    page = await (await portal.volunteer(berta)).open(f"/cases/{only.id}")

    assert "This seat is kept for somebody else" in page.text
    assert "Knows the family." not in page.text
    assert "claim" not in acts(page)


async def test_a_case_that_is_worked_on_offers_neither(portal: Portal) -> None:
    only, _alma, path = await a_proposed_team()
    visitor = await portal.coordinator()
    await visitor.send(await visitor.open(path), f"{path}/approve")
    page = await visitor.open(path)
    assert not acts(page) & {"pin", "forbid"}
    assert "Rule somebody out" in (await visitor.open(f"/cases/{only.id}")).text
    assert "Pin to this seat" not in (await visitor.open(f"/cases/{only.id}/settle")).text


async def test_the_choice_takes_as_many_statements_for_three_volunteers_as_for_one(portal: Portal) -> None:
    only, visitor = await waiting(case("NM-1")), await portal.coordinator()
    await joined(attorney("Alma", capacity=Capacity(cases=1)))
    one = (await counted(visitor, f"/cases/{only.id}/settle"))[0]
    for name in ("Berta", "Carla"):
        await joined(attorney(name))
    assert (one, (await counted(visitor, f"/cases/{only.id}/settle"))[0]) == (14, 14)


async def test_the_seat_of_co_counsel_is_there_to_be_settled_only_where_the_case_asks_for_two(portal: Portal) -> None:
    one, two = await waiting(case("NM-1")), await waiting(case("NM-2", attorneys=2))
    visitor = await portal.coordinator()

    assert "Co-counsel" not in (await visitor.open(f"/cases/{one.id}/settle?role=co_counsel")).text
    assert "Co-counsel" in (await visitor.open(f"/cases/{two.id}/settle?role=co_counsel")).text
