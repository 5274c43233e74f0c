"""What a run changed of the plan before it, and whether it had to: somebody left, is full, may not any more."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from core.eligibility import ask_rules
from core.host import PluginHost
from core.model.plans.runs import Gone, KeptSeat, KeptTeam, Shift, Since, kept_team
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.plans.teams import Plan
from core.model.vocabulary import SeatRole

LEFT: Final = "left"
KEPT_ELSEWHERE: Final = "kept"
MOVED: Final = "moved"
UNNEEDED: Final = "unneeded"
FREE: Final = "free"
CHOSEN: Final = frozenset({MOVED, UNNEEDED, FREE})
"""Reasons by which nobody was forced: she has another case now, the seat is not needed, or somebody is better."""


class Comparison:
    """A plan beside the teams of the run before, over the cases that still wait."""

    def __init__(self, before: Sequence[KeptTeam], plan: Plan, snapshot: Snapshot, host: PluginHost) -> None:
        self._snapshot, self._host = snapshot, host
        self._cases = {case.ref: case for case in snapshot.cases}
        self._people = {person.ref: person for person in snapshot.volunteers}
        self._before = [team for team in before if team.case in self._cases]
        self._now = {team.case: kept_team(team) for team in plan.teams}
        self._busy = {seat.volunteer for team in self._now.values() for seat in team.seats}
        self._kept = Counter(pin.volunteer for case in snapshot.cases for pin in case.pinned)

    def shifts(self) -> Iterator[Shift]:
        """Each case whose team is another one now, or none, with who went and why. Asks the rules again."""
        for old in self._before:
            new = self._now.get(old.case)
            if new is None or new.people() != old.people():
                gone = tuple(self._gone(old, new))
                forced = any(one.why not in CHOSEN for one in gone)
                yield Shift(old.case, forced, new is None, gone)

    def since(self, run: UUID, shifts: Sequence[Shift]) -> Since:
        """The shifts in numbers."""
        forced = sum(shift.forced for shift in shifts)
        return Since(
            run,
            kept=len(self._before) - len(shifts),
            forced=forced,
            chosen=len(shifts) - forced,
            fresh=len(self._now.keys() - {team.case for team in self._before}),
        )

    def _gone(self, old: KeptTeam, new: KeptTeam | None) -> Iterator[Gone]:
        stays = new.people() if new else frozenset()
        for seat in old.seats:
            if (str(seat.role), seat.volunteer) not in stays:
                yield Gone(seat.role, seat.volunteer, self._why(self._cases[old.case], seat, new))

    def _why(self, case: CaseFacts, seat: KeptSeat, new: KeptTeam | None) -> str:
        person = self._people.get(seat.volunteer)
        if person is None:
            return LEFT
        if barred := self._against(case, person, seat.role):
            return barred
        if self._is_kept_elsewhere(case, person, seat.role):
            return KEPT_ELSEWHERE
        if new and seat.role not in {other.role for other in new.seats}:
            return UNNEEDED
        return MOVED if seat.volunteer in self._busy else FREE

    def _against(self, case: CaseFacts, person: VolunteerFacts, role: SeatRole) -> str:
        """The code of the first rule that is against her now; empty where none is."""
        (verdict,) = ask_rules(self._host, case, (person,), role, today=self._snapshot.today)
        return next((reason.code for reason in verdict.reasons), "")

    def _is_kept_elsewhere(self, case: CaseFacts, person: VolunteerFacts, role: SeatRole) -> bool:
        here = sum(pin.volunteer == person.ref for pin in case.pinned)
        places = person.capacity_mentor if role is SeatRole.MENTOR else person.capacity_cases
        return self._kept[person.ref] - here >= max(1, places)


def compare(
    run: UUID, before: Sequence[KeptTeam], plan: Plan, snapshot: Snapshot, host: PluginHost
) -> tuple[Since, tuple[Shift, ...]]:
    """What a plan changes of the teams that an earlier run planned. Waits for the rules: call it in a thread."""
    comparison = Comparison(before, plan, snapshot, host)
    shifts = tuple(comparison.shifts())
    return comparison.since(run, shifts), shifts
