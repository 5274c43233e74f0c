"""Questions about a plan, and their answers: why, why not, what if, whom to recruit. Nothing here is ever saved."""

import msgspec

from core.model.plans.changes import Change
from core.model.plans.comparing import Differences, Served
from core.model.plans.snapshot import VolunteerFacts
from core.model.plans.teams import Plan, TeamPlan, Unmatched
from core.model.vocabulary import SeatRole


class Questions(msgspec.Struct, frozen=True):
    """What somebody wants to know beyond the plan itself.

    ``explain``: refs of cases to say everything about; ``what_if``: changes that together are one scenario;
    ``recruit``: how many kinds of volunteer to verify by solving again (0: do not ask whom to recruit).
    """

    explain: tuple[str, ...] = ()
    what_if: tuple[Change, ...] = ()
    recruit: int = 0

    @property
    def solves(self) -> int:
        """How often the answers need the solver again, each time up to its limit."""
        return bool(self.what_if) + self.recruit


class Passing(msgspec.Struct, frozen=True):
    """How many volunteers one rule lets into a seat of a case; ``says`` is its sentence where nobody may."""

    rule: str
    blocks: str
    volunteers: int
    says: str


class SeatSieve(msgspec.Struct, frozen=True):
    """The rules of one seat of a case, each by itself, and how many volunteers pass all of them."""

    role: SeatRole
    rules: tuple[Passing, ...]
    eligible: int


class LegsFound(msgspec.Struct, frozen=True):
    """How many eligible volunteers interpret between two languages for a case; ``onward``: as a relay's second leg."""

    from_language: str
    to_language: str
    volunteers: int
    onward: bool = False


class Explanation(msgspec.Struct, frozen=True):
    """Everything known about one case: its team, or why there is none, and who passes which rule.

    ``worth`` is what serving the case earns beyond what its people are worth elsewhere, in points.
    """

    case: str
    tier: str
    facts: tuple[str, ...]
    team: TeamPlan | None
    unmatched: Unmatched | None
    seats: tuple[SeatSieve, ...]
    legs: tuple[LegsFound, ...]
    worth: float


class WhatIf(Differences, frozen=True, kw_only=True):
    """What a scenario would change. ``changes`` tells it in sentences; values are sums of scores.

    ``proved``: both plans are optimal, so the difference of values is exact but for the calm that keeps teams together;
    otherwise ``doubt`` says by how much it may be off because neither search came to its end.
    """

    changes: tuple[str, ...]
    value_before: float
    value_after: float
    proved: bool
    doubt: float = 0.0


class Verified(msgspec.Struct, frozen=True):
    """What one more volunteer of a kind changes, by solving again: cases served by tier, and value.

    ``freed`` are the refs of cases with a team now and none before; ``lost`` the reverse. ``proved`` and ``doubt`` are
    as in ``WhatIf``.
    """

    tiers: tuple[Served, ...]
    cases: int
    value: float
    freed: tuple[str, ...]
    lost: tuple[str, ...]
    proved: bool
    doubt: float = 0.0


class Recruit(msgspec.Struct, frozen=True):
    """A kind of volunteer that is missing: ``volunteer`` describes one, ``kind`` names the kind in words.

    ``waiting`` counts, by tier, the cases without a team that she could complete one for. ``predicted_value`` and
    ``predicted_cases`` are upper estimates from the prices of the plan for one such volunteer with all her places.
    """

    kind: str
    volunteer: VolunteerFacts
    waiting: dict[str, int]
    predicted_cases: int
    predicted_value: float
    verified: Verified | None = None


class Advised(msgspec.Struct, frozen=True):
    """A plan with the answers to the questions asked about it; what was not asked is empty."""

    plan: Plan
    explanations: tuple[Explanation, ...] = ()
    what_if: WhatIf | None = None
    recruit: tuple[Recruit, ...] = ()
