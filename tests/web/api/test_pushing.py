"""Pushing entries: what changed, whole rosters in parts, each request once."""

import asyncio
from typing import Any

import httpx

from core.model.events import chain_breaks
from core.model.people import SYSTEM, BarAdmission
from core.model.states import RosterRunState
from core.model.vocabulary import Standing
from core.queries.rosters.lists import roster_standings
from core.services.rosters.claims import claimed
from core.services.rosters.undoing import undo_run
from core.store import audit
from core.store.rosters import roster_runs
from core.store.volunteers import volunteers
from tests.rosters import kept, listed, member, members
from tests.web.api.programs import Program, accept, empty_roster, program_of, token_for
from tests.web.portal import Portal
from tests.web.rosters import NAME as COUNTY
from tests.web.rosters import added, pressed, worked
from tests.worlds import NOW, attorney, coordinator, joined


def said(answer: httpx.Response) -> tuple[int, Any]:
    """The status and what is read in the answer."""
    return answer.status_code, answer.json()


async def test_what_changed_is_applied_at_once_and_whoever_is_left_out_is_not_gone(portal: Portal) -> None:
    alma = await joined(attorney())
    program = await program_of(portal.app)

    status, answer = said(await program.push([member(1001, Standing.SUSPENDED), member(3000)]))

    assert (status, answer["state"]) == (200, "applied")
    assert (answer["tally"]["changed"], answer["tally"]["new"], answer["tally"]["gone"]) == (1, 1, 0)
    assert len(await listed()) == 21
    (bar,) = (await volunteers.find_volunteer(alma.id)).bars
    assert bar.standing is Standing.SUSPENDED
    run = await roster_runs.run_called(answer["run"])
    assert (run.partial, run.asked_by) == (True, "token “nightly”")
    assert chain_breaks(await audit.events()) is None


async def test_the_same_request_again_gets_the_same_answer_and_does_nothing(portal: Portal) -> None:
    program = await program_of(portal.app)
    first = await program.push([member(3000)], key="monday")
    events = await audit.head_sequence()

    again = await program.push([member(3000)], key="monday")

    assert said(again) == said(first)
    assert await audit.head_sequence() == events


async def test_the_same_key_with_another_body_is_refused(portal: Portal) -> None:
    program = await program_of(portal.app)
    await program.push([member(3000)], key="monday")

    status, answer = said(await program.push([member(3001)], key="monday"))

    assert (status, answer["status"]) == (409, 409)
    assert "used for another request" in answer["detail"]
    assert "3001" not in await listed()


async def test_the_same_request_twice_at_once_is_done_once(portal: Portal) -> None:
    program = await program_of(portal.app)

    answers = await asyncio.gather(*[program.push([member(3000)], key="monday") for _ in range(4)])

    assert {answer.status_code for answer in answers} <= {200, 409}
    (done,) = {answer.text for answer in answers if answer.status_code == 200}
    assert all(answer.headers["retry-after"] == "30" for answer in answers if answer.status_code == 409)
    assert (await program.push([member(3000)], key="monday")).text == done
    runs = [one.last for one in await roster_standings()]
    assert [run.short for run in runs if run] == [answers[0].json().get("run") or runs[0].short]  # type: ignore[union-attr]  # -- there is one
    assert [event.kind for event in await audit.events()].count("roster_pushed") == 1


async def test_a_whole_roster_comes_in_parts_and_whoever_is_in_none_is_gone(portal: Portal) -> None:
    program = await program_of(portal.app)

    first = said(await program.push(members(10), part_of="november"))
    second = said(await program.push(members(9, 1011), part_of="november"))
    assert first == (202, {"state": "staged", "part_of": "november", "parts": 1, "entries": 10})
    assert second == (202, {"state": "staged", "part_of": "november", "parts": 2, "entries": 19})
    assert len(await listed()) == 20
    status, answer = said(await program.push([member(3000)], part_of="november", final=True, total=20))

    assert (status, answer["state"], answer["parts"], answer["entries"]) == (200, "applied", 3, 20)
    assert (answer["tally"]["gone"], answer["tally"]["new"]) == (1, 1)
    assert "1020" not in await listed()
    assert said(await program.push(members(20), part_of="november"))[1]["parts"] == 1


