"""Swapping a seat on the pages: from the board to the choice, and what is told when it cannot be."""

from core.model.cases.case import Case
from core.model.people import Capacity, Volunteer
from core.model.vocabulary import PracticeArea, SeatRole
from core.services.matches import claiming
from tests.web.coordinator.scenes import counted, proposal_of, ran, team
from tests.web.portal import Portal
from tests.worlds import NOW, actor_of, attorney, case, interpreter, joined, seat, waiting


async def a_mam_team() -> tuple[Case, Volunteer, Volunteer, str, str]:
    """A case with an attorney and an interpreter; the addresses of the run and of the proposal."""
    only = await waiting(case("NM-1", languages=("mam",)))
    alma, isidro = await joined(attorney("Alma")), await joined(interpreter("Isidro"))
    run = await ran(team(only, seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es"))))
    return only, alma, isidro, f"/runs/{run}", f"/proposals/{(await proposal_of(only)).id}"


async def test_a_seat_is_swapped_from_the_board_and_the_swap_is_undone(portal: Portal) -> None:
    _only, _alma, isidro, run, path = await a_mam_team()
    juana, visitor = await joined(interpreter("Juana")), await portal.coordinator()
    assert f"{path}/swap" in (await visitor.open(run)).links

    page = await visitor.open(f"{path}/swap?seat={isidro.id}")
    assert page.heading == "Swap a seat of NM-1"
    assert "Who could take it instead of Isidro" in page.text
    assert "Juana · Mam and Spanish, Bernalillo, 2 free places Just as good" in page.text

    page = await visitor.send(page, f"{path}/swap", volunteer=str(juana.id))
    assert page.heading == "A team for NM-1"
    assert "Swapped. Nobody has been asked" in page.text
    assert "Juana · 1 more place free" in page.text
    assert "A coordinator chose one of these people." in page.text

    undo = next(form["action"] for form in page.forms if "/swap?" in form["action"])
    page = await visitor.send(page, undo)
    assert "Isidro · 1 more place free" in page.text


async def test_why_others_cannot_is_told_beside_their_names(portal: Portal) -> None:
    _only, alma, isidro, _run, path = await a_mam_team()
    await joined(interpreter("Karla", ("quc", "es")))
    await joined(attorney("Fina", practice={PracticeArea.FAMILY: 2}))
    visitor = await portal.coordinator()

    page = await visitor.open(f"{path}/swap?seat={isidro.id}")
    assert "Nobody else could take this seat" in page.text
    assert "Karla · K'iche' and Spanish" in page.text or "Karla · K’iche’ and Spanish" in page.text
    assert "the others of this team would not understand one another with this person" in page.text
    page = await visitor.open(f"{path}/swap?seat={alma.id}")
    assert "Fina · Bernalillo, 2 free places has not the level it asks for" in page.text


async def test_a_choice_that_cannot_be_made_is_told_on_the_page_and_the_choice_is_kept(portal: Portal) -> None:
    _only, _alma, isidro, _run, path = await a_mam_team()
    juana = await joined(interpreter("Juana"))
    karla, visitor = await joined(interpreter("Karla", ("quc", "es"))), await portal.coordinator()
    page = await visitor.open(f"{path}/swap?seat={isidro.id}")

    nobody = await visitor.send(page, f"{path}/swap")
    assert nobody.status == 422
    assert "Nobody was chosen. Choose a volunteer first." in nobody.text
    assert str(juana.id) in nobody.answer.text

    refused = await visitor.send(page, f"{path}/swap", volunteer=str(karla.id))
    assert refused.status == 422
    assert "Karla cannot take the interpreter seat of NM-1" in refused.text


async def test_a_swap_that_overbooks_somebody_is_told_before_and_after(portal: Portal) -> None:
    first, second = await waiting(case("NM-1")), await waiting(case("NM-2"))
    alma, berta = await joined(attorney("Alma")), await joined(attorney("Berta", capacity=Capacity(cases=1)))
    await ran(team(first, seat(alma)), team(second, seat(berta)))
    path, visitor = f"/proposals/{(await proposal_of(first)).id}", await portal.coordinator()

    page = await visitor.open(f"{path}/swap")
    assert "Only 1 place is free, and there are proposals for NM-2: not all" in page.text
    page = await visitor.send(page, f"{path}/swap", volunteer=str(berta.id))
    assert "on more open proposals now than there are free places" in page.text


async def test_neither_the_seat_of_a_claimant_nor_a_decided_team_can_be_swapped(portal: Portal) -> None:
    only, alma = await waiting(case("NM-1")), await joined(attorney("Alma"))
    claim = await claiming.claim_case(only.id, role=SeatRole.ATTORNEY, clinic=portal.clinic, by=actor_of(alma), now=NOW)
    visitor = await portal.coordinator()
    assert "No seat of this team can be swapped" in (await visitor.open(f"/proposals/{claim}/swap")).text

    await visitor.send(await visitor.open(f"/proposals/{claim}"), f"/proposals/{claim}/approve")
    assert "No seat of this team can be swapped" in (await visitor.open(f"/proposals/{claim}/swap")).text


async def test_the_choice_takes_as_many_statements_for_three_volunteers_as_for_one(portal: Portal) -> None:
    _only, alma, _isidro, _run, path = await a_mam_team()
    visitor = await portal.coordinator()
    await joined(attorney("Berta"))
    one = (await counted(visitor, f"{path}/swap?seat={alma.id}"))[0]
    for name in ("Carla", "Dora"):
        await joined(attorney(name))
    assert (await counted(visitor, f"{path}/swap?seat={alma.id}"))[0] == one
