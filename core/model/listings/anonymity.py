"""What of each open case may be shown, so that nobody can single one out (DOMAIN "Confidentiality").

All listed cases begin as one crowd of which nothing is told. Then one attribute after the other is told, in the order
of ``REVEALED``: whoever shares its value with k - 1 others leaves the crowd as a smaller one; those who do not stay
together, still at least k, and are asked about the next attribute. So every case is shown exactly like k - 1 others,
and what is generalised first is what was to be told last.

Two things go beyond the count of one day (k-anonymity: Sweeney 2002, local recoding):

- Whoever stays behind while others leave is known to be none of them. That is counted as known of her, too.
- What was shown once stays known. ``Known`` keeps it for each case, and nothing is added to it unless at least k open
  cases fit all of it together. So comparing lists of different days never tells more than one of them did.

Sets of cases are integers with a bit for each case.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Final

from core.model.listings.attributes import NEEDS, REVEALED, Attribute, Candidate, Disclosure, Known, Values

COMPARABLE: Final = 5
"""How many open cases must look alike, where the clinic has not chosen more."""


def disclose(candidates: Sequence[Candidate], k: int = COMPARABLE) -> dict[str, Disclosure]:
    """What to show of each of these cases, by key; empty where there are fewer than ``k``: then none may be listed.

    Does not depend on the order of the candidates.
    """
    if len(candidates) < k:
        return {}
    crowds = _Crowds(sorted(candidates, key=lambda one: one.lot), k)
    crowds.part(_Crowd(list(range(len(candidates)))), REVEALED)
    return crowds.disclosed


@dataclass(slots=True)
class _Crowd:
    """Cases that are shown alike so far: what is told of them, and what they are known not to be."""

    members: list[int]
    told: dict[Attribute, str] = field(default_factory=dict)
    denied: dict[Attribute, frozenset[str]] = field(default_factory=dict)


class _Crowds:
    def __init__(self, candidates: Sequence[Candidate], k: int) -> None:
        self._all, self._k = candidates, k
        self._sets: dict[Attribute, dict[str, int]] = {name: {} for name in REVEALED}
        for number, one in enumerate(candidates):
            for name, value in one.values.items():
                self._sets[name][value] = self._sets[name].get(value, 0) | 1 << number
        self._could_be = [self._fitting(one.known) for one in candidates]
        self.disclosed: dict[str, Disclosure] = {}

    def _fitting(self, known: Known) -> int:
        """The cases of which this could be known."""
        could = (1 << len(self._all)) - 1
        for name, value in known.has.items():
            could &= self._sets[name].get(value, 0)
        for name, lacking in known.lacks.items():
            could &= ~self._of(name, lacking)
        return could

    def _of(self, name: Attribute, values: Iterable[str]) -> int:
        return reduce(or_, (self._sets[name].get(value, 0) for value in values), 0)

    def part(self, crowd: _Crowd, names: tuple[Attribute, ...]) -> None:
        """Tell one attribute after the other of a crowd, as far as that is safe, and note what is told in the end."""
        for place, name in enumerate(names):
            if NEEDS.get(name, name) is not name and NEEDS[name] not in crowd.told:
                continue
            leaving, staying = self._parting(crowd, name)
            if leaving:
                self._follow(crowd, name, leaving, staying, names[place + 1 :])
                return
        self._note(crowd)

    def _follow(
        self,
        crowd: _Crowd,
        name: Attribute,
        leaving: dict[str, list[int]],
        staying: list[int],
        rest: tuple[Attribute, ...],
    ) -> None:
        for value, members in leaving.items():
            self._learn(members, self._sets[name][value])
            self.part(_Crowd(members, crowd.told | {name: value}, crowd.denied), rest)
        if staying:
            denied = self._denied(name, leaving, staying)
            self._learn(staying, ~self._of(name, denied))
            self.part(_Crowd(staying, crowd.told, crowd.denied | {name: denied}), rest)

    def _learn(self, members: list[int], fitting: int) -> None:
        for one in members:
            self._could_be[one] &= fitting

    def _parting(self, crowd: _Crowd, name: Attribute) -> tuple[dict[str, list[int]], list[int]]:
        """Who may leave the crowd, by the value that is then told of them, and who stays."""
        leaving: dict[str, list[int]] = {}
        staying: list[int] = []
        for one in crowd.members:
            value = self._all[one].values[name]
            shy = name in self._all[one].widened or not self._may_tell(one, name, value, crowd.told)
            (staying if shy else leaving.setdefault(value, [])).append(one)
        for value in [value for value, members in leaving.items() if len(members) < self._k]:
            staying += leaving.pop(value)
        self._shelter(name, leaving, staying)
        if name is Attribute.LANGUAGE:
            self._accompany_the_lonely(leaving, staying)
            self._shelter(name, leaving, staying)  # those who stay with them may need company themselves
        return leaving, staying

    def _shelter(self, name: Attribute, leaving: dict[str, list[int]], staying: list[int]) -> None:
        """Let more stay until those who do are enough, and none of them is known by the others' leaving."""
        while leaving and (lent_by := self._lenders(name, leaving, staying)):
            self._keep_company(name, leaving, staying, lent_by)

    def _lenders(self, name: Attribute, leaving: Mapping[str, list[int]], staying: list[int]) -> list[str]:
        """The values of which somebody should stay: any, where too few stay; those that would tell too much of them."""
        if 0 < len(staying) < self._k:
            return list(leaving)
        denied = self._denied(name, leaving, staying)
        betrayed = [(one, news) for one in staying if (news := self._betrayed(one, name, denied))]
        could = reduce(or_, (self._could_be[one] for one, _ in betrayed), 0)
        told = sorted(set[str]().union(*(news for _, news in betrayed)))
        return [value for value in told if could & self._sets[name][value]] or told

    def _may_tell(self, one: int, name: Attribute, value: str, told: Values) -> bool:
        """Whether a value may be told of a case: it is known already, or k cases fit it and all else that is known.

        That all who fit share it anyway does not make it known: how many there are, an outsider cannot tell.
        """
        if name in self._all[one].known.has or (name is Attribute.FAMILY and Attribute.LANGUAGE in told):
            return True
        return (self._could_be[one] & self._sets[name][value]).bit_count() >= self._k

    def _betrayed(self, one: int, name: Attribute, denied: frozenset[str]) -> set[str]:
        """Which of these values a case would newly be known not to have, where fewer than k cases fit that."""
        known = self._all[one].known
        if name in known.has or (self._could_be[one] & ~self._of(name, denied)).bit_count() >= self._k:
            return set()
        family = known.has.get(Attribute.FAMILY) if name is Attribute.LANGUAGE else None
        return {
            value
            for value in denied - set(known.lacks.get(name, ()))
            if family is None or self._family_of(value) == family
        }

    def _denied(self, name: Attribute, leaving: Mapping[str, list[int]], staying: list[int]) -> frozenset[str]:
        """The values that those who stay are known not to have: all that are told, unless one with it stays, too."""
        return frozenset(leaving) - {self._all[one].values[name] for one in staying}

    def _keep_company(
        self, name: Attribute, leaving: dict[str, list[int]], staying: list[int], lent_by: list[str]
    ) -> None:
        """Let some who could leave stay, so that those who must are enough, or not known by the others' leaving.

        They come from the value nearest to those who stay that has members to spare; where none has, the smallest
        group stays as a whole. Those stay of whom least is known already.
        """
        wanted = max(1, self._k - len(staying))
        spare = [value for value in lent_by if len(leaving[value]) >= self._k + wanted]
        if not spare:
            staying += leaving.pop(min(lent_by, key=lambda value: (len(leaving[value]), value)))
            return
        lender = max(spare, key=lambda value: (self._kin(leaving[value][0], staying), len(leaving[value]), value))
        self._lend(name, leaving[lender], staying, wanted)

    def _accompany_the_lonely(self, leaving: dict[str, list[int]], staying: list[int]) -> None:
        """Let enough speakers of a large language stay with those whose family is small, where there are some to spare.

        Otherwise a single speaker of a rare language would keep the family of five others from being told.
        """
        families = Counter(self._all[one].values[Attribute.FAMILY] for one in staying)
        wanted = self._k - sum(n for n in families.values() if n < self._k)
        if not 0 < wanted < self._k:
            return
        small = [value for value in leaving if families[self._family_of(value)] + wanted < self._k]
        spare = [value for value in small if len(leaving[value]) >= self._k + wanted]
        if spare:
            self._lend(
                Attribute.LANGUAGE, leaving[max(spare, key=lambda value: (len(leaving[value]), value))], staying, wanted
            )

    def _lend(self, name: Attribute, group: list[int], staying: list[int], wanted: int) -> None:
        """Let so many of a group stay: those of whom this is not known yet come first."""
        group.sort(key=lambda one: (name in self._all[one].known.has, self._all[one].lot))
        staying += group[:wanted]
        del group[:wanted]

    def _family_of(self, language: str) -> str:
        speaker = next(one for one in self._all if one.values[Attribute.LANGUAGE] == language)
        return speaker.values[Attribute.FAMILY]

    def _kin(self, one: int, staying: list[int]) -> int:
        """How many of those who stay speak a language of the same family."""
        family = self._all[one].values[Attribute.FAMILY]
        return sum(self._all[other].values[Attribute.FAMILY] == family for other in staying)

    def _note(self, crowd: _Crowd) -> None:
        among = (1 << len(self._all)) - 1
        for name, value in crowd.told.items():
            among &= self._sets[name][value]
        for one in crowd.members:
            case = self._all[one]
            self.disclosed[case.key] = Disclosure(
                shown=dict(crowd.told),
                known=case.known.also(crowd.told, crowd.denied),
                alike=len(crowd.members),
                sharing=self._sharing(case, among, crowd.told),
            )

    def _sharing(self, case: Candidate, among: int, told: Values) -> dict[Attribute, int]:
        return {
            name: (among & self._sets[name][case.values[name]]).bit_count() for name in REVEALED if name not in told
        }
