"""One case's seats looked at alone: whom the rules allow, whom they keep out by what, and who understands whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.plans.columns import Bools, CaseView, Ints
from core.model.vocabulary import SeatRole
from matching.candidates import WAIVED, Candidates, student_only
from matching.reasons.hearing import Hearing

OFFER: Final = "role"
"""The code of rules about what somebody offers to be. They never give way: nobody is made an interpreter."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Who might fill a seat if rules gave way: ``persons``, and for each the rules in her way, as bits by number."""

    persons: Ints
    rules: Ints

    def groups(self, most: int) -> Iterator[tuple[int, Ints]]:
        """The persons by the rules in their way, fewest rules first, up to ``most`` rules."""
        several = [(int(mask).bit_count(), int(mask)) for mask in np.unique(self.rules)]
        for count, mask in sorted(several):
            if count <= most:
                yield mask, self.persons[self.rules == mask]


class Seating:
    """Answers about the seats of one case after the other."""

    def __init__(self, candidates: Candidates) -> None:
        self.found, self.asked = candidates, candidates.asked
        self.speaks = candidates.problem.people.speaks
        self.legs = Hearing(candidates)
        self._student = student_only(candidates.volunteers)
        self._everybody = np.ones(candidates.volunteers.n, dtype=np.bool_)

    def allowed(self, role: SeatRole, case: int) -> Bools:
        """Whom all rules allow into a seat; into a settled one, its holders only, whose place and time are kept."""
        settled = self.holders(role, case)
        if settled is None:
            return self.asked.allowed(role, self.found.views[case])
        without = frozenset(number for number in self.asked.rules_for(role) if self._is_waived(number))
        return settled & self.asked.allowed(role, self.found.views[case], without=without)

    def holders(self, role: SeatRole, case: int) -> Bools | None:
        """Who holds a seat that is settled; None where it is not."""
        refs = [held.volunteer for held in self.found.snapshot.cases[case].pinned if held.role is role]
        if not refs:
            return None
        people = self.found.book.volunteers
        return np.isin(self.found.volunteers.index, [people[ref] for ref in refs if ref in people])

    def kept(self, role: SeatRole, case: int) -> Kept:
        """Who might fill a seat, with what keeps each from it."""
        view, numbers = self.found.views[case], self.asked.rules_for(role)
        settled = self.holders(role, case)
        numbers = [one for one in numbers if settled is None or not self._is_waived(one)]
        if not numbers:
            persons = np.flatnonzero(self._everybody if settled is None else settled)
            return Kept(persons, np.zeros(len(persons), dtype=np.int64))
        barred = ~np.array([self.asked.allowed_by(one, view) for one in numbers])
        fixed = np.array([self.asked.rules[one].blocks == OFFER for one in numbers])
        persons = np.flatnonzero(~barred[fixed].any(axis=0) & (self._everybody if settled is None else settled))
        weights = np.array([1 << one for one in numbers], dtype=np.int64 if max(numbers) < 63 else np.object_)
        return Kept(persons, weights @ barred[:, persons])

    def short(self, view: CaseView) -> Bools:
        """Who needs a mentor for this case: one level below it, or a law student."""
        short: Bools = self._student | (self.found.volunteers.level[:, view.practice_area] == view.skill_level - 1)
        return short

    def alone(self, view: CaseView) -> Bools:
        """Who speaks with the client without an interpreter."""
        return np.asarray(self.speaks[:, list(view.languages)].any(axis=1))

    def understands(self, view: CaseView, interpreters: Bools) -> Bools:
        """Who understands the client, herself or through these interpreters."""
        hubs = self.legs.hubs(view, interpreters)
        return np.asarray(self.alone(view) | self.speaks[:, hubs].any(axis=1))

    def roles(self, case: int) -> tuple[SeatRole, ...]:
        """The seats that a team of a case may have; co-counsel before the lead, since a lead may be there without."""
        first = (SeatRole.CO_COUNSEL,) if self.found.views[case].attorneys > 1 else ()
        return (*first, SeatRole.ATTORNEY, SeatRole.INTERPRETER, SeatRole.MENTOR)

    def fits(self, case: int, people: Mapping[SeatRole, Bools]) -> Bools:
        """Around which lead attorneys a team is possible, with these people for its seats."""
        view = self.found.views[case]
        able: Bools = people[SeatRole.ATTORNEY] & self.understands(view, people[SeatRole.INTERPRETER])
        able = able if people[SeatRole.MENTOR].any() else able & ~self.short(view)
        if SeatRole.CO_COUNSEL in self.roles(case):
            beside = people[SeatRole.CO_COUNSEL]
            able = able & (np.count_nonzero(beside) > beside.astype(np.int64))
        return able

    def surely(self, case: int, people: Mapping[SeatRole, Bools]) -> bool:
        """Whether a team is possible even of people who could fill one seat only, with one interpreter at most.

        Two attorneys are the exception: that one may lead and the other be co-counsel is counted.
        """
        view, interpreters, mentors = self.found.views[case], people[SeatRole.INTERPRETER], people[SeatRole.MENTOR]
        guides, others = mentors & ~interpreters, ~interpreters & ~mentors
        hubs = self.legs.among(self.legs.target[self.legs.first(view, interpreters)])
        understood = self.alone(view) | self.speaks[:, hubs].any(axis=1)
        able = people[SeatRole.ATTORNEY] & others & understood
        able = able if guides.any() else able & ~self.short(view)
        if SeatRole.CO_COUNSEL not in self.roles(case):
            return bool(able.any())
        beside = people[SeatRole.CO_COUNSEL] & others
        return bool(able.any() and beside.any() and np.count_nonzero(able | beside) > 1)

    def _is_waived(self, number: int) -> bool:
        return self.asked.rules[number].blocks in WAIVED
