"""The one door to plugins: who is there, and a call of one provider that cannot hurt anybody else."""

import contextlib
import functools
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast

import structlog

from core.errors import MatcherFailed, PluginError
from core.host.calls import Call, Owned
from core.host.causes import told_at_start
from core.host.contracts import KINDS, Nonsense, check_answer
from core.host.finding import Candidate, builtin_candidates, installed_candidates
from core.host.limits import Aside, LoopAside, Overran, Raised
from core.host.loading import Loader
from core.host.report import Plugin, PluginInfo, PluginSource, PluginState
from core.host.streams import Batch, Stream
from core.model.roster import RosterEntry
from core.protocols import Channel, Matcher, Observer, Roster, Rule, Scorer
from core.settings import Settings

log = structlog.get_logger("amparo.plugins")
P = ParamSpec("P")
T = TypeVar("T")
WHEN_STRICT = "Nothing was started. Repair the plugin, name it in AMPARO_BLOCK, or unset AMPARO_STRICT."
ALL_KINDS = tuple(kind.name for kind in KINDS)


class PluginHost:
    """All plugins of one process. Made by ``load``; nothing is global, so tests and processes have their own.

    A plugin is switched off when a call of it never comes back. Its rules stay listed and answer every call with
    PluginError, because a veto must fail closed; everything else of it is gone until the next start.
    """

    def __init__(self, *, settings: Settings, builtin: Sequence[str], entry_points: bool) -> None:
        self.settings, self.builtin, self.entry_points = settings, tuple(builtin), entry_points
        self._plugins: list[Plugin] = []
        self._owned: dict[int, Owned] = {}
        self._aside = Aside()
        self._loops: dict[str, LoopAside] = {}
        self._lock = threading.Lock()

    @classmethod
    def load(
        cls,
        builtin: Sequence[str],
        *,
        settings: Settings,
        entry_points: bool = True,
        kinds: Sequence[str] = ALL_KINDS,
    ) -> "PluginHost":
        """Load the built-in modules in order, then the installed plugins by name.

        A plugin that fails is listed with its cause and the others start; with ``settings.strict`` the first
        failure raises PluginError. ``kinds`` limits what is asked for: a matching run needs no channels.
        """
        host = cls(settings=settings, builtin=builtin, entry_points=entry_points)
        try:
            host._load_all(Loader(settings, host._aside, kinds))
        except PluginError:
            host.close()
            raise
        return host

    def _load_all(self, loader: Loader) -> None:
        for candidate in builtin_candidates(self.builtin):
            self._admit(loader.load(candidate))
        for candidate in self._installed() if self.entry_points else ():
            self._admit(loader.load(candidate))

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

    def _admit(self, plugin: Plugin) -> None:
        """List a plugin and take its providers, unless a name of it is taken: the first one stays."""
        if taken := self._taken(plugin):
            plugin.providers, plugin.names = {}, {}
            plugin.put(PluginState.FAILED, taken)
        self._plugins.append(plugin)
        for kind, found in plugin.providers.items():
            for name, provider in zip(plugin.names[kind], found, strict=True):
                self._owned[id(provider)] = Owned(provider, plugin, kind, name)
        if plugin.state is PluginState.FAILED:
            log.warning("plugin failed to start", plugin=plugin.name, cause=plugin.cause)
            if self.settings.strict:
                cause = f"{plugin.cause.removesuffix('.')}. {WHEN_STRICT}"
                raise PluginError(plugin=plugin.name, provider="start", cause=cause)

    def _taken(self, plugin: Plugin) -> str:
        if any(plugin.name == other.name for other in self._plugins):
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

    def rules(self) -> tuple[Rule, ...]:
        """The rules, those of plugins that were switched off included: asking them fails, which blocks."""
        return cast(tuple[Rule, ...], self._providers("rules", PluginState.ON, PluginState.OFF))

    def scorers(self) -> tuple[Scorer, ...]:
        """The scorers of plugins that are on."""
        return cast(tuple[Scorer, ...], self._providers("scorers", PluginState.ON))

    def matchers(self) -> tuple[Matcher, ...]:
        """The matchers of plugins that are on."""
        return cast(tuple[Matcher, ...], self._providers("matchers", PluginState.ON))

    def channels(self) -> tuple[Channel, ...]:
        """The channels of plugins that are on, in the order of loading."""
        return cast(tuple[Channel, ...], self._providers("channels", PluginState.ON))

    def observers(self) -> tuple[Observer, ...]:
        """The observers of plugins that are on."""
        return cast(tuple[Observer, ...], self._providers("observers", PluginState.ON))

    def rosters(self) -> tuple[Roster, ...]:
        """The rosters of plugins that are on, in the order of loading."""
        return cast(tuple[Roster, ...], self._providers("rosters", PluginState.ON))

    def _providers(self, kind: str, *states: PluginState) -> tuple[object, ...]:
        return tuple(one for p in self._plugins if p.state in states for one in p.providers.get(kind, ()))

    def matcher(self, name: str) -> Matcher:
        """The matcher of this name; raise MatcherFailed, listing the names there are."""
        matchers = {self.name_of(matcher): matcher for matcher in self.matchers()}
        if name not in matchers:
            known = ", ".join(matchers) or "none is loaded"
            raise MatcherFailed(f"There is no matcher “{name}”. Choose one of: {known}. Nothing was changed.")
        return matchers[name]

    def name_of(self, provider: object) -> str:
        """The name under which a provider was admitted."""
        return self._owned[id(provider)].name

    def plugin_of(self, provider: object) -> str:
        """The name of the plugin that a provider belongs to."""
        return self._owned[id(provider)].plugin.name

    def is_on(self, provider: object) -> bool:
        """Whether the plugin of a provider is in service."""
        return self._owned[id(provider)].plugin.state is PluginState.ON

    def call(self, provider: object, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a method of a synchronous provider in a thread, with the time limit, and check its answer.

        Raises PluginError whatever goes wrong. A call that does not come back switches its plugin off. Blocks
        the caller for as long as the limit: use ``asyncio.to_thread`` where an event loop must go on.
        """
        call = Call(self._owned[id(provider)], function, self.settings.plugin_seconds)
        try:
            answer = self._aside.run(functools.partial(function, *args, **kwargs), call.limit)
            call.answered(answer, args)
        except (Raised, Overran, Nonsense) as problem:
            call.failed(problem)
        finally:
            call.ended()
        return answer

    async def acall(
        self,
        provider: object,
        function: Callable[P, Coroutine[Any, Any, T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Await a coroutine method of a provider in its plugin's own event loop, with the time limit.

        Raises DeliveryFailed as the channel raised it, PluginError for whatever else goes wrong. What ends when
        it is cancelled at the limit is a failure; what blocks its loop switches its plugin off.
        """
        owned = self._owned[id(provider)]
        call = Call(owned, function, self.settings.plugin_seconds)
        try:
            loop = self._loop_of(owned.plugin)
            answer = await loop.run(functools.partial(function, *args, **kwargs), call.limit)
            call.answered(answer, args)
        except (Raised, Overran, Nonsense) as problem:
            call.failed(problem)
        finally:
            call.ended()
        return answer

    async def stream(self, roster: Roster, since: datetime | None) -> AsyncGenerator[Batch, None]:
        """Give the entries of a roster in batches of at most 1,000, none of them empty, each entry checked.

        ``fetch`` runs in its plugin's own event loop, at most one batch ahead. A batch may take
        ``settings.roster_seconds``, during which the caller's loop goes on. Raises PluginError, under the plugin's
        name, for whatever goes wrong, be it after many good batches: nothing is applied before the last one came.
        A plugin that blocks its loop, or that does not end when it is cancelled, is switched off.

        Who may stop early closes it, so that the source is closed too::

            async with contextlib.aclosing(host.stream(roster, since)) as batches:
                async for batch in batches:
                    ...
        """
        owned = self._owned[id(roster)]
        loop, limit = self._loop_of(owned.plugin), self.settings.roster_seconds
        stream = Stream(functools.partial(self._begun, owned, roster, since), limit)
        try:
            while batch := await self._step(owned, roster, loop, stream.next_batch):
                yield batch
        finally:
            if owned.plugin.state is PluginState.ON:
                with contextlib.suppress(PluginError):  # recorded; what went wrong before it matters more
                    await self._step(owned, roster, loop, stream.close)

    def _begun(self, owned: Owned, roster: Roster, since: datetime | None) -> AsyncIterator[RosterEntry]:
        entries = roster.fetch(since)
        check_answer(owned.kind, "fetch", entries, (since,))
        return entries

    async def _step(
        self, owned: Owned, roster: Roster, loop: LoopAside, step: Callable[[], Coroutine[Any, Any, T]]
    ) -> T:
        call = Call(owned, roster.fetch, self.settings.roster_seconds)
        try:
            return await loop.run(step, call.limit)
        except (Raised, Overran) as problem:
            call.failed(problem)
        finally:
            call.ended()

    def _loop_of(self, plugin: Plugin) -> LoopAside:
        """A loop for each plugin: one that blocks its own cannot make the others look slow."""
        with self._lock:
            if plugin.name not in self._loops:
                self._loops[plugin.name] = LoopAside(plugin.name)
            return self._loops[plugin.name]

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
        """Let the host's threads end. A call that hangs cannot be ended: it dies with the process."""
        self._aside.close()
        for loop in self._loops.values():
            loop.close()
        self._loops.clear()
