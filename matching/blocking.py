"""What keeps a team from being possible at all: the one rule, or the one kind of rule, that would have to give way.

Leave one rule out at a time; else all rules of one kind (place and hours are both "capacity"); else the hardest is
named. First for the attorney's seat; where there are attorneys, for the interpreters' chain; then for the mentor's.
"""

from collections.abc import Callable, Iterator

import numpy as np

from core.model.columns import Bools, CaseView
from core.model.languages import language_name
from core.model.vocabulary import SeatRole
from matching.candidates import Candidates, student_only

UNDECIDED = "undecided"
WORDS = {
    SeatRole.ATTORNEY: ("attorney", "attorneys"),
    SeatRole.INTERPRETER: ("interpreter", "interpreters"),
    SeatRole.MENTOR: ("mentor", "mentors"),
}
Reason = tuple[str, str]
Opens = Callable[[Bools], int]
"""How many volunteers could fill a seat if these were allowed."""


class Blocking:
    """Answers, for one case after the other, what the rules leave nobody for."""

    def __init__(self, candidates: Candidates) -> None:
        self._found, self._asked = candidates, candidates.asked
        self._speaks = candidates.problem.people.speaks
        self._student = student_only(candidates.volunteers)

    def reason(self, case: int) -> Reason | None:
        """The code and the sentence for one case; None where the rules leave a whole team possible."""
        view = self._found.views[case]
        attorneys = self._asked.allowed(SeatRole.ATTORNEY, view)
        if not attorneys.any():
            return self._blocked(SeatRole.ATTORNEY, view, _count)
        heard = self._heard(view, attorneys, self._asked.allowed(SeatRole.INTERPRETER, view))
        if not heard.any():
            return self._missing_leg(case, attorneys)
        if (heard & ~self._short(view)).any() or self._asked.allowed(SeatRole.MENTOR, view).any():
            return None
        _, sentence = self._blocked(SeatRole.MENTOR, view, _count)
        return "mentor", f"Somebody could take it with a mentor. {sentence}"

    def _short(self, view: CaseView) -> Bools:
        """Who needs a mentor for this case."""
        short: Bools = self._found.volunteers.level[:, view.practice_area] == view.skill_level - 1
        return self._student | short

    def _heard(self, view: CaseView, attorneys: Bools, interpreters: Bools) -> Bools:
        """Which attorneys understand the client, themselves or through these interpreters."""
        alone = self._speaks[:, list(view.languages)].any(axis=1)
        hubs = self._found.directions.hubs(view, interpreters, self._speaks.shape[1])
        understood: Bools = attorneys & (alone | self._speaks[:, hubs].any(axis=1))
        return understood

    def _missing_leg(self, case: int, attorneys: Bools) -> Reason:
        view, ways = self._found.views[case], self._found.directions
        interprets = np.isin(np.arange(self._found.volunteers.n), ways.person)
        named = " or ".join(language_name(tag) for tag in self._found.snapshot.cases[case].languages)
        if not self._heard(view, attorneys, interprets).any():
            return "language", self._gap(view, named)

        def opens(allowed: Bools) -> int:
            helps = self._heard(view, attorneys, allowed & interprets).any()
            return len(np.unique(ways.person[ways.first(view, allowed)])) if helps else 0

        code, sentence = self._blocked(SeatRole.INTERPRETER, view, opens)
        return code, f"No way to interpret {named} for an attorney: {sentence}"

    def _gap(self, view: CaseView, named: str) -> str:
        everybody, ways = np.ones(self._found.volunteers.n, dtype=np.bool_), self._found.directions
        hubs = np.unique(ways.target[ways.first(view, everybody)])
        if not len(hubs):
            return f"Nobody interprets {named}, and no eligible attorney speaks it."
        into = " or ".join(language_name(self._found.tags[hub]) for hub in hubs)
        return f"{named} is interpreted into {into} only: no eligible attorney speaks that, and there is no relay."

    def _blocked(self, role: SeatRole, view: CaseView, opens: Opens) -> Reason:
        """The rule, or kind of rule, that left out opens the seat to most."""
        numbers = self._asked.rules_for(role)
        everybody = np.ones(self._found.volunteers.n, dtype=np.bool_)
        if not numbers or not opens(everybody):
            return str(role), f"There is no {WORDS[role][0]} among the volunteers."
        for choices in (_alone(numbers), self._kinds(numbers)):
            freed = [(opens(self._asked.allowed(role, view, without=frozenset(one))), one) for one in choices]
            most = max(count for count, _ in freed)
            if most:
                one = next(one for count, one in freed if count == most)
                return self._code(one[0], view), self._but_for_that(role, view, one[0], most)
        hardest = min(numbers, key=lambda one: (int(self._asked.allowed_by(one, view).sum()), one))
        said = self._asked.sentence(hardest, view)
        return "several", f"No {WORDS[role][0]} meets all requirements. The hardest: {said}"

    def _kinds(self, numbers: list[int]) -> Iterator[list[int]]:
        rules = self._asked.rules
        for kind in dict.fromkeys(rules[one].blocks for one in numbers):
            yield [one for one in numbers if rules[one].blocks == kind]

    def _code(self, rule: int, view: CaseView) -> str:
        return self._asked.rules[rule].blocks if self._asked.could_decide(rule, view) else UNDECIDED

    def _but_for_that(self, role: SeatRole, view: CaseView, rule: int, freed: int) -> str:
        could = f"(But for that, {freed} {WORDS[role][freed != 1]} could take the {role} seat.)"
        return f"{self._asked.sentence(rule, view)} {could}"


def _alone(numbers: list[int]) -> Iterator[list[int]]:
    return ([one] for one in numbers)


def _count(allowed: Bools) -> int:
    return int(allowed.sum())
