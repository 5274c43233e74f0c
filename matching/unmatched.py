"""Why a case got no team: the rule that stands in the way, the missing leg, or who was more urgent."""

from collections.abc import Iterable

import numpy as np

from core.model.columns import Bools
from core.model.languages import language_name
from core.model.teams import Unmatched
from core.model.vocabulary import SeatRole
from matching.candidates import Candidates
from matching.problem import Solution
from matching.teams import Room

UNDECIDED = "undecided"
WORDS = {
    SeatRole.ATTORNEY: ("attorney", "attorneys"),
    SeatRole.INTERPRETER: ("interpreter", "interpreters"),
    SeatRole.MENTOR: ("mentor", "mentors"),
}


class Explainer:
    """Explains the cases of one run that were not matched."""

    def __init__(self, candidates: Candidates, solution: Solution) -> None:
        self._found, self._problem = candidates, candidates.problem
        self._room = Room.after(candidates, solution)
        self._served = {int(case) for case in self._problem.attorneys.case[solution.attorneys]}
        self._taken_by: dict[int, list[int]] = {}
        for table, rows in zip(self._problem.tables[:2], (solution.attorneys, solution.legs), strict=True):
            for row in rows:
                self._taken_by.setdefault(int(table.person[row]), []).append(int(table.case[row]))

    def unmatched(self) -> tuple[Unmatched, ...]:
        """One reason for each case without a team, in the order of the snapshot."""
        waiting = (case for case in range(self._problem.cases.n) if case not in self._served)
        return tuple(self._explain(case) for case in waiting)

    def _explain(self, case: int) -> Unmatched:
        ref, view = self._found.snapshot.cases[case].ref, self._found.views[case]
        attorneys = self._found.asked.allowed(SeatRole.ATTORNEY, view)
        if not attorneys.any():
            return Unmatched(ref, *self._blocked(SeatRole.ATTORNEY, case, np.ones(len(attorneys), dtype=np.bool_)))
        return Unmatched(
            ref, *(self._language(case, attorneys) or self._mentor(case, attorneys) or self._crowded(case))
        )

    def _blocked(self, role: SeatRole, case: int, who: Bools) -> tuple[str, str]:
        """The one rule that, left out, frees most of ``who``; several rules where no single one does."""
        asked, view = self._found.asked, self._found.views[case]
        freed = {
            number: int((asked.allowed(role, view, without=frozenset((number,))) & who).sum())
            for number in asked.rules_for(role)
        }
        if not who.any() or not freed:
            return str(role), f"There is no {WORDS[role][0]} in this list."
        number = max(freed, key=lambda one: (freed[one], -one))
        if freed[number]:
            code = asked.rules[number].blocks if asked.could_decide(number, view) else UNDECIDED
            word = WORDS[role][freed[number] != 1]
            could = f"but for that, {freed[number]} {word} could take the {role} seat."
            return code, f"{asked.sentence(number, view)} ({could[0].upper()}{could[1:]})"
        fewest = min(freed, key=lambda one: (int((asked.allowed_by(one, view) & who).sum()), one))
        return "several", f"No {WORDS[role][0]} meets all requirements. The hardest: {asked.sentence(fewest, view)}"

    def _language(self, case: int, attorneys: Bools) -> tuple[str, str] | None:
        """Which leg is missing, where no allowed attorney can be reached by any chain."""
        found, view = self._found, self._found.views[case]
        speaks = self._problem.people.speaks
        direct = speaks[:, list(view.languages)].any(axis=1)
        if (attorneys & direct).any():
            return None
        heard = (speaks[attorneys]).any(axis=0)
        interpreters = found.asked.allowed(SeatRole.INTERPRETER, view)
        if (found.directions.hubs(view, interpreters, speaks.shape[1]) & heard).any():
            return None
        everybody = np.ones(len(interpreters), dtype=np.bool_)
        pairs = np.flatnonzero(np.isin(found.directions.source, np.array(view.languages, dtype=np.int64)))
        able = np.zeros(len(interpreters), dtype=np.bool_)
        able[found.directions.person[pairs]] = True
        named = _either(found.snapshot.cases[case].languages)
        if not able.any():
            return "language", f"Nobody interprets {named}, and no eligible attorney speaks it."
        if not (found.directions.hubs(view, everybody, speaks.shape[1]) & heard).any():
            return "language", f"There is an interpreter for {named}, but no second leg to a language of an attorney."
        code, sentence = self._blocked(SeatRole.INTERPRETER, case, able & ~interpreters)
        return code, f"No interpreter for {named}: {sentence}"

    def _mentor(self, case: int, attorneys: Bools) -> tuple[str, str] | None:
        view = self._found.views[case]
        level = self._found.volunteers.level[:, view.practice_area]
        if (attorneys & (level >= view.skill_level)).any():
            return None
        mentors = self._found.asked.allowed(SeatRole.MENTOR, view)
        if mentors.any():
            return None
        _code, sentence = self._blocked(SeatRole.MENTOR, case, np.ones(len(mentors), dtype=np.bool_))
        return "mentor", f"Attorneys one level below could take it with a mentor. {sentence}"

    def _crowded(self, case: int) -> tuple[str, str]:
        """Everything exists, but others took it: attorneys if all are full, else the interpreters or mentors."""
        lawyers = self._people(SeatRole.ATTORNEY, case)
        needs = self._problem.cases.hours[case]
        free = [one for one in lawyers if self._room.places[one] > 0 and self._room.hours[one] >= needs]
        if lawyers and not free:
            return "priority", self._others_first("attorney", lawyers, case)
        interpreters = self._people(SeatRole.INTERPRETER, case)
        if interpreters:
            return "interpreter", self._others_first("interpreter", interpreters, case)
        return "mentor", "Every mentor who could help is taken by other cases."

    def _people(self, role: SeatRole, case: int) -> list[int]:
        table = self._problem.attorneys if role is SeatRole.ATTORNEY else self._problem.legs
        return sorted({int(person) for person in table.person[table.case == case]})

    def _others_first(self, word: str, people: list[int], case: int) -> str:
        cases = self._found.snapshot.cases
        took = {other for person in people for other in self._taken_by.get(person, [])} - {case}
        said = f"Every {word} who could take it is needed by other cases"
        if not took:
            return f"{said}."
        first = min(took, key=lambda other: (self._found.views[other].tier, other))
        more = "the more urgent " if self._found.views[first].tier < self._found.views[case].tier else ""
        return f"{said}, among them {more}{cases[first].ref}."


def _either(tags: Iterable[str]) -> str:
    return " or ".join(language_name(tag) for tag in tags)