async def test_twelve_instead_of_four_hundred_are_held_and_the_answer_says_why(portal: Portal) -> None:
    """Scenario 6."""
    carmen = await coordinator()
    program = await program_of(portal.app, 400)
    before = await kept()

    status, answer = said(await program.push(members(12), part_of="tonight", final=True))

    assert (status, answer["state"], [guard["code"] for guard in answer["held"]]) == (202, "held", ["shrunk"])
    assert "388 of those are gone" in answer["held"][0]["text"]
    assert await kept() == before
    assert carmen.account is not None
    await accept(answer["run"])
    assert len(await listed()) == 12


async def test_a_part_that_is_missing_is_found_by_the_total_and_can_be_sent_later(portal: Portal) -> None:
    program = await program_of(portal.app)
    await program.push(members(10), part_of="november")

    status, answer = said(await program.push([], part_of="november", final=True, total=20))

    assert status == 409
    assert "has 10 entries in 2 parts and should have 20" in answer["detail"]
    await program.push(members(10, 1011), part_of="november")
    assert said(await program.push([], part_of="november", final=True, total=20))[0] == 200


async def test_the_first_run_of_a_roster_and_the_one_after_an_undo_wait_for_a_person(portal: Portal) -> None:
    await empty_roster()
    program = Program(portal.app, await token_for())

    status, first = said(await program.push(members(30), part_of="all", final=True))

    assert (status, [guard["code"] for guard in first["held"]]) == (202, ["first"])
    await accept(first["run"])
    assert said(await program.push([member(1001, county="Taos")]))[0] == 200
    (standing,) = await roster_standings()
    assert standing.last is not None
    await undo_run(standing.last, by=SYSTEM, clock=lambda: NOW)
    status, after = said(await program.push([member(1001, county="Taos")]))
    assert (status, [guard["code"] for guard in after["held"]]) == (202, ["taken_back"])
    assert said(await program.push([member(1002, county="Taos")]))[0] == 202
    status, last = said(await program.push([member(1001, county="Taos")]))
    await accept(last["run"])
    assert said(await program.push([member(1002, county="Taos")]))[0] == 200


async def test_while_another_program_works_on_the_roster_nothing_is_changed_and_the_same_key_works_later(
    portal: Portal,
) -> None:
    program = await program_of(portal.app)

    async with claimed("our-bar", clock=lambda: NOW):
        busy = await program.push([member(3000)], key="monday")

    assert (busy.status_code, busy.headers["retry-after"]) == (409, "30")
    assert "3000" not in await listed()
    assert said(await program.push([member(3000)], key="monday"))[0] == 200
    (standing,) = await roster_standings()
    assert standing.last is not None
    assert standing.last.state is RosterRunState.APPLIED


async def test_an_older_roster_than_the_last_is_held(portal: Portal) -> None:
    program = await program_of(portal.app)
    await program.push(members(20), part_of="a", final=True, as_of="2026-11-20T04:00:00Z")

    status, answer = said(await program.push(members(20), part_of="b", final=True, as_of="2026-11-19T04:00:00Z"))

    assert (status, [guard["code"] for guard in answer["held"]]) == (202, ["older"])


async def test_no_answer_tells_who_of_the_members_is_a_volunteer(portal: Portal) -> None:
    people = [await joined(attorney(bars=(BarAdmission("NM", str(n), Standing.ACTIVE),))) for n in range(1001, 1006)]
    program = await program_of(portal.app, 400)

    hers = said(await program.push([member(1001, county="Taos")]))[1]
    nobodys = said(await program.push([member(1400, county="Taos")]))[1]
    many = said(await program.push([member(n, Standing.SUSPENDED) for n in range(1001, 1006)]))[1]

    assert len(people) == 5
    assert hers["tally"] == nobodys["tally"]
    assert [guard["code"] for guard in many["held"]] == ["clinic"]
    assert "volunteer" not in str(many)


async def test_a_roster_that_was_added_in_the_portal_can_be_pushed_and_its_first_run_is_applied_there(
    portal: Portal,
) -> None:
    visitor = await portal.coordinator()
    await added(visitor)
    program = Program(portal.app, await token_for(COUNTY))

    first = said(await program.push(members(30), roster=COUNTY, part_of="all", final=True))[1]
    page = await visitor.open(f"/rosters/{COUNTY}")
    run = next(link for link in page.links if f"/rosters/{COUNTY}/runs/" in link)
    held = await visitor.open(run)

    assert "No run of this roster was ever applied." in held.text
    assert first["state"] == "held"
    await pressed(visitor, held, "accept")
    await worked(portal)
    assert said(await program.push([member(1001, county="Taos")], roster=COUNTY))[0] == 200
    assert len(await listed()) == 30
