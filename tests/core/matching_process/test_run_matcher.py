"""A run in a process of its own: a whole plan, or a named cause and nothing."""

import asyncio
import os
import select
import signal
import sys
from typing import Any

import pytest

from core.errors import MatcherFailed
from core.host import PluginHost, PluginState
from core.matching_process import RunRequest, run_matcher
from core.matching_process.frames import LENGTH, Moved, packed, unpacked_reply
from core.matching_process.parent import _environment, _order
from core.model.plans.snapshot import Snapshot
from core.model.plans.teams import Plan, Progress, ProviderFailure, SeatPlan, TeamPlan
from core.model.vocabulary import SeatRole
from core.settings import Smtp
from tests.core.host.rest import info_of
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import NEIGHBOUR_NAME, Shelf

WORLD = Snapshot(TODAY, (a_case("C-1"), a_case("C-2", barred=("V-1",))), (a_volunteer("V-1"), a_volunteer("V-2")))
A_MATCHER = """
class Mine:
    name, title = "mine", "Mine"
    def propose(self, snapshot, rules, scorers, *, seed, time_limit, report):
        {body}
@hookimpl
def amparo_matchers(): return [Mine()]
"""
JUDGING = """
@{decorator}(role="attorney", reads=(){more})
def mine(case, volunteers):
    {body}
@hookimpl
def amparo_{kind}(): return [mine]
"""


def a_rule(body: str) -> str:
    return JUDGING.format(decorator="rule", more=", blocks='x'", kind="rules", body=body)


def a_scorer(body: str) -> str:
    return JUDGING.format(decorator="scorer", more="", kind="scorers", body=body)


def request(matcher: str, **given: Any) -> RunRequest:
    return RunRequest(WORLD, matcher, time_limit=20.0, **given)


async def test_the_plan_and_the_progress_come_back(load: Load) -> None:
    told: list[Progress] = []

    async def note(progress: Progress) -> None:
        told.append(progress)

    plan = await run_matcher(request("first_come"), host=load(), on_progress=note)

    first = TeamPlan("C-1", (SeatPlan(SeatRole.ATTORNEY, "V-1", 112.0),), 112.0)
    second = TeamPlan("C-2", (SeatPlan(SeatRole.ATTORNEY, "V-2", 112.0),), 112.0)
    assert plan == Plan("feasible", 224.0, 224.0, 0.0, 0.0, (first, second))
    assert told[0] == Progress("Looking for attorneys", 1, 2)


async def test_what_a_run_calls_is_counted_under_its_plugins(load: Load) -> None:
    host = load()
    await run_matcher(request("first_come"), host=host)

    neighbour = info_of(host, NEIGHBOUR_NAME)
    assert neighbour.calls == len(("propose",)) + 2 * len(("allows", "points"))
    assert neighbour.seconds > 0


async def test_a_run_traces_its_calls_where_that_is_wanted(load: Load, capfd: pytest.CaptureFixture[str]) -> None:
    await run_matcher(request("first_come"), host=load())
    assert "plugin called" not in capfd.readouterr().err
    await run_matcher(request("first_come"), host=load(trace_plugins=True))
    traced = [line for line in capfd.readouterr().err.splitlines() if "plugin called" in line]
    assert len(traced) == len(("propose",)) + 2 * len(("allows", "points"))


MATCHERS = {
    "1 / 0": "ZeroDivisionError (bad.py line 8)",
    "sys.exit(0)": "SystemExit (bad.py line 8)",
    "import os; os._exit(3)": "its process ended with exit code 3 before there was a plan.",
    "import os; os.kill(os.getpid(), 11)": "its process was ended by SIGSEGV before there was a plan.",
    "return None": "It returned a NoneType instead of a Plan.",
    "return [snapshot]": "It returned a list instead of a Plan.",
    "return Plan('optimal', float('nan'), 1.0, 0.0, 0.0)": (
        "Its plan makes no sense. A score or figure is not a finite number."
    ),
    "return Plan('optimal', 1.0, 1.0, 0.0, 0.0, (TeamPlan('C-7', (), 1.0),))": (
        "Its plan makes no sense. There is no case C-7."
    ),
    "return Plan('optimal', 'much', 1.0, 0.0, 0.0)": (
        "It returned a plan that cannot be read: Expected `float`, got `str` - at `$.plan.objective`."
    ),
    "return Plan('optimal', object(), 1.0, 0.0, 0.0)": (
        "It returned a plan that cannot be read: A object cannot be part of a plan."
    ),
    "report('half'); return None": "It reported a str instead of a Progress.",
}


@pytest.mark.parametrize(("body", "cause"), MATCHERS.items())
async def test_a_matcher_that_fails_is_named_with_its_cause_and_saves_nothing(
    shelf: Shelf, load: Load, body: str, cause: str
) -> None:
    host = load(shelf.module("bad", A_MATCHER.format(body=body)))

    with pytest.raises(MatcherFailed) as failure:
        await run_matcher(request("mine"), host=host)
    assert str(failure.value) == (
        f"The matcher “mine” could not finish (bad): {cause.removesuffix('.')}. "
        "No proposal was saved. Run it again or choose another matcher."
    )
    assert (info_of(host, "bad").failures, info_of(host, "bad").last_error) == (1, f"mine: {cause}")
    assert (await run_matcher(request("first_come"), host=host)).objective == 224.0


