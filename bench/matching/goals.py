"""What must be reached, figure by figure, and whether it is."""

from collections.abc import Callable
from statistics import median

import msgspec

from bench.matching.lab import Lab, Trial
from bench.matching.waitlists import Waitlist

REACHED = "PASS"
MOSTLY = "PASS (median)"
SHORT = "short"
UNKNOWN = "not measured"


class Goal(msgspec.Struct, frozen=True):
    """A figure, once a seed, and its limit: at most, or ``least`` at least. ``aim`` is what we would like."""

    figure: str
    values: list[float]
    limit: float
    least: bool = False
    aim: float | None = None
    form: str = ".3g"

    @property
    def must(self) -> str:
        """The limit in words."""
        words = "at least" if self.least else "at most"
        aim = "" if self.aim is None else f" (aim {self.aim:{self.form}})"
        return f"{words} {self.limit:{self.form}}{aim}"

    @property
    def mark(self) -> str:
        """Whether every value reaches it, or their median only, or neither."""
        if not self.values:
            return UNKNOWN
        if all(map(self._reaches, self.values)):
            return REACHED
        return MOSTLY if self._reaches(median(self.values)) else SHORT

    @property
    def told(self) -> str:
        """The median, with the range where there are several."""
        if not self.values:
            return "-"
        middle = f"{median(self.values):{self.form}}"
        if len(self.values) == 1:
            return middle
        return f"{middle} ({min(self.values):{self.form}} to {max(self.values):{self.form}})"

    def _reaches(self, value: float) -> bool:
        return value >= self.limit if self.least else value <= self.limit


class Size(msgspec.Struct, frozen=True):
    """How many there are of each."""

    cases: int
    attorneys: int
    interpreters: int

    def scaled(self, by: float) -> "Size":
        """A smaller world of the same shape."""
        return Size(*(max(2, round(number * by)) for number in (self.cases, self.attorneys, self.interpreters)))

    def __str__(self) -> str:
        return f"{self.cases:,} x {self.attorneys:,} x {self.interpreters:,}"


SMALL = Size(2_000, 1_000, 500)
MIDDLE = Size(10_000, 5_000, 2_500)
LARGE = Size(100_000, 50_000, 25_000)


class Plan(msgspec.Struct, frozen=True):
    """How rows are measured: the seeds of the worlds, how much smaller than they should be, and with mentors or not."""

    seeds: tuple[int, ...]
    scale: float = 1.0
    mentors: bool = True

    def waitlists(self, size: Size, *, hours: bool = False, width: str = "usual") -> list[Waitlist]:
        """The worlds of all seeds."""
        scaled = size.scaled(self.scale)
        return [
            Waitlist(seed, scaled.cases, scaled.attorneys, scaled.interpreters, hours, self.mentors, width)
            for seed in self.seeds
        ]


class Measured(msgspec.Struct, frozen=True):
    """What came of a row: its goals, the answers behind them, what else is worth telling, and what is wrong."""

    goals: list[Goal]
    trials: list[Trial] = []
    notes: list[str] = []
    faults: list[str] = []


class Row(msgspec.Struct, frozen=True):
    """A line of the table. ``name`` selects it; ``seeds`` is how many worlds it takes by default."""

    name: str
    title: str
    measure: Callable[[Lab, Plan], Measured]
    seeds: int = 5


def ratios(ours: list[Trial], theirs: list[Trial], figure: Callable[[Trial], float]) -> list[float]:
    """A figure of one solver over that of another one, world by world."""
    return [figure(one) / max(figure(other), 1e-3) for one, other in zip(ours, theirs, strict=True)]


def gaps(trials: list[Trial]) -> list[float]:
    """The gaps that a solver states."""
    return [trial.gap for trial in trials if trial.gap is not None]


def worth(trial: Trial) -> float:
    """The value of an answer."""
    return trial.value


def shares_told(*trials: list[Trial]) -> list[str]:
    """The served share by language group, solver by solver: a line for each group."""
    groups = dict.fromkeys(group for trial in trials[0] for group in trial.served)
    return [
        f"served, {group}: "
        + ", ".join(
            f"{column[0].solver} {median([one.served[group] for one in column if group in one.served]):.1%}"
            for column in trials
        )
        for group in groups
    ]
