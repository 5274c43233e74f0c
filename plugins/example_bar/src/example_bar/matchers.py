"""A whole strategy: the most urgent case first, each with the best attorney who is left and speaks its language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from amparo import (
    Bools,
    CaseFacts,
    CaseView,
    CodeBook,
    Floats,
    Matcher,
    Plan,
    Progress,
    ProviderFailure,
    Rule,
    Scorer,
    SeatPlan,
    SeatRole,
    Snapshot,
    TeamPlan,
    Unmatched,
    VolunteerColumns,
    case_view,
    hookimpl,
    is_about,
    volunteer_columns,
)

amparo_api = "1.0"
FLUENT = 3.0
"""The level (ILR) from which an attorney needs no interpreter."""


@dataclass
class Asking:
    """The rules and scorers of one run, and which of them could not answer."""

    rules: Sequence[Rule]
    scorers: Sequence[Scorer]
    failures: dict[str, ProviderFailure] = field(default_factory=dict)

    def allowed(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        """Whom every rule for attorneys allows. A rule that fails blocks: a veto must not get lost."""
        allowed = np.ones(volunteers.n, dtype=np.bool_)
        for rule in self.rules:
            if is_about(rule, SeatRole.ATTORNEY):
                try:
                    allowed = allowed & rule.allows(case, volunteers)
                except Exception as error:
                    self.failures[rule.name] = ProviderFailure(rule.name, str(error))
                    return np.zeros(volunteers.n, dtype=np.bool_)
        return allowed

    def points(self, case: CaseView, volunteers: VolunteerColumns) -> Floats:
        """The sum of all points. A scorer that fails is left out."""
        points = np.zeros(volunteers.n)
        for scorer in self.scorers:
            if is_about(scorer, SeatRole.ATTORNEY):
                try:
                    points = points + scorer.points(case, volunteers)
                except Exception as error:
                    self.failures[scorer.name] = ProviderFailure(scorer.name, str(error))
        return points


class UrgentFirst:
    """Takes cases by urgency and waiting time. It proposes no interpreters, mentors or co-counsel."""

    name = "example_bar_urgent_first"
    title = "Most urgent first, attorneys only"

    def propose(
        self,
        snapshot: Snapshot,
        rules: Sequence[Rule],
        scorers: Sequence[Scorer],
        *,
        seed: int,
        time_limit: float,
        report: Callable[[Progress], None],
    ) -> Plan:
        """Plan teams of one attorney. Nothing is left to chance, so the seed does not matter."""
        began, asking = perf_counter(), Asking(rules, scorers)
        book = CodeBook.of(snapshot)
        volunteers = volunteer_columns(snapshot, book)
        places, hours = volunteers.free_places.copy(), volunteers.free_hours.copy()
        teams, unmatched = [], []
        for done, case in enumerate(sorted(snapshot.cases, key=lambda one: _order(one, snapshot))):
            report(Progress("Looking for attorneys", done, len(snapshot.cases)))
            view = case_view(case, book, snapshot.today)
            free = asking.allowed(view, volunteers) & _speaks(view, volunteers) & (places > 0) & (hours >= case.hours)
            free &= _not_settled_otherwise(case, snapshot)
            if case.attorneys > 1 or not free.any() or perf_counter() - began > time_limit:
                unmatched.append(Unmatched(case.ref, "nobody_free", "Nobody who is free may take it."))
                continue
            points = asking.points(view, volunteers)
            row = int(np.argmax(np.where(free, points, -np.inf)))
            places[row], hours[row] = places[row] - 1, hours[row] - case.hours
            seat = SeatPlan(SeatRole.ATTORNEY, snapshot.volunteers[row].ref, float(points[row]))
            teams.append(TeamPlan(case.ref, (seat,), seat.score, why="The best who was free when its turn came."))
        total = sum(team.score for team in teams)
        return Plan(
            status="feasible",
            objective=total,
            bound=total,
            gap=0.0,
            seconds=perf_counter() - began,
            teams=tuple(teams),
            unmatched=tuple(unmatched),
            failures=tuple(asking.failures.values()),
            pruned="Attorneys only: interpreters, mentors and co-counsel were not looked for.",
        )


def _order(case: CaseFacts, snapshot: Snapshot) -> tuple[int, object, str]:
    return case.urgency(snapshot.today).tier, case.received, case.ref


def _speaks(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    fluent: Bools = volunteers.speaks[:, list(case.languages)].max(axis=1, initial=0.0) >= FLUENT
    return fluent


def _not_settled_otherwise(case: CaseFacts, snapshot: Snapshot) -> Bools:
    """Where a coordinator or a claim has settled who represents, only she may."""
    settled = {pin.volunteer for pin in case.pinned if pin.role is SeatRole.ATTORNEY}
    return np.array([not settled or person.ref in settled for person in snapshot.volunteers], dtype=np.bool_)


@hookimpl
def amparo_matchers() -> Sequence[Matcher]:
    """Our strategy: a coordinator chooses it by name."""
    return [UrgentFirst()]