async def test_a_matcher_that_hangs_is_killed_at_its_time_limit(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", A_MATCHER.format(body="hang()")))

    with pytest.raises(MatcherFailed, match="did not end within its time limit and was stopped"):
        await run_matcher(RunRequest(WORLD, "mine", time_limit=1.0, grace=1.0), host=host)
    assert info_of(host, "bad").state is PluginState.ON


async def test_a_run_that_is_cancelled_is_killed_with_everything_that_it_started(shelf: Shelf, load: Load) -> None:
    body = """import os, subprocess
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        report(Progress(f"{os.getpid()} {child.pid}"))
        hang()"""
    host = load(shelf.module("bad", A_MATCHER.format(body=body)))
    started = asyncio.get_running_loop().create_future()

    async def note(progress: Progress) -> None:
        started.set_result([int(pid) for pid in progress.stage.split()])

    run = asyncio.ensure_future(run_matcher(request("mine"), host=host, on_progress=note))
    processes = [os.pidfd_open(pid) for pid in await started]
    run.cancel()

    with pytest.raises(asyncio.CancelledError):
        await run
    assert [await asyncio.to_thread(has_ended, process) for process in processes] == [True, True]


def has_ended(process: int) -> bool:
    """Wait for the end of a process by its descriptor."""
    ended = select.poll()
    ended.register(process, select.POLLIN)
    try:
        return bool(ended.poll(10_000))
    finally:
        os.close(process)


async def test_a_run_ends_when_the_portal_is_gone(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", A_MATCHER.format(body="report(Progress('begun')); hang()")))
    order = _order(request("mine"), host, time_limit=20.0, off=())
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "core.matching_process", stdin=-1, stdout=-1, start_new_session=True, env=_environment()
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(packed(order))
    assert unpacked_reply((await process.stdout.read(1000))[LENGTH.size :]) == Moved(Progress("begun"))
    process.stdin.close()

    assert await process.wait() == -signal.SIGKILL


async def test_what_plugins_print_does_not_get_into_the_plan(shelf: Shelf, load: Load) -> None:
    body = "import os; print('hello'); os.write(1, b'\\\\x00' * 9999); return Plan('empty', 0.0, 0.0, 0.0, 0.0)"
    host = load(shelf.module("loud", "print('here I am')\n" + A_MATCHER.format(body=body).lstrip()))

    assert await run_matcher(request("mine"), host=host) == Plan("empty", 0.0, 0.0, 0.0, 0.0)


async def test_a_run_that_wants_too_much_memory_fails_alone(shelf: Shelf, load: Load) -> None:
    body = "np.ones(1 << 34); return None"
    host = load(shelf.module("bad", A_MATCHER.format(body=body)), run_memory_mib=8192)

    with pytest.raises(MatcherFailed, match="it wanted more memory than it may have"):
        await run_matcher(request("mine"), host=host)


async def test_a_rule_that_raises_in_a_run_blocks_and_is_recorded_under_its_plugin(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", a_rule("sys.exit()")))
    plan = await run_matcher(request("first_come"), host=host)

    assert (plan.teams, plan.failures) == ((), (ProviderFailure("mine", "SystemExit (bad.py line 7)"),))
    assert info_of(host, "bad").last_error == "mine: SystemExit (bad.py line 7)"


async def test_a_scorer_that_answers_nonsense_in_a_run_is_left_out_and_recorded(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", a_scorer("return volunteers.load / volunteers.load.sum() * np.nan")))
    plan = await run_matcher(request("first_come"), host=host)

    cause = "It returned a score that is not a finite number."
    assert (plan.objective, plan.failures) == (224.0, (ProviderFailure("mine", cause),))
    assert info_of(host, "bad").failures == 1


async def test_a_rule_that_hangs_in_a_run_switches_its_plugin_off_and_the_run_ends_with_it_blocking(
    shelf: Shelf, load: Load
) -> None:
    host = load(shelf.module("bad", a_rule("hang()")))
    plan = await run_matcher(request("first_come"), host=host)

    assert (plan.teams, [failure.name for failure in plan.failures]) == ((), ["mine"])
    assert (info_of(host, "bad").state, info_of(host, "bad").cause) == (
        PluginState.OFF,
        "mine: no answer within 1 seconds",
    )


async def test_a_scorer_that_hangs_in_a_run_switches_its_plugin_off_and_the_run_goes_on_without_it(
    shelf: Shelf, load: Load
) -> None:
    host = load(shelf.module("bad", a_scorer("hang()")))
    plan = await run_matcher(request("first_come"), host=host)

    assert plan.objective == 224.0
    assert info_of(host, "bad").state is PluginState.OFF


async def test_a_rule_that_does_not_load_again_fails_the_run_instead_of_vanishing(shelf: Shelf, load: Load) -> None:
    name = shelf.module("fickle", a_rule("return volunteers.remote"))
    host = load(name)
    shelf.module("fickle", "1 / 0")

    with pytest.raises(MatcherFailed, match="the rule mine could not be loaded in the process of the run"):
        await run_matcher(request("first_come"), host=host)


async def test_a_run_gets_no_passwords(shelf: Shelf, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_DATABASE", "postgresql://amparo:secret@127.0.0.1/amparo")
    body = """import os
        left = sorted(name for name in os.environ if name.startswith("AMPARO_"))
        return Plan("empty", float(len(left)), 0.0, 0.0, 0.0)"""
    host: PluginHost = load(
        shelf.module("curious", A_MATCHER.format(body=body)), smtp=Smtp("127.0.0.1", password="secret")
    )

    assert (await run_matcher(request("mine"), host=host)).objective == 0.0


async def test_a_matcher_that_nobody_brings_is_refused_before_anything_starts(load: Load) -> None:
    with pytest.raises(MatcherFailed, match=r"There is no matcher “best”\. Choose one of: first_come\."):
        await run_matcher(request("best"), host=load())
