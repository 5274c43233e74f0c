"""Matchers that break their contract, and the sentence that says so."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from amparo import Advised, Plan, Questions, Rule, Scorer, SeatPlan, SeatRole, Snapshot, TeamPlan
from tests.core.conformance.finding import found
from tests.plugins_for_tests.neighbour import FirstCome


class Careful(FirstCome):
    """The good neighbour's matcher, to be spoilt in one place."""

    name = "spoilt"


def plan_of(*teams: TeamPlan) -> Plan:
    return Plan("feasible", 0.0, 0.0, 0.0, 0.0, teams)


class Nothing(Careful):
    def propose(self, *given: Any, **named: Any) -> Any:
        return None


class Crowd(Careful):
    """Gives every case to one volunteer."""

    def propose(self, snapshot: Snapshot, *given: Any, **named: Any) -> Plan:
        ref = snapshot.volunteers[-1].ref if snapshot.volunteers else ""
        return plan_of(*(TeamPlan(c.ref, (SeatPlan(SeatRole.ATTORNEY, ref, 0.0),), 0.0) for c in snapshot.cases))


class Lawless(Careful):
    """Asks no rule."""

    def propose(self, snapshot: Snapshot, rules: Sequence[Rule], scorers: Sequence[Scorer], **named: Any) -> Plan:
        return super().propose(snapshot, (), scorers, **named)


class Hushed(Careful):
    """Tells of no failure."""

    def propose(self, *given: Any, **named: Any) -> Plan:
        return msgspec.structs.replace(super().propose(*given, **named), failures=())


class Changing(Careful):
    """Changes what it got."""

    def propose(self, snapshot: Snapshot, *given: Any, **named: Any) -> Plan:
        for person in snapshot.volunteers:
            person.languages["fr"] = len(person.languages)
        return super().propose(snapshot, *given, **named)


class Silent(Careful):
    """Advises without answering."""

    def advise(self, *given: Any, questions: Questions, **named: Any) -> Advised:
        return Advised(self.propose(*given, **named))


def test_a_matcher_that_does_everything_right_passes() -> None:
    assert found("matchers", Careful()) == {}


@pytest.mark.parametrize(
    ("spoilt", "check", "said"),
    [
        (Nothing(), "a plan that makes sense", "It answered a NoneType."),
        (Crowd(), "a plan that makes sense", "is given 3 cases and is free for 1"),
        (Lawless(), "keeps to the rules", "It seats somebody whom a rule does not allow."),
        (Lawless(), "a rule that fails blocks", "It seats people although a rule could not answer."),
        (Hushed(), "a rule that fails blocks", "It does not tell that broken_rule failed."),
        (Hushed(), "a scorer that fails is left out", "It does not tell that broken_scorer failed."),
        (Silent(), "answers questions about its plan", "It does not explain the one case"),
        (Changing(), "a plan that makes sense", "It changes the snapshot."),
    ],
)
def test_a_matcher_that_breaks_its_contract_is_told_where(spoilt: Any, check: str, said: str) -> None:
    assert said in found("matchers", spoilt)[check]
