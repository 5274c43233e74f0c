"""A plugin that does everything right. Every test of a hostile plugin checks that this one still works."""

from collections.abc import Callable, Sequence

import numpy as np

from amparo import (
    AuditEvent,
    CaseFacts,
    CaseView,
    Channel,
    Envelope,
    Matcher,
    Observer,
    Plan,
    Progress,
    ProviderFailure,
    Receipt,
    Rule,
    Scorer,
    SeatPlan,
    SeatRole,
    Settings,
    Snapshot,
    TeamPlan,
    VolunteerColumns,
    VolunteerFacts,
    hookimpl,
    rule,
    scorer,
)
from core.model.plans.columns import Bools, CodeBook, Floats, case_view, volunteer_columns


@rule(role=("attorney", "interpreter"), reads=("barred",), blocks="conflict")
def not_barred(case: CaseView, volunteers: VolunteerColumns) -> Bools:
    """Everybody who could do this declined it before."""
    return ~np.isin(volunteers.index, case.barred)


@scorer(role="attorney", reads=("waiting_days",), weight=2.0)
def waiting(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """Waiting for a long time."""
    return np.full(volunteers.n, float(case.waiting_days))


Failures = list[ProviderFailure]


def may(rules: Sequence[Rule], case: CaseView, volunteers: VolunteerColumns) -> tuple[Bools, Failures]:
    """Who may, and which rules could not say."""
    allowed, failures = np.ones(volunteers.n, dtype=np.bool_), []
    for one in rules:
        try:
            allowed = allowed & one.allows(case, volunteers)
        except Exception as error:  # a veto fails closed
            allowed = np.zeros(volunteers.n, dtype=np.bool_)
            failures.append(ProviderFailure(one.name, str(error)))
    return allowed, failures


def score(scorers: Sequence[Scorer], case: CaseView, volunteers: VolunteerColumns) -> tuple[Floats, Failures]:
    """The points of all, and which scorers could not say."""
    points, failures = np.zeros(volunteers.n), []
    for one in scorers:
        try:
            points = points + one.points(case, volunteers)
        except Exception as error:  # a preference may fail open
            failures.append(ProviderFailure(one.name, str(error)))
    return points, failures


def can_take(person: VolunteerFacts, case: CaseFacts) -> bool:
    """Whether she has a place and the hours for it."""
    return person.capacity_cases > 0 and (person.capacity_hours is None or person.capacity_hours >= case.hours)


class FirstCome:
    """Gives each case the first volunteer that the rules allow; failing rules block, failing scorers are left out."""

    name = "first_come"
    title = "First come, first served"

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
        """Plan teams of one attorney."""
        book = CodeBook.of(snapshot)
        columns = volunteer_columns(snapshot, book)
        teams, failures, taken = [], [], set()
        for done, case in enumerate(snapshot.cases, 1):
            report(Progress("Looking for attorneys", done, len(snapshot.cases)))
            view = case_view(case, book, snapshot.today)
            allowed, found = may(rules, view, columns)
            points, more = score(scorers, view, columns)
            failures += [*found, *more]
            people = [(row, snapshot.volunteers[row]) for row in np.flatnonzero(allowed)]
            free = [row for row, person in people if person.ref not in taken and can_take(person, case)]
            if free and case.attorneys == 1:
                ref = snapshot.volunteers[free[0]].ref
                taken.add(ref)
                seat = SeatPlan(SeatRole.ATTORNEY, ref, points[free[0]])
                teams.append(TeamPlan(case.ref, (seat,), points[free[0]]))
        total = sum(team.score for team in teams)
        return Plan("feasible", total, total, 0.0, 0.0, tuple(teams), failures=tuple(dict.fromkeys(failures)))


@hookimpl
def amparo_rules() -> Sequence[Rule]:
    """One rule."""
    return (not_barred,)


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """One scorer."""
    return (waiting,)


@hookimpl
def amparo_matchers() -> Sequence[Matcher]:
    """One matcher."""
    return (FirstCome(),)


class Postcard:
    """Says that it delivered."""

    name = "postcard"
    needs_address = False

    async def deliver(self, envelope: Envelope) -> Receipt:
        """Deliver."""
        return Receipt(f"posted {envelope.idempotency_key}")


@hookimpl
def amparo_channels(settings: Settings) -> Sequence[Channel]:
    """One channel."""
    return (Postcard(),)


class Diary:
    """Keeps the kinds of the events that it saw."""

    name = "diary"

    def __init__(self) -> None:
        self.kinds: list[str] = []

    async def seen(self, event: AuditEvent) -> None:
        """Write it down."""
        self.kinds.append(event.kind)


@hookimpl
def amparo_observers() -> Sequence[Observer]:
    """One observer."""
    return (Diary(),)
