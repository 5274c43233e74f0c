"""Where plugins come from: the list of built-in modules and the entry points of installed distributions."""

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import Distribution, EntryPoint, PackageNotFoundError, distributions, version
from typing import NoReturn

from core.hookspecs import PROJECT
from core.host.report import PluginSource


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin that is not loaded yet. A block list may name it by any of its ``names``."""

    name: str
    module: str
    version: str
    source: PluginSource
    load: Callable[[], object]
    names: frozenset[str]


def builtin_candidates(modules: Sequence[str]) -> Iterator[Candidate]:
    """The built-in plugins, in the given order, named by their modules within their package."""
    shipped = _own_version()
    for module in modules:
        load = partial(importlib.import_module, module)
        name = module.partition(".")[2] or module
        yield Candidate(name, module, shipped, PluginSource.BUILTIN, load, frozenset({name, module}))


@cache
def _own_version() -> str:
    try:
        return version(PROJECT)
    except PackageNotFoundError:
        return ""


def installed_candidates() -> tuple[Candidate, ...]:
    """What installed distributions offer under the entry-point group ``amparo``, sorted by name.

    A distribution that is found twice on the path counts once, as it does for Python itself.
    """
    ours = [dist for dist in distributions() if _offers_plugins(dist)]
    first = {dist.metadata["Name"]: dist for dist in reversed(ours)}
    found = [candidate for dist in first.values() for candidate in _candidates(dist)]
    return tuple(sorted(found, key=lambda candidate: (candidate.name, candidate.module)))


def _offers_plugins(dist: Distribution) -> bool:
    return f"[{PROJECT}]" in (dist.read_text("entry_points.txt") or "")


def _candidates(dist: Distribution) -> list[Candidate]:
    try:
        points = list(dist.entry_points.select(group=PROJECT))
    except Exception as unreadable:  # isolation boundary: one distribution's broken metadata
        broken = partial(_raise, unreadable)
        return [_candidate(dist, dist.metadata["Name"], "", broken)]
    return [_candidate(dist, point.name, point.value, partial(_loaded, point)) for point in points]


def _loaded(point: EntryPoint) -> object:
    loaded: object = point.load()
    return loaded


def _raise(error: Exception) -> NoReturn:
    raise error


def _candidate(dist: Distribution, name: str, module: str, load: Callable[[], object]) -> Candidate:
    names = frozenset({name, module, dist.metadata["Name"]})
    return Candidate(name, module, dist.version, PluginSource.ENTRY_POINT, load, names)
