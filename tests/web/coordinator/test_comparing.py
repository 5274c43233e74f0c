"""Two runs side by side, and an old run as it was."""

from uuid import UUID

import pytest

from core.model.plans.teams import Unmatched
from core.model.states import CaseState
from core.services.matches.pinning import forbid_pair
from core.services.runs.proposing import perform_run, request_run
from core.store.cases.cases import move_case
from core.store.matches.plans import drop_plan
from tests.web.coordinator.scenes import counted, ran, team
from tests.web.portal import Portal
from tests.worlds import NOW, attorney, case, coordinator, interpreter, joined, seat, waiting

pytestmark = pytest.mark.usefixtures("matched_here")


async def two_runs() -> tuple[str, str]:
    """One case gains a team, one loses it, one changes its attorney, one stays, one left the waitlist."""
    gains, loses, changes, stays, left = [await waiting(case(f"NM-{n}")) for n in range(1, 6)]
    people = [await joined(attorney(name)) for name in ("Alma", "Berta", "Carla", "Dora", "Elsa")]
    alma, berta, carla, dora, elsa = people
    older = await ran(
        team(loses, seat(alma)), team(changes, seat(berta)), team(stays, seat(carla)), team(left, seat(elsa))
    )
    await move_case(left.id, CaseState.WITHDRAWN, now=NOW)
    newer = await ran(
        team(gains, seat(alma)),
        team(changes, seat(dora)),
        team(stays, seat(carla)),
        unmatched=[Unmatched(loses.ref, "capacity", "All are full.")],
    )
    return f"/runs/{older}", f"/runs/{newer}"


async def test_the_heading_answers_and_each_case_is_told_with_who_came_and_who_went(portal: Portal) -> None:
    _older, newer = await two_runs()

    page = await (await portal.coordinator()).open(f"{newer}/compare")

    assert page.heading == "1 case gained a team, 1 lost its team, 1 team changed"
    assert "1 newly served 1 no longer served 1 teams changed 1 teams as before" in page.text
    assert "NM-2 · Everybody who could take them is at capacity had Attorney: Alma" in page.text
    assert "NM-3 Attorney before: Berta → , now: Dora" in page.text
    assert "Not on the waitlist any more" in page.text
    assert "1 withdrawn" in page.text
    assert "Value" in page.text
    assert page.text.count("proved best possible") == 2


async def test_a_case_that_gained_a_team_is_new_only_where_it_did_not_wait_before(portal: Portal) -> None:
    alma = await joined(attorney("Alma"))
    waited = await waiting(case("NM-1"))
    await ran(unmatched=[Unmatched(waited.ref, "capacity", "All are full.")])
    arrived = await waiting(case("NM-2"))
    newer = await ran(team(waited, seat(alma)), team(arrived, seat(alma)))

    page = await (await portal.coordinator()).open(f"/runs/{newer}/compare")

    assert "Newly served waited before, too NM-1 · Attorney: Alma" in page.text
    assert "New on the waitlist, and served NM-2 · Attorney: Alma" in page.text


async def test_any_earlier_run_can_be_chosen(portal: Portal) -> None:
    only, alma, berta = await waiting(case("NM-1")), await joined(attorney("Alma")), await joined(attorney("Berta"))
    first = await ran(team(only, seat(alma)))
    await ran(team(only, seat(berta)))
    third = await ran(team(only, seat(berta)))
    visitor = await portal.coordinator()

    assert (await visitor.open(f"/runs/{third}/compare")).heading == "Nothing changed between these runs"
    chosen = await visitor.open(f"/runs/{third}/compare?earlier={first}")
    assert chosen.heading == "1 team changed"

    assert (await visitor.open(f"/runs/{first}/compare")).status == 404


