"""Inside a run's process: load the plugins, let the matcher propose, send progress and then the plan or the cause.

Its standard output is the pipe to the portal, so it is moved away before any plugin is loaded: what a plugin prints
goes to standard error. Its standard input stays open as a lifeline: when the portal is gone, so is the run.
"""

import contextlib
import os
import resource
import signal
import sys
import threading
from collections.abc import Sequence
from time import monotonic
from typing import Any, Final, NoReturn

from core.errors import AmparoError, MatcherFailed
from core.host import PluginHost
from core.host.causes import told_without_data
from core.host.contracts import Nonsense
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
    unpacked,
)
from core.matching_process.watch import Watch, WatchedRule, WatchedScorer
from core.model.plans.advice import Advised
from core.model.plans.teams import Plan, Progress
from core.protocols import Adviser, Matcher, Rule, Scorer

PROGRESS_SECONDS: Final = 0.2
"""Progress within one stage is told at most this often."""


class Replies:
    """The pipe to the portal."""

    def __init__(self, pipe: int) -> None:
        self._pipe, self._lock = pipe, threading.Lock()
        self._last: tuple[str, float] = ("", 0.0)

    def send(self, reply: Reply) -> None:
        """Send one reply whole."""
        rest = memoryview(packed(reply))
        with self._lock:
            while rest:
                rest = rest[os.write(self._pipe, rest) :]

    def report(self, progress: Progress) -> None:
        """Tell progress, unless the same stage was told a moment ago."""
        if not isinstance(progress, Progress):
            raise Nonsense(f"It reported a {type(progress).__name__} instead of a Progress.")
        stage, told = self._last
        if progress.stage != stage or monotonic() - told > PROGRESS_SECONDS:
            self._last = (progress.stage, monotonic())
            self.send(Moved(progress))


def main() -> NoReturn:
    """Read an order from standard input and carry it out. Always ends the process, whatever threads are left."""
    lifeline, replies = os.dup(0), Replies(os.dup(1))
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    order = unpacked(_read(lifeline, LENGTH.unpack(_read(lifeline, LENGTH.size))[0]), Order)
    threading.Thread(target=_end_with_portal, args=(lifeline,), daemon=True).start()
    _limit_memory(order.settings.run_memory_mib)
    replies.send(_carry_out(order, replies))
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(0)


def _read(pipe: int, size: int) -> bytes:
    parts = []
    while size > 0:
        part = os.read(pipe, min(size, 1 << 20))
        if not part:
            raise EOFError("The order ends too early.")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _end_with_portal(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)


def _limit_memory(mebibytes: int | None) -> None:
    """What is said, or what may be at most: the portal may just have drawn in its own limit, which we inherit."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = most if mebibytes is None else mebibytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _carry_out(order: Order, replies: Replies) -> Reply:
    host = PluginHost.load(
        order.builtin,
        settings=order.settings,
        entry_points=order.entry_points,
        kinds=("rules", "scorers", "matchers"),
        switched=order.switched,
    )
    for plugin in order.off:
        host.switch_off(plugin, "a call of it did not come back in this run")
    lost = sorted(set(order.rules) - {host.name_of(rule) for rule in host.rules()})
    if lost:
        return Failed("", f"the rule {lost[0]} could not be loaded in the process of the run")
    try:
        matcher = host.matcher(order.matcher)
    except MatcherFailed as unknown:
        return Failed("", str(unknown))
    return _propose(order, host, matcher, replies)


def _propose(order: Order, host: PluginHost, matcher: Matcher, replies: Replies) -> Reply:
    watch = Watch(host, interrupts=False)
    watch.guard(lambda kind, provider: _give_up(host, replies, kind, provider))
    rules: Sequence[Rule] = [WatchedRule(rule, watch) for rule in host.rules()]
    scorers: Sequence[Scorer] = [WatchedScorer(scorer, watch) for scorer in host.scorers()]
    method, began = "propose" if order.questions is None else "advise", monotonic()
    try:
        answer = _answer(order, matcher, rules, scorers, replies)
        watch.note(matcher, method, "answered", monotonic() - began)
        return _checked(answer, order, host.plugin_of(matcher), watch)
    except BaseException as error:  # isolation boundary: the matcher is the plugin's own code
        watch.note(matcher, method, "raised", monotonic() - began)
        return Failed(host.plugin_of(matcher), told_without_data(error))
    finally:
        watch.end()


def _answer(
    order: Order, matcher: Matcher, rules: Sequence[Rule], scorers: Sequence[Scorer], replies: Replies
) -> object:
    given: dict[str, Any] = {"seed": order.seed, "time_limit": order.time_limit, "report": replies.report}
    if order.questions is None:
        return matcher.propose(order.snapshot, rules, scorers, **given)
    if not isinstance(matcher, Adviser):
        raise AmparoError("It plans teams and answers no questions about them. Ask another matcher.")
    return matcher.advise(order.snapshot, rules, scorers, questions=order.questions, **given)


def _checked(answer: object, order: Order, plugin: str, watch: Watch) -> Reply:
    wanted = Plan if order.questions is None else Advised
    if not isinstance(answer, wanted):
        return Failed(plugin, f"It returned a {type(answer).__name__} instead of a {wanted.__name__}.")
    reply = Planned(answer, watch.asked()) if isinstance(answer, Plan) else Answered(answer, watch.asked())
    try:
        packed(reply)
    except (TypeError, ValueError) as problem:
        return Failed(plugin, f"It returned a plan that cannot be read: {problem}")
    return reply


def _give_up(host: PluginHost, replies: Replies, kind: str, provider: object) -> NoReturn:
    """Name the provider that hangs and end: its thread cannot be stopped otherwise."""
    cause = f"no answer within {host.settings.plugin_seconds:g} seconds"
    replies.send(Hung(host.plugin_of(provider), kind, host.name_of(provider), cause))
    os._exit(1)
