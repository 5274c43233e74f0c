"""One call of a provider: whose it is, how long it may take, and the record of how it went."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final, NoReturn

from core.errors import DeliveryFailed, PluginError
from core.host.breaker import Breaker, Passage
from core.host.causes import refusal_of, told_to_staff, told_without_data
from core.host.contracts import Nonsense
from core.host.kinds import KIND_OF, check_answer
from core.host.limits import Overran, Raised
from core.host.loading import SLOW_SHARE
from core.host.memory import CEILING
from core.host.report import Plugin, PluginState
from core.logs import Log

log = Log("amparo.plugins")


_OUTCOMES: Final[Mapping[type, str]] = {Raised: "raised", Overran: "too late", Nonsense: "nonsense"}


def trace(where: Mapping[str, str], outcome: str, seconds: float) -> None:
    """Write one call to the log: whose, which method, how long, how it ended."""
    log.info("plugin called", **where, milliseconds=round(seconds * 1000, 3), outcome=outcome)


@dataclass(frozen=True, slots=True)
class Owned:
    """A provider with the plugin it belongs to, its kind and the name under which it was admitted.

    ``declared`` is what its attributes held when it was loaded: pages read these and not the object again.
    """

    provider: object
    plugin: Plugin
    kind: str
    name: str
    declared: Mapping[str, Any] = field(default_factory=dict)

    @property
    def breaker(self) -> Breaker:
        """Its circuit breaker."""
        return self.plugin.breakers[self.kind, self.name]


class Call:
    """A context for one call: counts it, checks its answer, and turns whatever goes wrong into PluginError.

    Its provider must not rest; ``passage``: this is a step of a stream that was let pass before, and that says itself
    how it ends. With ``traced`` each call is written to the log, without a word of what was asked or answered.
    """

    def __init__(
        self,
        owned: Owned,
        function: Callable[..., Any],
        limit: float,
        *,
        traced: bool = False,
        passage: Passage | None = None,
    ) -> None:
        self.owned, self.limit, self._traced, self._is_step = owned, limit, traced, passage is not None
        self.method = self._method(function)
        self._began, self._outcome = perf_counter(), "abandoned"
        if passage is None:
            self.require_on()
        elif owned.plugin.state is not PluginState.ON:
            self._refuse("its plugin is switched off")
        self.passage = passage or self._pass_breaker()

    def require_on(self) -> None:
        """Refuse where the plugin hung or a person has switched it off: PluginError."""
        if self.owned.plugin.standing is not PluginState.ON:
            self._refuse("its plugin is switched off")

    def _pass_breaker(self) -> Passage:
        passage = self.owned.breaker.enter()
        if passage is None:
            failures, left = self.owned.breaker.failures, self.owned.breaker.left() or 0.0
            self._refuse(f"it failed {failures} times in a row and is left alone for {left:.0f} more seconds")
        return passage

    def _refuse(self, cause: str) -> NoReturn:
        self._trace("refused")
        raise self._error(cause)

    def _method(self, function: Callable[..., Any]) -> str:
        """Find the method by itself and not by its name, which a decorator may have changed."""
        kind = KIND_OF[self.owned.kind]
        for method in (*kind.methods, *kind.paired):
            if getattr(self.owned.provider, method, None) == function:
                return method
        raise self._error("what was called is none of its methods")

    def bounded(self, mebibytes: int) -> AbstractContextManager[None]:
        """Let the process grow by at most so many MiB meanwhile; 0: as it likes."""
        return CEILING.above(mebibytes or None, self._grew)

    def _grew(self, mebibytes: int) -> None:
        self.owned.plugin.grew(mebibytes)
        log.warning("plugin takes much memory", **self._where(), mebibytes=mebibytes)

    def answered(self, answer: Any, arguments: tuple[Any, ...]) -> None:
        """Raise Nonsense unless the answer is what this method may answer."""
        check_answer(self.owned.kind, self.method, answer, arguments)
        self.went_well()

    def went_well(self) -> None:
        """Note that nothing went wrong. How a stream ends, none of its steps can tell."""
        self._outcome = "answered"
        if not self._is_step:
            self._end(well=True)

    def failed(self, problem: Raised | Overran | Nonsense) -> NoReturn:
        """Record what went wrong, switch the plugin off where it could not be stopped, and raise."""
        cause, plugin = self._cause(problem), self.owned.plugin
        self._outcome = _OUTCOMES[type(problem)]
        plugin.blame(f"{self.owned.name}: {self.method}: {cause}")
        log.warning("plugin failed", **self._where(), cause=cause)
        if isinstance(problem, Overran) and not problem.stopped:
            plugin.put(PluginState.OFF, f"{self.owned.name}: {self.method}: {cause}")
            log.error("plugin switched off", **self._where())
        if self.owned.kind == "channels" and isinstance(problem, Raised) and isinstance(problem.error, DeliveryFailed):
            self._end(well=True)  # "this mailbox is unknown" is an answer: the next letter may well arrive
            raise refusal_of(problem.error)
        self._end(well=False)
        whole = self._cause(problem, told_to_staff)
        raise self._error(whole, logged="" if whole == cause else cause) from None

    def ended(self) -> None:
        """Count the call, however it ended."""
        seconds = perf_counter() - self._began
        slow = seconds > self.limit * SLOW_SHARE
        self.owned.plugin.count(seconds, slow=slow)
        if not self._is_step:
            self._end(well=None)  # unless it is known better
        self._trace(self._outcome, seconds)
        if slow:
            log.warning("plugin is slow", **self._where(), seconds=round(seconds, 3))

    def _end(self, *, well: bool | None) -> None:
        if rest := self.passage.end(well=well):
            log.error("plugin is left alone", **self._where(), seconds=rest, failures=self.owned.breaker.failures)

    def _trace(self, outcome: str, seconds: float = 0.0) -> None:
        if self._traced:
            trace(self._where(), outcome, seconds)

    def _cause(
        self, problem: Raised | Overran | Nonsense, told: Callable[[BaseException], str] = told_without_data
    ) -> str:
        if isinstance(problem, Overran):
            return f"no answer within {self.limit:g} seconds"
        return told(problem.error if isinstance(problem, Raised) else problem)

    def _where(self) -> dict[str, str]:
        return {"plugin": self.owned.plugin.name, "provider": self.owned.name, "method": self.method}

    def _error(self, cause: str, *, logged: str = "") -> PluginError:
        return PluginError(plugin=self.owned.plugin.name, provider=self.owned.name, cause=cause, logged=logged)