async def test_the_reason_of_a_change_is_told_where_the_run_knew_it(portal: Portal) -> None:
    """With the real matcher, which notes why somebody could not stay."""
    only, visitor = await waiting(case("NM-1", languages=("mam",))), await portal.coordinator()
    for person in (attorney("Alma"), interpreter("Isidro")):
        await joined(person)
    await matched(portal)
    juana = await joined(interpreter("Juana"))
    page = await visitor.open(f"/cases/{only.id}/settle?role=interpreter")
    given = {"volunteer": str(juana.id), "role": "interpreter", "text": "A woman, as the client asks."}
    await visitor.send(page, f"/cases/{only.id}/pin", **given)
    run = await matched(portal)

    board = await visitor.open(f"/runs/{run}")
    assert "1 team changed because somebody could not stay" in board.text
    assert f"/runs/{run}/compare" in board.links
    page = await visitor.open(f"/runs/{run}/compare")
    assert "Interpreter before: Isidro → , now: Juana Isidro: the seat is kept for somebody else" in page.text


async def test_somebody_who_is_ruled_out_is_told_as_such(portal: Portal) -> None:
    only, alma, bea = await waiting(case("NM-1")), await joined(attorney("Alma")), await joined(attorney("Bea"))
    await ran(team(only, seat(alma)))
    await forbid_pair(only.id, volunteer=alma.id, reason="Same town.", by=await coordinator(), now=NOW)
    newer = await ran(team(only, seat(bea)))

    page = await (await portal.coordinator()).open(f"/runs/{newer}/compare")

    assert "Attorney before: Alma → , now: Bea Alma: is ruled out by a coordinator" in page.text


async def matched(portal: Portal) -> UUID:
    """A run of the real matcher."""
    run = await request_run(matcher="joint", clinic=portal.clinic, by=await coordinator(), now=NOW)
    await perform_run(run, clinic=portal.clinic, clock=lambda: NOW)
    return run


async def test_an_old_run_still_shows_whom_it_served(portal: Portal) -> None:
    served, left = await waiting(case("NM-1", county="Taos")), await waiting(case("NM-2", languages=("quc",)))
    older = await ran(
        team(served, seat(await joined(attorney("Alma")))),
        unmatched=[Unmatched(left.ref, "language", "Nobody interprets K'iche'.")],
    )
    await ran()

    page = await (await portal.coordinator()).open(f"/runs/{older}")

    assert page.heading == "This run proposed 1 team"
    assert "1 proposed for 1 waiting case 0 need an interpreter 1 changed since the run before" in page.text
    for told in ("Spanish 1 of 1", "Indigenous 0 of 1", "Asylum 1 of 2", "Taos 1 of 1", "Bernalillo 0 of 1"):
        assert told in page.text


async def test_a_long_list_is_cut_and_can_be_shown_whole(portal: Portal) -> None:
    alma = await joined(attorney("Alma"))
    waits = [await waiting(case(f"NM-{n:02}")) for n in range(27)]
    await ran(unmatched=[Unmatched(one.ref, "capacity", "All are full.") for one in waits])
    newer = await ran(*[team(one, seat(alma)) for one in waits])
    visitor = await portal.coordinator()

    page = await visitor.open(f"/runs/{newer}/compare")
    assert "NM-26" not in page.text
    (whole,) = [link for link in page.links if "whole=gained" in link]
    assert "NM-26" in (await visitor.open(whole.split("#")[0])).text


async def test_a_comparison_takes_as_many_statements_for_three_changes_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    only, alma, berta = await waiting(case("NM-0")), await joined(attorney("Alma")), await joined(attorney("Berta"))
    await ran(team(only, seat(alma)))
    one = await ran(team(only, seat(berta)))
    _older, three = await two_runs()

    counts = [(await counted(visitor, f"{path}/compare"))[0] for path in (f"/runs/{one}", three)]
    assert counts == [10, 10]


async def test_a_run_whose_teams_are_not_kept_says_so_and_cannot_be_compared(portal: Portal) -> None:
    older, newer = await two_runs()
    for run in (older, newer):
        await drop_plan(UUID(run.rsplit("/", 1)[-1]))
    visitor = await portal.coordinator()

    page = await visitor.open(older)
    assert "Its teams are not kept any more, only its numbers" in page.text
    assert f"{older}/compare" not in page.links
    page = await visitor.open(f"{newer}/compare?earlier={older.rsplit('/', 1)[-1]}")
    assert page.heading == "These runs cannot be compared any more"
    page = await visitor.open(newer)
    assert "1 everybody who could take them is at capacity" in page.text
