"""Who is there: every plugin that was found, the providers it brought, and whether it is on."""

import threading
from collections.abc import Mapping, Sequence
from time import monotonic
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from core.errors import PluginError
from core.host.breaker import Breaker, Ticks
from core.host.calls import Owned
from core.host.causes import told_at_start
from core.host.finding import Candidate, builtin_candidates, installed_candidates
from core.host.kinds import KINDS
from core.host.limits import Aside, Overran, Raised
from core.host.loading import Loader
from core.host.report import Plugin, PluginInfo, PluginSource, PluginState
from core.logs import Log
from core.settings import Settings
from core.versions import DEPRECATED, Deprecated

log = Log("amparo.plugins")
WHEN_STRICT = "Nothing was started. Repair the plugin, name it in AMPARO_BLOCK, or unset AMPARO_STRICT."
ALL_KINDS = tuple(kind.name for kind in KINDS)
NOBODY: Mapping[str, str] = MappingProxyType({})


class Register:
    """The plugins of one process, and what can be done to one as a whole: start it, switch it off and on, blame it.

    ``process`` tells this process from others that have the same plugins. ``deprecated`` is what will go one day.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        builtin: Sequence[str],
        entry_points: bool,
        kinds: Sequence[str] = ALL_KINDS,
        ticks: Ticks = monotonic,
        deprecated: Sequence[Deprecated] = DEPRECATED,
    ) -> None:
        self.deprecated = deprecated
        self.settings, self.builtin, self.entry_points = settings, tuple(builtin), entry_points
        self.process = uuid4()
        self._ticks = ticks
        self._waiting: dict[str, Candidate] = {}
        self._switching = threading.Lock()
        self._plugins: list[Plugin] = []
        self._owned: dict[int, Owned] = {}
        self._aside = Aside()
        self._loader = Loader(settings, self._aside, kinds, deprecated)

    def start(self, switched: Mapping[str, str] = NOBODY) -> None:
        """Load the built-in modules in order, then the installed plugins by name.

        A plugin that fails is listed with its cause and the others start; with ``settings.strict`` the first
        failure raises PluginError. What a person has ``switched`` off, by name with a sentence about it, is not loaded.
        """
        try:
            for candidate in builtin_candidates(self.builtin):
                self._bring(candidate, switched)
            for candidate in self._installed() if self.entry_points else ():
                self._bring(candidate, switched)
        except PluginError:
            self.close()
            raise

    def _bring(self, candidate: Candidate, switched: Mapping[str, str]) -> None:
        why = switched.get(candidate.name, "")
        if why and candidate.name not in self._waiting and not self._loader.is_blocked(candidate):
            self._waiting[candidate.name] = candidate
            plugin = Plugin(candidate.name, candidate.module, candidate.version, candidate.source, switched=why)
        else:
            plugin = self._loader.load(candidate)
        self._admit(plugin)

    def differs(self, switched: Mapping[str, str]) -> bool:
        """Whether ``switch`` would change anything."""
        return any(plugin.switched != switched.get(plugin.name, "") for plugin in self._firsts().values())

    def _firsts(self) -> dict[str, Plugin]:
        """The plugins by name. Of several with the same name the first one counts; the others failed for it."""
        return {plugin.name: plugin for plugin in reversed(self._plugins)}

    def switch(self, switched: Mapping[str, str]) -> None:
        """Let exactly these plugins be off, by name with a sentence about it, and all others be on.

        What was not loaded since it was off is loaded now, which may take as long as at the start.
        """
        with self._switching:
            for plugin in self._firsts().values():
                why = switched.get(plugin.name, "")
                if plugin.switched == why:
                    continue
                if bool(plugin.switched) != bool(why):
                    log.warning("plugin switched by a person", plugin=plugin.name, on=not why)
                plugin.switched = why
                if not why and (candidate := self._waiting.pop(plugin.name, None)):
                    self._admit(self._loader.load(candidate), self._plugins.index(plugin))

    def _installed(self) -> tuple[Candidate, ...]:
        try:
            return self._aside.run(installed_candidates, self.settings.plugin_seconds)
        except Raised as raised:
            cause = told_at_start(raised.error)
        except Overran:
            cause = f"no answer within {self.settings.plugin_seconds:g} seconds"
        unread = Plugin("installed plugins", "", "", PluginSource.ENTRY_POINT)
        unread.put(PluginState.FAILED, f"entry points: {cause}")
        self._admit(unread)
        return ()

    def _admit(self, plugin: Plugin, place: int | None = None) -> None:
        """List a plugin and take its providers, unless a name of it is taken: the first one stays.

        ``place``: instead of the one that is listed there.
        """
        if taken := self._taken(plugin, place):
            plugin.providers, plugin.names = {}, {}
            plugin.put(PluginState.FAILED, taken)
        owned = dict(self._owned)  # others may be reading it
        for kind, found in plugin.providers.items():
            for name, said, provider in zip(plugin.names[kind], plugin.declared[kind], found, strict=True):
                owned[id(provider)] = Owned(provider, plugin, kind, name, said)
                plugin.breakers[kind, name] = Breaker(self._ticks)
        self._owned = owned
        if place is None:
            self._plugins.append(plugin)
        else:
            self._plugins[place] = plugin
        if plugin.state is PluginState.FAILED:
            log.warning("plugin failed to start", plugin=plugin.name, cause=plugin.cause)
            if self.settings.strict and place is None:
                cause = f"{plugin.cause.removesuffix('.')}. {WHEN_STRICT}"
                raise PluginError(plugin=plugin.name, provider="start", cause=cause)

    def _taken(self, plugin: Plugin, place: int | None) -> str:
        if any(plugin.name == other.name for at, other in enumerate(self._plugins) if at != place):
            return f"registration: another plugin is already named {plugin.name}"
        used = {(owned.kind, owned.name): owned.plugin.name for owned in self._owned.values()}
        for kind, name in [(kind, name) for kind, names in plugin.names.items() for name in names]:
            if (kind, name) in used:
                return f"amparo_{kind}: the name {name} is already used by {used[kind, name]}"
            used[kind, name] = plugin.name
        return ""

    def plugins(self) -> tuple[PluginInfo, ...]:
        """Every plugin that was found, blocked and failed ones included, in the order of loading."""
        return tuple(plugin.info() for plugin in self._plugins)

    def _providers(self, kind: str, *states: PluginState) -> tuple[object, ...]:
        return tuple(one for p in self._plugins if p.standing in states for one in p.providers.get(kind, ()))

    def name_of(self, provider: object) -> str:
        """The name under which a provider was admitted."""
        return self._owned[id(provider)].name

    def declared(self, provider: object) -> Mapping[str, Any]:
        """What the attributes of a provider held when it was loaded, each of them checked."""
        return self._owned[id(provider)].declared

    def plugin_of(self, provider: object) -> str:
        """The name of the plugin that a provider belongs to."""
        return self._owned[id(provider)].plugin.name

    def is_on(self, provider: object) -> bool:
        """Whether the plugin of a provider is in service."""
        return self._owned[id(provider)].plugin.standing is PluginState.ON

    def credit(self, plugin_name: str, *, calls: int, slow: int, seconds: float) -> None:
        """Count calls that happened elsewhere, such as in a matching run."""
        if (plugin := self._firsts().get(plugin_name)) is not None:
            plugin.count(seconds, slow=slow, calls=calls)

    def blame(self, kind: str, name: str, cause: str) -> None:
        """Record a failure that happened elsewhere, such as in a matching run, under its plugin's name."""
        for owned in self._owned.values():
            if (owned.kind, owned.name) == (kind, name):
                owned.plugin.blame(f"{name}: {cause}")
                log.warning("plugin failed", plugin=owned.plugin.name, provider=name, cause=cause)

    def switch_off(self, plugin_name: str, cause: str) -> None:
        """Take a plugin out of service until the next start, and show why."""
        for plugin in self._plugins:
            if plugin.name == plugin_name:
                plugin.put(PluginState.OFF, cause)
                log.error("plugin switched off", plugin=plugin_name, cause=cause)

    def close(self) -> None:
        """Let the threads end that calls are made in. A call that hangs cannot be ended: it dies with the process."""
        self._aside.close()
