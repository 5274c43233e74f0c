"""In the portal: start a run's process, follow its progress, and take a whole plan or nothing."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import msgspec

from core.errors import MatcherFailed
from core.host import PluginHost, PluginState
from core.matching_process.frames import (
    LENGTH,
    Answered,
    Failed,
    Hung,
    Moved,
    Order,
    Planned,
    Reply,
    packed,
    unpacked_reply,
)
from core.model.plans.advice import Advised, Questions
from core.model.plans.snapshot import Snapshot
from core.model.plans.soundness import faults
from core.model.plans.teams import Plan, Progress
from core.settings import Settings

GRACE_SECONDS: Final = 20.0
"""What a run may take beyond the solver's limit: to load, to lay out the columns, to explain."""
OnProgress = Callable[[Progress], Awaitable[None]]


class RunRequest(msgspec.Struct, frozen=True):
    """What to match, and by which matcher. ``time_limit`` is the solver's, in seconds; ``grace`` comes on top."""

    snapshot: Snapshot
    matcher: str = "joint"
    seed: int = 1
    time_limit: float = 120.0
    grace: float = GRACE_SECONDS


async def run_matcher(request: RunRequest, *, host: PluginHost, on_progress: OnProgress | None = None) -> Plan:
    """Let a matcher propose in a process of its own and return its whole, checked plan.

    Raises MatcherFailed, naming the plugin and the cause, whatever goes wrong: the process is killed at its time
    limit, when it hangs, and when the caller is cancelled. A rule or scorer that hangs switches its plugin off, and
    the run begins again without it. Failures inside the run are recorded under their plugins' names.
    """
    return (await _run(request, None, host, on_progress)).plan


async def ask_matcher(
    request: RunRequest, questions: Questions, *, host: PluginHost, on_progress: OnProgress | None = None
) -> Advised:
    """Let a matcher propose and answer questions about its plan, under the same guard as ``run_matcher``.

    Every further solve that an answer needs has the request's time limit for itself. Nothing is saved. Raises
    MatcherFailed, also where the matcher only plans.
    """
    answer = await _run(request, questions, host, on_progress)
    assert isinstance(answer, Advised)
    return answer


async def _run(
    request: RunRequest, questions: Questions | None, host: PluginHost, on_progress: OnProgress | None
) -> Planned | Advised:
    plugin = host.plugin_of(host.matcher(request.matcher))
    began = asyncio.get_running_loop().time()
    solves = 1 + (questions.solves if questions else 0)
    deadline = began + solves * (request.time_limit + request.grace)
    off: list[str] = []
    while True:
        spent = asyncio.get_running_loop().time() - began
        order = _order(request, host, time_limit=max(request.time_limit - spent, 0.0), off=tuple(off))
        reply = await _attempt(msgspec.structs.replace(order, questions=questions), deadline, on_progress)
        if not isinstance(reply, Hung):
            return _checked(reply, request, host, plugin)
        host.blame(reply.kind, reply.provider, reply.cause)
        host.switch_off(reply.plugin, f"{reply.provider}: {reply.cause}")
        if reply.plugin == plugin or reply.plugin in off:
            raise _failure(request, host, reply.plugin, f"{reply.provider}: {reply.cause}")
        off.append(reply.plugin)


def _order(request: RunRequest, host: PluginHost, *, time_limit: float, off: tuple[str, ...]) -> Order:
    """The order for one attempt, with the plugins in the state in which they are here."""
    infos = host.plugins()
    states = {state: {info.name for info in infos if info.state is state} for state in PluginState}
    return Order(
        snapshot=request.snapshot,
        matcher=request.matcher,
        seed=request.seed,
        time_limit=time_limit,
        settings=_fewer_settings(host.settings, block=states[PluginState.FAILED] - states[PluginState.ON]),
        builtin=host.builtin,
        entry_points=host.entry_points,
        rules=tuple(host.name_of(rule) for rule in host.rules()),
        off=tuple(sorted(states[PluginState.OFF].union(off))),
        switched={info.name: info.cause for info in infos if info.state is PluginState.SWITCHED_OFF},
    )


def _fewer_settings(settings: Settings, *, block: set[str]) -> Settings:
    """A run needs no database and sends no mail: it gets no passwords. What failed here is not tried again there."""
    blocked = (*settings.block, *sorted(block))
    return msgspec.structs.replace(settings, database="", smtp=None, strict=False, block=blocked)


def _checked(reply: Reply, request: RunRequest, host: PluginHost, plugin: str) -> Planned | Advised:
    if isinstance(reply, Failed):
        raise _failure(request, host, reply.plugin or plugin, reply.cause)
    assert isinstance(reply, Planned | Answered)
    answer = reply if isinstance(reply, Planned) else reply.advised
    for one in reply.asked:
        host.credit(one.plugin, calls=one.calls, slow=one.slow, seconds=one.seconds)
    if fault := next(faults(answer.plan, request.snapshot), ""):
        raise _failure(request, host, plugin, f"Its plan makes no sense. {fault}")
    kinds = {host.name_of(scorer): "scorers" for scorer in host.scorers()}
    kinds |= {host.name_of(rule): "rules" for rule in host.rules()}
    for failure in answer.plan.failures:
        host.blame(kinds.get(failure.name, "rules"), failure.name, failure.cause)
    return answer


def _failure(request: RunRequest, host: PluginHost, plugin: str, cause: str) -> MatcherFailed:
    host.blame("matchers", request.matcher, cause)
    return MatcherFailed(
        f"The matcher “{request.matcher}” could not finish ({plugin}): {cause.removesuffix('.')}. "
        "No proposal was saved. Run it again or choose another matcher."
    )


async def _attempt(order: Order, deadline: float, on_progress: OnProgress | None) -> Reply:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "core.matching_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    try:
        async with asyncio.timeout_at(deadline):
            reply = await _last_reply(process, order, on_progress)
    except TimeoutError:
        reply = Failed("", "it did not end within its time limit and was stopped.")
    finally:
        await _end(process)
    return reply or Failed("", _last_words(process.returncode))


def _environment() -> dict[str, str]:
    """Ours without the settings, and the very same places to import from."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AMPARO_")}
    return own | {"PYTHONPATH": os.pathsep.join(place or str(Path.cwd()) for place in sys.path)}


async def _last_reply(process: asyncio.subprocess.Process, order: Order, note: OnProgress | None) -> Reply | None:
    """Send the order and read replies until one ends the run; None where the process ends without a word."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(ConnectionError):
        process.stdin.write(packed(order))
        await process.stdin.drain()
    while True:
        try:
            (size,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
            reply = unpacked_reply(await process.stdout.readexactly(size))
        except asyncio.IncompleteReadError:
            return None
        except msgspec.DecodeError as problem:
            return Failed("", f"It returned a plan that cannot be read: {problem}.")
        if not isinstance(reply, Moved):
            return reply
        if note is not None:
            await note(reply.progress)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Kill the run with everything that it started, and close the pipes."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.stdin.close()
    await process.wait()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1.0):
            await process.stdout.read()


def _last_words(code: int | None) -> str:
    """How a process died that said nothing."""
    if code is None or code >= 0:
        return f"its process ended with exit code {code} before there was a plan."
    name = signal.Signals(-code).name
    hint = " (often a lack of memory)" if name == "SIGKILL" else ""
    return f"its process was ended by {name}{hint} before there was a plan."
