"""One call of a provider: whose it is, how long it may take, and the record of how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, NoReturn

import structlog

from core.errors import DeliveryFailed, PluginError
from core.host.causes import told_without_data
from core.host.contracts import KIND_OF, Nonsense, check_answer
from core.host.limits import Overran, Raised
from core.host.loading import SLOW_SHARE
from core.host.report import Plugin, PluginState

log = structlog.get_logger("amparo.plugins")


@dataclass(frozen=True, slots=True)
class Owned:
    """A provider with the plugin it belongs to, its kind and the name under which it was admitted."""

    provider: object
    plugin: Plugin
    kind: str
    name: str


class Call:
    """A context for one call: counts it, checks its answer, and turns whatever goes wrong into PluginError."""

    def __init__(self, owned: Owned, function: Callable[..., Any], limit: float) -> None:
        self.owned, self.limit = owned, limit
        self.method = self._method(function)
        if owned.plugin.state is not PluginState.ON:
            raise self._error("its plugin is switched off")
        self._began = perf_counter()

    def _method(self, function: Callable[..., Any]) -> str:
        """Find the method by itself and not by its name, which a decorator may have changed."""
        kind = KIND_OF[self.owned.kind]
        for method in (*kind.methods, *kind.paired):
            if getattr(self.owned.provider, method, None) == function:
                return method
        raise self._error("what was called is none of its methods")

    def answered(self, answer: Any, arguments: tuple[Any, ...]) -> None:
        """Raise Nonsense unless the answer is what this method may answer."""
        check_answer(self.owned.kind, self.method, answer, arguments)

    def failed(self, problem: Raised | Overran | Nonsense) -> NoReturn:
        """Record what went wrong, switch the plugin off where it could not be stopped, and raise."""
        cause, plugin = self._cause(problem), self.owned.plugin
        plugin.blame(f"{self.owned.name}: {self.method}: {cause}")
        log.warning("plugin failed", **self._where(), cause=cause)
        if isinstance(problem, Overran) and not problem.stopped:
            plugin.put(PluginState.OFF, f"{self.owned.name}: {self.method}: {cause}")
            log.error("plugin switched off", **self._where())
        if self.owned.kind == "channels" and isinstance(problem, Raised) and isinstance(problem.error, DeliveryFailed):
            raise problem.error
        raise self._error(cause) from None

    def ended(self) -> None:
        """Count the call, however it ended."""
        seconds = perf_counter() - self._began
        slow = seconds > self.limit * SLOW_SHARE
        self.owned.plugin.count(seconds, slow=slow)
        if slow:
            log.warning("plugin is slow", **self._where(), seconds=round(seconds, 3))

    def _cause(self, problem: Raised | Overran | Nonsense) -> str:
        if isinstance(problem, Overran):
            return f"no answer within {self.limit:g} seconds"
        return told_without_data(problem.error if isinstance(problem, Raised) else problem)

    def _where(self) -> dict[str, str]:
        return {"plugin": self.owned.plugin.name, "provider": self.owned.name, "method": self.method}

    def _error(self, cause: str) -> PluginError:
        return PluginError(plugin=self.owned.plugin.name, provider=self.owned.name, cause=cause)
