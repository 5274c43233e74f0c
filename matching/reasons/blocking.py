"""What keeps a case from having a team at all, whoever is free: the rules that would have to give way, or a leg.

Asked of cases for which the rules leave no whole team. The answer is a code, a sentence and the smallest sets of
rules; where nothing that gives way would help, it is the language, the mentor or the attorney that nobody offers.
"""

from dataclasses import dataclass

import numpy as np

from core.model.languages import language_name
from core.model.plans.columns import Bools, CaseView, Ints
from core.model.plans.teams import RuleSet
from core.model.vocabulary import SeatRole
from matching.reasons.relaxing import Smallest, is_possible, smallest_sets
from matching.reasons.seating import Seating

UNDECIDED = "undecided"
Waiting = dict[SeatRole, set[int]]
"""The volunteers whom a set of rules keeps from each seat."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the rules leave no team: a code, words, and the sets of rules of which any one must give way.

    The words are a short sentence with what stands in the way, and on further lines what else is to be said of it.
    """

    reason: str
    detail: str
    relax: tuple[RuleSet, ...] = ()


class Blocking:
    """Answers, for one case after the other, what the rules leave nobody for."""

    def __init__(self, seating: Seating) -> None:
        self._seating, self._found, self._asked = seating, seating.found, seating.asked

    def obstacle(self, case: int) -> Obstacle:
        """What stands in the way of a case that the rules leave no team for."""
        smallest = smallest_sets(self._seating, case)
        found = self._told(case, smallest) if smallest is not None else self._beyond_rules(case)
        if not self._lacks_a_second(case):
            return found
        said = "Somebody could lead it, but no second attorney is found."
        return Obstacle("co_counsel", f"{said}\n{found.detail}", found.relax)

    def _lacks_a_second(self, case: int) -> bool:
        """Whether a case that asks for two attorneys could have a team if it asked for one."""
        return self._found.views[case].attorneys > 1 and is_possible(self._seating, case, lead_alone=True)

    def _beyond_rules(self, case: int) -> Obstacle:
        """What to say where no few rules would do."""
        kept = {role: self._among(self._seating.kept(role, case).persons) for role in self._seating.roles(case)}
        return self._nobody(case, kept) or Obstacle("several", self._hardest(case, kept))

    def _told(self, case: int, smallest: Smallest) -> Obstacle:
        view, (mask, waiting) = self._found.views[case], smallest.best()
        rules = _numbers(mask)
        codes = dict.fromkeys(self._code(one, view) for one in rules)
        code = "mentor" if set(waiting) == {SeatRole.MENTOR} else next(iter(codes)) if len(codes) == 1 else "several"
        first, *others = (self._asked.sentence(one, view) for one in rules)
        rest = [*(f"Besides: {said}" for said in others), _without(waiting, one_rule=not others)]
        detail = f"{self._seat_of(case, set(waiting))}{first}\n{' '.join(rest)}"
        return Obstacle(code, detail, tuple(self._set(one, who, view) for one, who in _ordered(smallest)))

    def _seat_of(self, case: int, roles: set[SeatRole]) -> str:
        """What to say first where it is not the attorney's seat that nobody may fill."""
        if roles == {SeatRole.INTERPRETER}:
            return f"No way to interpret {self._language(case)} for an attorney: "
        return "Somebody could take it with a mentor. " if roles == {SeatRole.MENTOR} else ""

    def _set(self, mask: int, waiting: Waiting, view: CaseView) -> RuleSet:
        rules = _numbers(mask)
        return RuleSet(
            rules=tuple(self._asked.rules[one].name for one in rules),
            blocks=tuple(self._code(one, view) for one in rules),
            says=tuple(self._asked.sentence(one, view) for one in rules),
            volunteers=len(set().union(*waiting.values())),
        )

    def _nobody(self, case: int, kept: dict[SeatRole, Bools]) -> Obstacle | None:
        """What nobody offers, even where every rule gave way; None where it is not as simple as that."""
        view, attorneys = self._found.views[case], kept[SeatRole.ATTORNEY]
        if not attorneys.any():
            return Obstacle("attorney", "There is no attorney among the volunteers.")
        understood = attorneys & self._seating.understands(view, kept[SeatRole.INTERPRETER])
        if not understood.any():
            return Obstacle("language", self._gap(case, kept[SeatRole.INTERPRETER]))
        if not kept[SeatRole.MENTOR].any() and not (understood & ~self._seating.short(view)).any():
            return Obstacle("mentor", "Somebody could take it with a mentor, but there is no mentor to ask.")
        beside = kept.get(SeatRole.CO_COUNSEL)
        if beside is not None and not (beside.any() and (attorneys | beside).sum() > 1):
            return Obstacle("co_counsel", "It asks for two attorneys, and there is one among the volunteers.")
        return None

    def _gap(self, case: int, interpreters: Bools) -> str:
        ways, named = self._seating.legs, self._language(case)
        hubs = np.unique(ways.target[ways.first(self._found.views[case], interpreters)])
        if not len(hubs):
            return f"Nobody interprets {named}, and no eligible attorney speaks it."
        into = " or ".join(language_name(self._found.tags[hub]) for hub in hubs)
        return f"{named} is interpreted into {into} only: no eligible attorney speaks that, and there is no relay."

    def _hardest(self, case: int, kept: dict[SeatRole, Bools]) -> str:
        """The rule that fewest pass, of the first seat that nobody may fill."""
        view = self._found.views[case]
        every = (one for one in SeatRole if one in kept)
        role = next((one for one in every if not self._seating.allowed(one, case).any()), SeatRole.ATTORNEY)
        numbers = self._asked.rules_for(role)
        hardest = min(numbers, key=lambda one: int((kept[role] & self._asked.allowed_by(one, view)).sum()))
        said = self._asked.sentence(hardest, view)
        return f"No {role.word} meets all requirements. The hardest: {said}"

    def _code(self, rule: int, view: CaseView) -> str:
        return self._asked.rules[rule].blocks if self._asked.could_decide(rule, view) else UNDECIDED

    def _language(self, case: int) -> str:
        return " or ".join(language_name(tag) for tag in self._found.snapshot.cases[case].languages)

    def _among(self, persons: Ints) -> Bools:
        return np.isin(self._found.volunteers.index, persons)


def _without(waiting: Waiting, *, one_rule: bool) -> str:
    """Who could be on a team if the rules gave way: "Without this rule, 1 attorney and 2 interpreters could help."."""
    counted = [(role, len(waiting[role])) for role in SeatRole if role in waiting]
    *most, last = (f"{count} {role.plural if count != 1 else role.word}" for role, count in counted)
    people = f"{', '.join(most)} and {last}" if most else last
    return f"Without {'this rule' if one_rule else 'these rules'}, {people} could help."


def _ordered(smallest: Smallest) -> list[tuple[int, Waiting]]:
    """The sets, the one that keeps out most volunteers first."""
    best = smallest.best()[0]
    return sorted(smallest.sets.items(), key=lambda item: (item[0] != best, -sum(map(len, item[1].values())), item[0]))


def _numbers(mask: int) -> list[int]:
    return [at for at in range(mask.bit_length()) if mask >> at & 1]
