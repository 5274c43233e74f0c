"""DOMAIN scenario 10 over the whole portal: the client asks to be forgotten, and no page knows her any more."""

from core import tables as t
from core.model.events import chain_breaks
from core.model.states import CaseState
from core.queries.reading import select
from core.services.privacy import holding
from core.store import audit
from core.store.cases.cases import find_case
from core.store.upkeep.erasing import KEPT
from tests.web.disclosure.marked import Marked, marked_world
from tests.web.disclosure.walking import Answer, World, looked_around, routes_of
from tests.web.portal import Portal, open_portal
from tests.worlds import NOW, coordinator


async def seen(world: Marked, portal: Portal, viewer: str) -> list[Answer]:
    """Every page, as one of these people sees it."""
    gets, there = routes_of(portal.app, "GET"), await World.now(portal.clinic.host)
    return [one async for one in looked_around(world.viewers[viewer], there, gets)]


async def test_after_an_erasure_no_page_of_anybody_knows_the_client_and_all_others_stay_known(sqlite_url: str) -> None:
    async with open_portal(sqlite_url, demo=True) as portal:
        world = await marked_world(portal)
        key, path = world.cases["A"], f"/cases/{world.cases['A']}/privacy"
        await holding.lift_hold(key, why="It may go", by=await coordinator(), now=NOW)
        disclosed, before = await t.Disclosure.count(), await audit.events(limit=100_000)
        visitor = world.viewers["coordinator"]
        page = await visitor.send(await visitor.open(path), f"{path}/erase", ref="NM-A")
        assert page.heading == "NM-A was reduced to statistics"

        answers = [one for viewer in ("coordinator", "Alma") for one in await seen(world, portal, viewer)]

        said = [(one.route, mark.case, mark.what) for one in answers for mark in world.found_in(one.said)]
        assert {(route, what) for route, case, what in said if case == "A"} == set()
        assert {case for _route, case, _what in said} >= {"B", "C"}
        assert {one.route for one in answers if one.status == 500} == set()
        rows = str([row for table in t.TABLES for row in await select(f'SELECT * FROM "{table._meta.tablename}"')])
        assert "Axyz" not in rows
        assert "Bxyz" in rows
        assert (await find_case(key)).state is CaseState.WITHDRAWN
        assert await t.Disclosure.count() > disclosed
        events = await audit.events(limit=100_000)
        assert events[: len(before)] == before
        assert chain_breaks(events) is None


async def test_of_an_erased_case_only_those_rows_stay_that_say_why(sqlite_url: str) -> None:
    async with open_portal(sqlite_url) as portal:
        world = await marked_world(portal)
        key, path = world.cases["B"], f"/cases/{world.cases['B']}/privacy"
        await holding.lift_hold(key, why="It may go", by=await coordinator(), now=NOW)
        assert len(await tables_with(key)) > len(KEPT)
        visitor = world.viewers["coordinator"]
        await visitor.send(await visitor.open(path), f"{path}/erase", ref="NM-B")

        assert await tables_with(key) <= KEPT.keys() | {"legal_case", "audit_event", "job"}


async def tables_with(case: object) -> set[str]:
    """The tables in which the id of a case stands anywhere."""
    found = set()
    for table in t.TABLES:
        rows = await select(f'SELECT * FROM "{table._meta.tablename}"')
        if any(str(case) in str(value) for row in rows for value in row.values()):
            found.add(table._meta.tablename)
    return found
