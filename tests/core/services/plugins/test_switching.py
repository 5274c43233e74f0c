"""A plugin switched off by a person: at once, everywhere, and until somebody switches it on again."""

import asyncio
import sys
from collections.abc import Callable, Iterator

import pytest

from core.errors import BadInput, NotFound, PluginError, Refused
from core.host import PluginHost, PluginInfo, PluginState
from core.matching_process import RunRequest, run_matcher
from core.model.plans.snapshot import Snapshot
from core.services.clinic import Clinic
from core.services.plugins.switching import (
    ESSENTIAL,
    FOLLOWED_EVERY,
    Follower,
    follow_switches,
    subject_of,
    switch_off,
    switch_on,
    switched_off,
)
from core.services.work.working import Worker
from core.settings import Settings
from core.store import audit
from core.store.database import Database
from plugins import BUILTIN
from tests import worlds
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer
from tests.plugins_for_tests.shelf import NEIGHBOUR, NEIGHBOUR_NAME, Shelf, shelf_on_path
from tests.worlds import NOW, attorney, joined

GUEST = """
@rule(role="attorney", reads=(), blocks="x")
def nobody(case, volunteers):
    "Nobody."
    return np.zeros(volunteers.n, dtype=bool)
@hookimpl
def amparo_rules(): return [nobody]
"""
WORLD = Snapshot(TODAY, (a_case("C-1"),), (a_volunteer("V-1"),))


@pytest.fixture
def guest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with shelf_on_path(tmp_path_factory.mktemp("shelf")) as shelf:
        yield _put(shelf)


def _put(shelf: Shelf) -> str:
    return shelf.module("guest_bar", GUEST)


Open = Callable[..., Clinic]


@pytest.fixture
def opened(guest: str) -> Iterator[Open]:
    """Make the clinic of one more process, with the guest and its neighbour."""
    hosts: list[PluginHost] = []

    def started(switched: dict[str, str] | None = None) -> Clinic:
        settings = Settings(plugin_seconds=1.0, run_seconds=20.0)
        modules = [guest, NEIGHBOUR]
        hosts.append(PluginHost.load(modules, settings=settings, entry_points=False, switched=switched or {}))
        return Clinic(settings, hosts[-1])

    yield started
    for host in hosts:
        host.close()


def info(clinic: Clinic, name: str) -> PluginInfo:
    (found,) = [one for one in clinic.host.plugins() if one.name == name]
    return found


async def teams(clinic: Clinic) -> int:
    plan = await run_matcher(RunRequest(WORLD, "first_come", time_limit=20.0), host=clinic.host)
    return len(plan.teams)


async def test_what_is_switched_off_is_gone_at_once_with_its_audit_event_and_comes_back(
    database: Database, guest: str, opened: Open
) -> None:
    clinic, by = opened(), await worlds.coordinator()
    (rule,) = [one for one in clinic.host.rules() if one.name == "nobody"]
    assert await switch_off(guest, clinic=clinic, by=by, now=NOW)
    assert not await switch_off(guest, clinic=clinic, by=by, now=NOW)

    assert rule not in clinic.host.rules()
    assert info(clinic, guest).state is PluginState.SWITCHED_OFF
    assert info(clinic, guest).cause == f"{by.label} switched it off on {NOW:%Y-%m-%d at %H:%M} UTC."
    with pytest.raises(PluginError, match="switched off"):
        clinic.host.call(rule, rule.explain, None)  # type: ignore[arg-type]  # -- it is not even called
    assert await switch_on(guest, clinic=clinic, by=by, now=NOW)
    assert rule in clinic.host.rules()
    told = [(one.kind, one.detail) for one in await audit.events_of([subject_of(guest)])]
    assert told == [("plugin_switched_off", {"plugin": guest}), ("plugin_switched_on", {"plugin": guest})]


