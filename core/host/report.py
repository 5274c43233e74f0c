"""What the host knows of each plugin: where it came from, what it brought, how it fares."""

import threading
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec


class PluginState(StrEnum):
    """``off`` is a plugin that started and was switched off because a call of it never came back."""

    ON = "on"
    FAILED = "failed"
    BLOCKED = "blocked"
    OFF = "off"


class PluginSource(StrEnum):
    """Whether a plugin ships with Amparo or was installed beside it."""

    BUILTIN = "builtin"
    ENTRY_POINT = "entry point"


class PluginInfo(msgspec.Struct, frozen=True):
    """One plugin as the list of plugins shows it. ``providers`` are the names of what it brought, by kind.

    ``cause`` says why it is not on. ``seconds`` were spent in all its calls together; ``slow`` counts calls
    over a quarter of their limit; ``last_error`` names the type and place of the last failure, no data.
    """

    name: str
    module: str
    version: str
    source: PluginSource
    state: PluginState
    cause: str = ""
    providers: dict[str, tuple[str, ...]] = {}
    calls: int = 0
    failures: int = 0
    slow: int = 0
    seconds: float = 0.0
    last_error: str = ""


@dataclass(slots=True)
class Plugin:
    """The running record behind a ``PluginInfo``. Calls end in several threads, hence the lock."""

    name: str
    module: str
    version: str
    source: PluginSource
    state: PluginState = PluginState.ON
    cause: str = ""
    providers: dict[str, tuple[object, ...]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calls: int = 0
    failures: int = 0
    slow: int = 0
    seconds: float = 0.0
    last_error: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, seconds: float, *, slow: bool) -> None:
        """Note a call that ended or was given up."""
        with self.lock:
            self.calls += 1
            self.seconds += seconds
            self.slow += slow

    def blame(self, cause: str) -> None:
        """Note a failure."""
        with self.lock:
            self.failures += 1
            self.last_error = cause

    def put(self, state: PluginState, cause: str) -> None:
        """Take the plugin out of service for a reason. The first reason stays."""
        with self.lock:
            if self.state is PluginState.ON:
                self.state, self.cause = state, cause

    def info(self) -> PluginInfo:
        """A picture of this moment."""
        return PluginInfo(
            name=self.name,
            module=self.module,
            version=self.version,
            source=self.source,
            state=self.state,
            cause=self.cause,
            providers=dict(self.names),
            calls=self.calls,
            failures=self.failures,
            slow=self.slow,
            seconds=round(self.seconds, 6),
            last_error=self.last_error,
        )
