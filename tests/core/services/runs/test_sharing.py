"""How help is shared out is kept with its history, and a run keeps what it was asked for with."""

import asyncio
from uuid import UUID

import msgspec
import pytest

from core.errors import BadInput, Refused
from core.model.people import Capacity
from core.model.plans.sharing import MILD, Floor, GroupKind, Sharing
from core.queries.runs.results import find_run
from core.services.runs import proposing
from core.services.runs.sharing import drop_floor, set_floor, set_spread, share_out
from core.store import audit
from core.store.database import Database
from core.store.matches import runs
from core.store.settings import read_sharing
from tests import worlds
from tests.worlds import NOW, attorney, case, joined, waiting

pytestmark = pytest.mark.usefixtures("matched_here")

MAM = Floor(GroupKind.LANGUAGE, "mam", 0.6)


async def test_work_is_spread_mildly_and_no_floor_is_set_where_nobody_has_said_anything(database: Database) -> None:
    assert await read_sharing() == Sharing(spread=MILD)


async def test_what_is_decided_is_kept_and_stands_in_the_audit_chain_once(database: Database) -> None:
    by, wanted = await worlds.coordinator(), Sharing((MAM,), 50.0)
    await share_out(wanted, by=by, now=NOW)
    await share_out(wanted, by=by, now=NOW)

    assert await read_sharing() == wanted
    told = [event.detail for event in await audit.events() if event.kind == "sharing_changed"]
    assert told == [{"floors": "language:mam=60%@2000", "spread": 50.0}]


async def test_only_staff_decide(database: Database) -> None:
    with pytest.raises(Refused):
        await share_out(Sharing(), by=worlds.actor_of(await joined(attorney())), now=NOW)


async def test_two_floors_about_one_group_are_refused_and_nothing_is_kept(database: Database) -> None:
    twice = Sharing((MAM, msgspec.structs.replace(MAM, share=0.3)))
    with pytest.raises(BadInput, match="Two floors are about the same group"):
        await share_out(twice, by=await worlds.coordinator(), now=NOW)
    assert await read_sharing() == Sharing(spread=MILD)


async def test_what_two_coordinators_change_at_once_is_both_kept(database: Database) -> None:
    first, second = await worlds.coordinator(), await worlds.coordinator()
    spanish = Floor(GroupKind.LANGUAGE, "es", 0.5)
    await asyncio.gather(
        set_floor(MAM, by=first, now=NOW), set_floor(spanish, by=second, now=NOW), set_spread(0.0, by=first, now=NOW)
    )
    kept = await read_sharing()
    assert ({floor.group for floor in kept.floors}, kept.spread) == ({"mam", "es"}, 0.0)
    await drop_floor(GroupKind.LANGUAGE, "MAM", by=second, now=NOW)
    assert [floor.group for floor in (await read_sharing()).floors] == ["es"]


async def test_a_run_keeps_to_the_floors_of_the_moment_when_it_was_asked_for(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    await joined(attorney(capacity=Capacity(cases=1)))
    await waiting(case("NM-1", languages=("en",)), now=NOW.replace(year=2025))
    await waiting(case("NM-2", languages=("es",)))
    asked = Sharing((Floor(GroupKind.LANGUAGE, "es", 1.0),), MILD)
    await share_out(asked, by=by, now=NOW)
    run: UUID = await proposing.request_run(matcher="joint", clinic=clinic, by=by, now=NOW)
    await share_out(Sharing(), by=by, now=NOW)
    await proposing.perform_run(run, clinic=clinic, clock=lambda: NOW)

    assert msgspec.convert((await runs.find_run(run))["sharing"], Sharing) == asked
    (floor,) = (await find_run(run)).summary.floors
    assert (floor.group, floor.waiting, floor.wanted, floor.served) == ("es", 1, 1, 1)
    (told,) = [event.detail for event in await audit.events() if event.kind == "run_requested"]
    assert told["floors"] == "language:es=100%@2000"
