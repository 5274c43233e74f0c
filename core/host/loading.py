"""Loading one plugin: import, registration, each hook alone, each provider against its protocol."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

import pluggy

from core import hookspecs
from core.host.causes import told_at_start
from core.host.contracts import Kind, Nonsense, declared_by
from core.host.finding import Candidate
from core.host.kinds import KINDS
from core.host.limits import Aside, Overran, Raised
from core.host.memory import CEILING
from core.host.report import Plugin, PluginSource, PluginState
from core.host.sources import declared_in_source
from core.logs import Log
from core.settings import Settings
from core.versions import (
    DECLARED_BY,
    DEPRECATED,
    UNDECLARED,
    Deprecated,
    Part,
    Watching,
    problem_with,
    tell_of,
    watched,
)

log = Log("amparo.plugins")
T = TypeVar("T")
SLOW_SHARE = 0.25
"""A call that takes a greater share of its limit is counted as slow."""


class LoadFailed(Exception):
    """A stage of loading a plugin failed, and with it the plugin."""


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads plugins one after another. ``kinds`` are the kinds of provider that are asked for.

    ``deprecated`` is what will go one day: who uses it is told. ``spare`` are managers that nobody is registered with:
    to make one takes as long as all the rest of loading a small plugin.
    """

    settings: Settings
    aside: Aside
    kinds: Collection[str]
    deprecated: Sequence[Deprecated] = DEPRECATED
    spare: list[pluggy.PluginManager] = field(default_factory=list)

    def load(self, candidate: Candidate) -> Plugin:
        """Load a plugin wholly or not at all: half a plugin would surprise its author and everybody else."""
        plugin = Plugin(candidate.name, candidate.module, candidate.version, candidate.source)
        if self.is_blocked(candidate):
            plugin.put(PluginState.BLOCKED, "It is on the block list (AMPARO_BLOCK).")
            return plugin
        try:
            self._bring(candidate, plugin)
        except LoadFailed as failure:
            plugin.providers, plugin.names = {}, {}
            plugin.put(PluginState.FAILED, str(failure))
        return plugin

    def is_blocked(self, candidate: Candidate) -> bool:
        """Whether the settings say that it is not loaded."""
        return bool(candidate.names & set(self.settings.block))

    def _bring(self, candidate: Candidate, plugin: Plugin) -> None:
        watching = Watching(plugin.remark, self.deprecated)
        module = self._imported(candidate, plugin)
        if plugin.source is not PluginSource.BUILTIN:  # what ships with this Amparo fits it
            self._stage(plugin, DECLARED_BY, partial(_require_fitting, module, plugin))
        manager = self.spare.pop() if self.spare else _new_manager()
        self._stage(plugin, "registration", partial(_register, module, candidate.name, manager, watching))
        for kind in KINDS:
            if kind.name in self.kinds and _implementations(manager, kind):
                found = self._stage(plugin, kind.hook, partial(_ask, manager, kind, self.settings, watching))
                if found:
                    plugin.declared[kind.name] = tuple(said for said, _ in found)
                    plugin.names[kind.name] = tuple(str(said["name"]) for said, _ in found)
                    plugin.providers[kind.name] = tuple(provider for _, provider in found)
        if plugin.source is PluginSource.BUILTIN:  # a module: to take it away again runs no code of its own
            manager.unregister(module)
            self.spare.append(manager)

    def _imported(self, candidate: Candidate, plugin: Plugin) -> object:
        """Import a plugin. One that was written for a version that has more fails with that as its cause."""
        try:
            return self._stage(plugin, "import", candidate.load)
        except LoadFailed:
            declared = self._stage(plugin, "import", partial(declared_in_source, candidate.module))
            if problem := problem_with(declared):
                raise LoadFailed(f"{DECLARED_BY}: {problem}") from None
            raise

    def _stage(self, plugin: Plugin, stage: str, function: Callable[[], T]) -> T:
        """Do one stage aside. ``stage`` opens the cause of a failure, so that its author knows where to look."""
        began, watching = perf_counter(), Watching(plugin.remark, self.deprecated)
        try:
            with CEILING.above(self.settings.plugin_memory_mib or None, plugin.grew):
                return self.aside.run(watched(watching, function), self.settings.plugin_seconds)
        except Overran:
            raise LoadFailed(f"{stage}: no answer within {self.settings.plugin_seconds:g} seconds") from None
        except Raised as raised:
            raise LoadFailed(f"{stage}: {told_at_start(raised.error)}") from None
        finally:
            seconds = perf_counter() - began
            if seconds > self.settings.plugin_seconds * SLOW_SHARE:
                plugin.slow += 1
                log.warning("plugin is slow to start", plugin=plugin.name, stage=stage, seconds=seconds)


def _require_fitting(module: object, plugin: Plugin) -> None:
    """Refuse a plugin that was written for another version of the interface."""
    declared = getattr(module, DECLARED_BY, None)
    if problem := problem_with(declared):
        raise Nonsense(problem)
    if declared is None:
        plugin.remark(UNDECLARED)


def _new_manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    return manager


def _register(plugin: object, name: str, manager: pluggy.PluginManager, watching: Watching) -> None:
    """Register a plugin alone with a manager. One that fails or hangs keeps it, and cannot spoil the others' hooks."""
    manager.register(plugin, name)
    callers = manager.get_hookcallers(plugin) or []
    if not callers:
        raise Nonsense("It implements no hook: mark functions named amparo_... with hookimpl.")
    for caller in callers:
        _check_implementations(caller)
        tell_of(Part.HOOK, caller.name, watching)


def _check_implementations(caller: pluggy.HookCaller) -> None:
    for implementation in caller.get_hookimpls():
        if not caller.has_spec() and not implementation.optionalhook:
            raise Nonsense(f"It implements {caller.name}, which is no hook of Amparo.")
        if implementation.hookwrapper or implementation.wrapper:
            raise Nonsense(f"It wraps {caller.name}; hooks are called for each plugin alone.")


def _ask(
    manager: pluggy.PluginManager, kind: Kind, settings: Settings, watching: Watching
) -> list[tuple[dict[str, Any], Any]]:
    """Call a plugin's own implementations of one hook and check what they return: what each declares, with it."""
    known = {"settings": settings}
    found: list[tuple[dict[str, Any], Any]] = []
    for implementation in _implementations(manager, kind):
        arguments = [known[name] for name in implementation.argnames]
        found += [(declared_by(kind, one), one) for one in _several(kind, implementation.function(*arguments))]
    for provider in (provider for _, provider in found):
        _tell_of_attributes(kind, provider, watching)
    return found


def _implementations(manager: pluggy.PluginManager, kind: Kind) -> list[pluggy.HookImpl]:
    caller: pluggy.HookCaller = getattr(manager.hook, kind.hook)
    return caller.get_hookimpls()


def _tell_of_attributes(kind: Kind, provider: object, watching: Watching) -> None:
    for one in watching.registry:
        owner, _, attribute = one.name.partition(".")
        if one.part is Part.ATTRIBUTE and owner == kind.name and hasattr(provider, attribute):
            watching.note(one.told())


def _several(kind: Kind, answer: object) -> list[Any] | tuple[Any, ...]:
    if isinstance(answer, list | tuple):
        return answer
    if hasattr(answer, "close") and hasattr(answer, "send"):
        answer.close()
    raise Nonsense(f"It returned a {type(answer).__name__} instead of a list or tuple.")