async def test_it_is_not_loaded_by_the_next_process_and_loaded_when_it_is_switched_on(
    database: Database, guest: str, opened: Open
) -> None:
    by = await worlds.coordinator()
    await switch_off(guest, clinic=opened(), by=by, now=NOW)
    del sys.modules[guest]
    later = opened(await switched_off())
    assert (info(later, guest).state, info(later, guest).providers) == (PluginState.SWITCHED_OFF, {})
    assert guest not in sys.modules

    await switch_on(guest, clinic=later, by=by, now=NOW)
    assert guest in sys.modules
    assert [one.name for one in later.host.rules()] == ["nobody", "not_barred"]
    assert [one.name for one in later.host.plugins()] == [guest, NEIGHBOUR_NAME]


async def test_a_worker_learns_it_by_itself(database: Database, guest: str, opened: Open) -> None:
    portal, worker = opened(), opened()
    await switch_off(guest, clinic=portal, by=await worlds.coordinator(), now=NOW)
    assert info(worker, guest).state is PluginState.ON
    await Worker(worker, clock=lambda: NOW).run_once(NOW)
    assert info(worker, guest).state is PluginState.SWITCHED_OFF


async def test_a_run_goes_without_it_and_its_rules_do_not_block(database: Database, guest: str, opened: Open) -> None:
    clinic, by = opened(), await worlds.coordinator()
    assert await teams(clinic) == 0
    await switch_off(guest, clinic=clinic, by=by, now=NOW)
    assert await teams(clinic) == 1
    await switch_on(guest, clinic=clinic, by=by, now=NOW)
    assert await teams(clinic) == 0


async def test_what_hung_still_hangs_when_it_is_switched_off_and_on(
    database: Database, guest: str, opened: Open
) -> None:
    clinic, by = opened(), await worlds.coordinator()
    clinic.host.switch_off(guest, "nobody: allows: no answer within 1 seconds")
    assert info(clinic, guest).state is PluginState.OFF
    await switch_off(guest, clinic=clinic, by=by, now=NOW)
    assert info(clinic, guest).state is PluginState.SWITCHED_OFF
    assert [one.name for one in clinic.host.rules()] == ["not_barred"]
    await switch_on(guest, clinic=clinic, by=by, now=NOW)
    assert info(clinic, guest).state is PluginState.OFF


@pytest.mark.parametrize("name", ESSENTIAL)
async def test_what_nothing_works_without_cannot_be_switched_off(database: Database, name: str) -> None:
    host = PluginHost.load(BUILTIN, settings=Settings(), entry_points=False)
    clinic = Clinic(Settings(), host)
    with pytest.raises(BadInput, match=f"The plugin {name} cannot be switched off: .* Nothing was changed"):
        await switch_off(name, clinic=clinic, by=await worlds.coordinator(), now=NOW)
    assert await switched_off() == {}
    host.close()


async def test_only_staff_switch_and_only_what_is_there(database: Database, guest: str, opened: Open) -> None:
    clinic, volunteer = opened(), worlds.actor_of(await joined(attorney()))
    for verb in (switch_off, switch_on):
        with pytest.raises(Refused):
            await verb(guest, clinic=clinic, by=volunteer, now=NOW)
    with pytest.raises(NotFound):
        await switch_off("nothing", clinic=clinic, by=await worlds.coordinator(), now=NOW)
    await follow_switches(clinic)
    assert info(clinic, guest).state is PluginState.ON


async def test_two_coordinators_at_once_are_both_heard(database: Database, guest: str, opened: Open) -> None:
    clinic, first, second = opened(), await worlds.coordinator(), await worlds.coordinator()
    await asyncio.gather(
        switch_off(guest, clinic=clinic, by=first, now=NOW),
        switch_off(NEIGHBOUR_NAME, clinic=clinic, by=second, now=NOW),
    )
    assert set(await switched_off()) == {guest, NEIGHBOUR_NAME}


async def test_a_web_process_learns_it_within_seconds(database: Database, opened: Open, guest: str) -> None:
    here, there, follower = opened(), opened(), Follower()
    follower.begin(NOW)
    await switch_off(guest, clinic=here, by=await worlds.coordinator(), now=NOW)
    await follower.follow(there, NOW)
    assert info(there, guest).state is PluginState.ON
    await follower.follow(there, NOW + FOLLOWED_EVERY)
    assert info(there, guest).state is PluginState.SWITCHED_OFF
