"""Checks of matchers: a plan that makes sense, keeps to the rules and comes out the same again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec
import numpy as np

from core.conformance.asking import Asker
from core.conformance.outcome import Check, Wrong
from core.conformance.samples import TODAY, a_case, a_volunteer, sample_world
from core.model.plans.advice import Advised, Questions
from core.model.plans.columns import Bools, CaseView, Floats, VolunteerColumns
from core.model.plans.snapshot import Snapshot
from core.model.plans.soundness import faults
from core.model.plans.teams import Plan, Progress
from core.protocols import Adviser, Matcher, Rule
from core.ruling import rule, scorer

T = TypeVar("T")
SOLVING_SECONDS: Final = 5.0
GRACE_SECONDS: Final = 20.0
SMALL: Final = Snapshot(
    TODAY,
    tuple(a_case(f"C-{number}") for number in range(3)),
    tuple(a_volunteer(f"V-{number}") for number in range(4)),
)


@rule(role=("attorney", "interpreter", "mentor"), reads=(), blocks="spared")
def spared(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """The first volunteer is spared."""
    others: Bools = volunteers.index != 0
    return others


@rule(role=("attorney", "interpreter", "mentor"), reads=(), blocks="broken")
def broken_rule(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """It never answers."""
    raise RuntimeError("a rule that is broken on purpose")


@scorer(role="attorney", reads=("waiting_days",))
def longest(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """Who has waited longest."""
    return np.full(volunteers.n, float(case.waiting_days))


@scorer(role="attorney", reads=())
def broken_scorer(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """It never answers."""
    raise RuntimeError("a scorer that is broken on purpose")


@dataclass(frozen=True, slots=True)
class Planning:
    """A matcher under check."""

    provider: Matcher
    asker: Asker

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        yield Check("a plan that makes sense", self.plans, basic=True)
        yield Check("keeps to the rules", self.keeps_to_the_rules)
        yield Check("a rule that fails blocks", self.lets_a_broken_rule_block)
        yield Check("a scorer that fails is left out", self.leaves_a_broken_scorer_out)
        yield Check("the same plan twice", self.plans_the_same_twice)
        yield Check("nobody, no case, neither", self.plans_for_nobody)
        yield Check("odd cases and volunteers", self.plans_for_odd_ones)
        if isinstance(self.provider, Adviser):
            yield Check("answers questions about its plan", self.advises)

    def plan(self, snapshot: Snapshot, rules: tuple[Rule, ...] = (spared,), scorers: Any = (longest,)) -> Plan:
        """What it proposes, checked as a run checks it."""
        plan = self._asked(self.provider.propose, Plan, snapshot, rules, scorers)
        self._require_sense(plan, snapshot)
        return plan

    def _asked(self, function: Callable[..., Any], wanted: type[T], *given: Any, **named: Any) -> T:
        before, told = msgspec.json.encode(given[0]), list[object]()
        limits = {"time_limit": SOLVING_SECONDS, "seconds": SOLVING_SECONDS + GRACE_SECONDS}
        answer: object = self.asker.ask(function, *given, seed=1, report=told.append, **limits, **named)
        if not isinstance(answer, wanted):
            raise Wrong(f"It answered a {type(answer).__name__}.", f"Return an amparo.{wanted.__name__}.")
        if not all(isinstance(one, Progress) for one in told):
            raise Wrong("It reports something else than an amparo.Progress.", "Call report(Progress(...)).")
        if msgspec.json.encode(given[0]) != before:
            raise Wrong("It changes the snapshot.", "Copy what you want to change.")
        return answer

    def _require_sense(self, plan: Plan, snapshot: Snapshot) -> None:
        if fault := next(faults(plan, snapshot), ""):
            raise Wrong(f"Its plan makes no sense. {fault}", "Give each case at most one team within what is free.")

    def plans(self) -> None:
        """Three cases that anybody could take."""
        if not self.plan(SMALL).teams:
            raise Wrong("Three cases, three volunteers whom the rules allow, and no team.", "Propose teams.")

    def keeps_to_the_rules(self) -> None:
        """One volunteer is not allowed anywhere."""
        if any(seat.volunteer == "V-0" for team in self.plan(SMALL).teams for seat in team.seats):
            raise Wrong("It seats somebody whom a rule does not allow.", "Ask every rule about every seat.")

    def lets_a_broken_rule_block(self) -> None:
        """A veto fails closed."""
        plan = self.plan(SMALL, rules=(spared, broken_rule))
        if plan.teams:
            raise Wrong("It seats people although a rule could not answer.", "Block the pair when a rule raises.")
        self._require_failure(plan, broken_rule.name)

    def leaves_a_broken_scorer_out(self) -> None:
        """A preference fails open, and is told of."""
        plan = self.plan(SMALL, scorers=(longest, broken_scorer))
        if not plan.teams:
            raise Wrong("A scorer that could not answer keeps it from planning.", "Leave its points out.")
        self._require_failure(plan, broken_scorer.name)

    def _require_failure(self, plan: Plan, name: str) -> None:
        if name not in {failure.name for failure in plan.failures}:
            raise Wrong(f"It does not tell that {name} failed.", "List it in Plan.failures.")

    def plans_the_same_twice(self) -> None:
        """Same snapshot, same seed, same teams."""
        if self.plan(SMALL).teams != self.plan(SMALL).teams:
            raise Wrong("Same snapshot and seed, other teams.", "Take every choice from the seed.")

    def plans_for_nobody(self) -> None:
        """Empty snapshots end with an empty plan."""
        for snapshot in (
            Snapshot(TODAY),
            Snapshot(TODAY, cases=SMALL.cases),
            Snapshot(TODAY, volunteers=SMALL.volunteers),
        ):
            self.plan(snapshot)

    def plans_for_odd_ones(self) -> None:
        """Unknown places, nobody's languages, no hours: everything that the sample has."""
        self.plan(sample_world().snapshot)

    def advises(self) -> None:
        """One case is to be explained: it must be in the answer, beside a plan as good as any."""
        assert isinstance(self.provider, Adviser)
        asked = Questions(explain=(SMALL.cases[0].ref,))
        advised = self._asked(self.provider.advise, Advised, SMALL, (spared,), (longest,), questions=asked)
        self._require_sense(advised.plan, SMALL)
        if [one.case for one in advised.explanations] != list(asked.explain):
            raise Wrong("It does not explain the one case that it was asked about.", "Answer every question, no other.")
