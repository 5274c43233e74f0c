"""What the host knows of each plugin: where it came from, what it brought, how it fares."""

import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import msgspec

from core.host.breaker import Breaker

MOST_REMARKS: Final = 50


class PluginState(StrEnum):
    """``off`` is a plugin that hung: a call of it never came back. ``switched off`` is what a person did to one."""

    ON = "on"
    FAILED = "failed"
    BLOCKED = "blocked"
    OFF = "off"
    SWITCHED_OFF = "switched off"


class PluginSource(StrEnum):
    """Whether a plugin ships with Amparo or was installed beside it."""

    BUILTIN = "builtin"
    ENTRY_POINT = "entry point"


class Resting(msgspec.Struct, frozen=True):
    """A provider that failed so often in a row that it is left alone: for how many seconds from now (0: tried next)."""

    kind: str
    name: str
    failures: int
    seconds: float


class PluginInfo(msgspec.Struct, frozen=True):
    """One plugin as the list of plugins shows it. ``providers`` are the names of what it brought, by kind.

    ``cause`` says why it is not on. ``seconds`` were spent in all its calls together; ``slow`` counts calls
    over a quarter of their limit; ``last_error`` names the type and place of the last failure, no data. ``resting``
    are those of its providers that are not asked for a while. ``remarks`` tell its author what will not go well for
    ever, such as the use of something deprecated; it works today. ``grown_mib`` is by how many MiB the peak of a
    process's resident memory rose in a call, where that was much.
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
    resting: tuple[Resting, ...] = ()
    remarks: tuple[str, ...] = ()
    grown_mib: int = 0


@dataclass(slots=True)
class Plugin:
    """The running record behind a ``PluginInfo``. Calls end in several threads, hence the lock.

    ``switched`` says who switched it off, and when; empty: nobody did. Switched on again it is what it was before: what
    hung still hangs. ``declared`` is what the attributes of its providers held when it was loaded.
    """

    name: str
    module: str
    version: str
    source: PluginSource
    state: PluginState = PluginState.ON
    cause: str = ""
    switched: str = ""
    providers: dict[str, tuple[object, ...]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    declared: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    breakers: dict[tuple[str, str], Breaker] = field(default_factory=dict)
    calls: int = 0
    failures: int = 0
    slow: int = 0
    seconds: float = 0.0
    last_error: str = ""
    remarks: list[str] = field(default_factory=list)
    grown_mib: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def grew(self, mebibytes: int) -> None:
        """Note that the process grew while it was called."""
        with self.lock:
            self.grown_mib = max(self.grown_mib, mebibytes)

    def remark(self, sentence: str) -> None:
        """Note something that works today and will not for ever; once."""
        with self.lock:
            if sentence not in self.remarks and len(self.remarks) < MOST_REMARKS:
                self.remarks.append(sentence)

    @property
    def standing(self) -> PluginState:
        """Its state, as far as a person has not switched it off."""
        return PluginState.SWITCHED_OFF if self.switched else self.state

    def count(self, seconds: float, *, slow: int, calls: int = 1) -> None:
        """Note a call that ended or was given up, or several."""
        with self.lock:
            self.calls += calls
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
            state=self.standing,
            cause=self.switched or self.cause,
            providers=dict(self.names),
            calls=self.calls,
            failures=self.failures,
            slow=self.slow,
            seconds=round(self.seconds, 6),
            last_error=self.last_error,
            resting=self._resting(),
            remarks=tuple(self.remarks),
            grown_mib=self.grown_mib,
        )

    def _resting(self) -> tuple[Resting, ...]:
        if self.standing is not PluginState.ON:
            return ()
        left = [(key, breaker.failures, breaker.left()) for key, breaker in self.breakers.items()]
        return tuple(Resting(*key, count, round(seconds, 1)) for key, count, seconds in left if seconds is not None)
