"""Checking one plugin whole: its source, its start, its names and each of its providers."""

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import EntryPoint

import msgspec

from core.conformance.imports import require_only_the_door
from core.conformance.outcome import Check, LeftOut, Outcome, State, Wrong
from core.conformance.performing import Announce, outcomes_of, outcomes_of_provider
from core.conformance.subjects import Subject
from core.hookspecs import PROJECT
from core.host import PluginHost, PluginSource, PluginState
from core.host.finding import Candidate
from core.host.kinds import KINDS
from core.host.limits import Aside
from core.host.loading import Loader
from core.host.report import Plugin
from core.settings import Settings
from core.versions import DECLARED_BY, DEPRECATED, Deprecated

REMEDIES = {
    DECLARED_BY: "docs/plugins/versions.md says what a version promises.",
    "import": "Let the module import without help: no network, no files, nothing that is not installed.",
    "registration": "Mark functions named as the hooks with hookimpl; docs/plugins lists the hooks and what they get.",
}
RETURN = "Return a list or tuple of objects that have what their protocol says; docs/plugins has a page for each."


class Inspection(msgspec.Struct, frozen=True):
    """What to check, and how far. ``builtin`` are the modules whose names are taken already.

    ``seconds`` is what one call may take, ``roster_seconds`` reading the first entries of a roster.
    """

    subject: Subject
    builtin: tuple[str, ...]
    seconds: float
    roster_seconds: float
    live: bool

    def seconds_of(self, kind: str) -> float:
        """What a call of a provider of this kind may take."""
        return self.roster_seconds if kind == "rosters" else self.seconds


def outcomes_of_plugin(
    order: Inspection, settings: Settings, announce: Announce, deprecated: Sequence[Deprecated] = DEPRECATED
) -> Iterator[Outcome]:
    """Check everything about one plugin, the cheapest first. ``deprecated`` is what will go one day."""
    # Before the plugin's own folder: a checkout of ours that lies beside it may be taken for the partner's door.
    importlib.import_module(PROJECT)
    sys.path[:0] = order.subject.places
    importlib.invalidate_caches()
    yield from outcomes_of("source", iter([Check("imports only amparo of ours", _imports_of(order))]), announce)
    announce("plugin", "loads")
    plugin = _loaded(order, settings, deprecated)
    if plugin.state is not PluginState.ON:
        yield _not_loaded(plugin)
        return
    yield Outcome("plugin", "loads")
    yield from _versions(plugin)
    names = Check("names that nobody else uses", _names_of(order, plugin))
    brings = Check("brings something", partial(_require_something, plugin))
    yield from outcomes_of("plugin", iter([brings, names]), announce)
    for kind, providers in plugin.providers.items():
        for provider in providers:
            yield from outcomes_of_provider(
                kind, provider, seconds=order.seconds_of(kind), live=order.live, announce=announce
            )


def _imports_of(order: Inspection) -> Callable[[], None]:
    def check() -> None:
        if order.subject.builtin:
            raise LeftOut("It ships with Amparo and moves together with it.")
        require_only_the_door(order.subject.module.partition(":")[0])

    return check


def _loaded(order: Inspection, settings: Settings, deprecated: Sequence[Deprecated]) -> Plugin:
    subject = order.subject
    point = EntryPoint(subject.name, subject.module, PROJECT)
    source = PluginSource.BUILTIN if subject.builtin else PluginSource.ENTRY_POINT
    candidate = Candidate(subject.name, subject.module, subject.version, source, point.load, frozenset())
    limits = msgspec.structs.replace(settings, plugin_seconds=order.seconds)
    return Loader(limits, Aside(), [kind.name for kind in KINDS], deprecated).load(candidate)


def _not_loaded(plugin: Plugin) -> Outcome:
    stage = plugin.cause.partition(":")[0]
    return Outcome("plugin", "loads", State.WRONG, plugin.cause, REMEDIES.get(stage, RETURN))


def _versions(plugin: Plugin) -> Iterator[Outcome]:
    """That it says for which version it was written, and each thing that it uses and that will go one day."""
    for remark in plugin.remarks:
        problem, _, remedy = remark.partition(". ")
        yield Outcome("plugin", "will fit tomorrow", State.ADVICE, f"{problem}.", remedy)
    if not plugin.remarks:
        yield Outcome("plugin", "will fit tomorrow")


def _require_something(plugin: Plugin) -> None:
    if not plugin.providers:
        raise LeftOut("Its hooks return nothing with these settings.", "Set what it needs and check again.")


def _names_of(order: Inspection, plugin: Plugin) -> Callable[[], None]:
    def check() -> None:
        used = set() if order.subject.builtin else _used_names(order.builtin)
        for kind, names in plugin.names.items():
            for name in names:
                if (kind, name) in used:
                    raise Wrong(f"amparo_{kind}: the name {name} is already used.", "Begin it with the bar's name.")
                used.add((kind, name))

    return check


def _used_names(builtin: Sequence[str]) -> set[tuple[str, str]]:
    host = PluginHost.load(builtin, settings=Settings(), entry_points=False)
    try:
        return {(kind, name) for info in host.plugins() for kind, names in info.providers.items() for name in names}
    finally:
        host.close()
