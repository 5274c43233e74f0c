"""How much an answer may cost: until when it is looked for, who hears of it, and who may stop it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

Report = Callable[[str, int, int, float | None], None]
"""Hears the stage in words, how far it is, of how far, and the gap once there is one."""


def silent(stage: str, done: int, of: int, gap: float | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Effort:
    """The seed of an answer, until when it is looked for (monotonic seconds), and who hears and stops it."""

    seed: int
    deadline: float
    report: Report = silent
    stop: Callable[[], bool] = lambda: False

    @classmethod
    def of(
        cls, seconds: float, *, seed: int = 0, report: Report = silent, stop: Callable[[], bool] = lambda: False
    ) -> "Effort":
        """An effort of so many seconds that begins now."""
        return cls(seed, time.monotonic() + seconds, report, stop)

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return self.deadline - time.monotonic()

    @property
    def over(self) -> bool:
        """Whether the time is over, or somebody stopped it."""
        return self.stop() or self.left <= 0.0

    def within(self, share: float) -> "Effort":
        """The same with a share of the time that is left."""
        now = time.monotonic()
        return replace(self, deadline=now + share * (self.deadline - now))

    def at_most(self, seconds: float) -> "Effort":
        """The same, and no longer than so many seconds."""
        return replace(self, deadline=min(self.deadline, time.monotonic() + seconds))

    def quietly(self) -> "Effort":
        """The same without anybody who hears of it."""
        return replace(self, report=silent)
