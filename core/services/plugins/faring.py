"""How plugins fare in all processes together: each says so now and then, and the page of plugins adds it up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from core.host import PluginInfo, PluginState
from core.services.clinic import Clinic
from core.store import plugin_reports

TOLD_EVERY: Final = timedelta(seconds=10)
"""How often a process tells at most; it tells again after six times as long even if nothing has happened."""
STALE: Final = timedelta(minutes=3)
"""After so long without a word the state of another process is not known any more; its counts still count."""
KEPT: Final = timedelta(days=1)
"""For how long the counts of a process that has ended still count."""
WORSE: Final = (PluginState.OFF, PluginState.FAILED)


class Telling:
    """What one process has told of its plugins last."""

    def __init__(self) -> None:
        self._said: tuple[PluginInfo, ...] = ()
        self._at: datetime | None = None

    async def tell(self, clinic: Clinic, now: datetime) -> None:
        """Tell how the plugins fare, unless it was told a moment ago or is as it was. Two statements."""
        if self._at is not None and now - self._at < TOLD_EVERY:
            return
        fare = clinic.host.plugins()
        if fare == self._said and self._at is not None and now - self._at < TOLD_EVERY * 6:
            return
        self._said, self._at = fare, now
        await plugin_reports.keep_report(clinic.host.process, fare, now=now)
        await plugin_reports.drop_reports_before(now - KEPT)


async def all_together(clinic: Clinic, now: datetime) -> tuple[PluginInfo, ...]:
    """The plugins as this process has them, with what all processes have counted, and what is wrong in any of them."""
    own = {info.name: info for info in reversed(clinic.host.plugins())}
    for row in await plugin_reports.other_reports(clinic.host.process, since=now - KEPT):
        for other in _read(row["plugins"]):
            if other.name in own:
                own[other.name] = _added(own[other.name], other, is_fresh=row["at"] > now - STALE)
    return tuple(own.pop(info.name, info) for info in clinic.host.plugins())


def _read(plugins: object) -> Sequence[PluginInfo]:
    try:
        return msgspec.convert(plugins, tuple[PluginInfo, ...])
    except msgspec.ValidationError:
        return ()  # a process of another version


def _added(one: PluginInfo, other: PluginInfo, *, is_fresh: bool) -> PluginInfo:
    both = replace(
        one,
        calls=one.calls + other.calls,
        failures=one.failures + other.failures,
        slow=one.slow + other.slow,
        seconds=one.seconds + other.seconds,
        last_error=one.last_error or other.last_error,
        grown_mib=max(one.grown_mib, other.grown_mib),
        remarks=tuple(dict.fromkeys((*one.remarks, *other.remarks))),
    )
    if not is_fresh or one.state is not PluginState.ON:
        return both
    if other.state in WORSE:
        return replace(both, state=other.state, cause=other.cause)
    known = {(resting.kind, resting.name) for resting in one.resting}
    more = tuple(resting for resting in other.resting if (resting.kind, resting.name) not in known)
    return replace(both, resting=(*one.resting, *more))
