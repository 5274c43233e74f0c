"""The one door to plugins: who is there, and a call of one provider that cannot hurt anybody else."""

import contextlib
import functools
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import Any, ParamSpec, TypeVar, cast

from core.errors import MatcherFailed, PluginError
from core.host.breaker import Passage, Ticks
from core.host.calls import Call, Owned
from core.host.contracts import Nonsense
from core.host.kinds import check_answer
from core.host.limits import LoopAside, Overran, Raised
from core.host.register import ALL_KINDS, NOBODY, Register
from core.host.report import Plugin, PluginState
from core.host.streams import Batch, Stream
from core.model.deadlines.rules import DeadlineRule
from core.model.plugins.intake_fields import IntakeField
from core.model.plugins.showing import NavigationEntry
from core.model.rosters.entries import RosterEntry
from core.protocols import Channel, Matcher, Observer, Panel, Report, Roster, Rule, Scorer
from core.settings import Settings
from core.versions import DEPRECATED, Deprecated, Watching, watched

P = ParamSpec("P")
T = TypeVar("T")


class PluginHost(Register):
    """All plugins of one process. Made by ``load``; nothing is global, so tests and processes have their own.

    A plugin is switched off when a call of it never comes back. Its rules stay listed and answer every call with
    PluginError, because a veto must fail closed; everything else of it is gone until the next start. What a person
    switches off is gone with its rules: somebody has decided to do without them.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
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
        switched: Mapping[str, str] = NOBODY,
        ticks: Ticks = monotonic,
        deprecated: Sequence[Deprecated] = DEPRECATED,
    ) -> "PluginHost":
        """Make a host and ``start`` it. ``kinds`` limits what is asked for: a matching run needs no channels.

        ``ticks`` tells the time to the circuit breakers. Who uses what is ``deprecated`` is told so in its remarks.
        """
        given = {"settings": settings, "builtin": builtin, "entry_points": entry_points, "kinds": kinds}
        host = cls(**given, ticks=ticks, deprecated=deprecated)
        host.start(switched)
        return host

    def rules(self) -> tuple[Rule, ...]:
        """The rules, those of plugins that hung included: asking them fails, which blocks."""
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

    def reports(self) -> tuple[Report, ...]:
        """The reports, those of plugins that hung included: whoever asks for one learns why it is not there."""
        return cast(tuple[Report, ...], self._providers("reports", PluginState.ON, PluginState.OFF))

    def navigation(self) -> tuple[NavigationEntry, ...]:
        """The entries of the navigation of plugins that are on, in the order of loading."""
        return cast(tuple[NavigationEntry, ...], self._providers("navigation", PluginState.ON))

    def panels(self) -> tuple[Panel, ...]:
        """The panels, those of plugins that hung included, in the order of loading."""
        return cast(tuple[Panel, ...], self._providers("panels", PluginState.ON, PluginState.OFF))

    def deadlines(self) -> tuple[DeadlineRule, ...]:
        """The rules about deadlines of plugins that are on, in the order of loading."""
        return cast(tuple[DeadlineRule, ...], self._providers("deadlines", PluginState.ON))

    def intake_fields(self) -> tuple[IntakeField, ...]:
        """The questions about cases of plugins that are on, in the order of loading."""
        return cast(tuple[IntakeField, ...], self._providers("intake_fields", PluginState.ON))

    def matcher(self, name: str) -> Matcher:
        """The matcher of this name; raise MatcherFailed, listing the names there are."""
        matchers = {self.name_of(matcher): matcher for matcher in self.matchers()}
        if name not in matchers:
            known = ", ".join(matchers) or "none is loaded"
            raise MatcherFailed(f"There is no matcher “{name}”. Choose one of: {known}. Nothing was changed.")
        return matchers[name]

    def call(self, provider: object, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a method of a synchronous provider in a thread, with the time limit, and check its answer.

        Raises PluginError whatever goes wrong. A call that does not come back switches its plugin off. Blocks
        the caller for as long as the limit: use ``asyncio.to_thread`` where an event loop must go on.
        """
        owned = self._owned[id(provider)]
        call = self._call(owned, function, self.settings.plugin_seconds)
        try:
            asked = self._watched(owned, functools.partial(function, *args, **kwargs))
            with call.bounded(self.settings.plugin_memory_mib):
                answer = self._aside.run(asked, call.limit)
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
        call = self._call(owned, function, self.settings.plugin_seconds)
        try:
            loop = self._loop_of(owned.plugin)
            asked = self._watched(owned, functools.partial(function, *args, **kwargs))
            with call.bounded(self.settings.plugin_memory_mib):
                answer = await loop.run(asked, call.limit)
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
        whole = self._call(owned, roster.fetch, limit)
        passage = whole.passage
        try:
            while batch := await self._step(owned, roster, loop, stream.next_batch, passage):
                yield batch
                whole.require_on()
            passage.end(well=True)
        finally:
            passage.end(well=None)  # unless it is known better
            if owned.plugin.state is PluginState.ON:
                with contextlib.suppress(PluginError):  # recorded; what went wrong before it matters more
                    await self._step(owned, roster, loop, stream.close, passage)

    def _begun(self, owned: Owned, roster: Roster, since: datetime | None) -> AsyncIterator[RosterEntry]:
        entries = roster.fetch(since)
        check_answer(owned.kind, "fetch", entries, (since,))
        return entries

    async def _step(
        self,
        owned: Owned,
        roster: Roster,
        loop: LoopAside,
        step: Callable[[], Coroutine[Any, Any, T]],
        passage: Passage,
    ) -> T:
        call = self._call(owned, roster.fetch, self.settings.roster_seconds, passage)
        try:
            with call.bounded(self.settings.plugin_memory_mib):
                given = await loop.run(self._watched(owned, step), call.limit)
            call.went_well()
        except (Raised, Overran) as problem:
            call.failed(problem)
        finally:
            call.ended()
        return given

    def _call(self, owned: Owned, function: Callable[..., Any], limit: float, passage: Passage | None = None) -> Call:
        return Call(owned, function, limit, traced=self.settings.trace_plugins, passage=passage)

    def _watched(self, owned: Owned, function: Callable[[], T]) -> Callable[[], T]:
        return watched(Watching(owned.plugin.remark, self.deprecated), function)

    def _loop_of(self, plugin: Plugin) -> LoopAside:
        """A loop for each plugin: one that blocks its own cannot make the others look slow."""
        with self._lock:
            if plugin.name not in self._loops:
                self._loops[plugin.name] = LoopAside(plugin.name)
            return self._loops[plugin.name]

    def close(self) -> None:
        """Let the host's threads end. A call that hangs cannot be ended: it dies with the process."""
        super().close()
        for loop in self._loops.values():
            loop.close()
        self._loops.clear()
