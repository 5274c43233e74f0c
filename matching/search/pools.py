"""Whom the rules allow into a seat, best first: computed once for all cases that look alike to rules and scorers.

Cases are put in such an order that those which share answers are neighbours. Then each answer narrows the pool that
the answers before it left, so most of the work is shared: a rule about the practice area is applied once for each
area and level, one about the place once for each of those and each place. Equal answers count as one, whatever the
cases differ in; and what is the same for everybody is a number of the case, not of the pair.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from core.model.plans.columns import CaseView, Ints
from core.model.vocabulary import SeatRole
from matching.search.asking import Asked
from matching.search.levels import Level, broad_first, rule_level, score_level
from matching.search.named import Named
from matching.search.paired import Paired
from matching.search.pool import Pool
from matching.search.signatures import Signatures

CROWDED: Final = 5000
"""How many combinations are too many to ask about, each over all volunteers."""
ALWAYS_ASKED: Final = 500
"""Up to this many cases there are never too many combinations."""


class Pools:
    """The pools of one seat for all cases of a run.

    ``extra`` float[m] are the points that everybody gets in a case; ``answers`` counts, by the name of each rule and
    scorer, the answers that differ; ``paired`` is what is asked pair by pair.
    """

    def __init__(
        self,
        asked: Asked,
        views: Sequence[CaseView],
        signatures: Signatures,
        role: SeatRole,
        settled: dict[int, Ints],
        waived: frozenset[int],
    ) -> None:
        self._asked, self._views, self._signatures, self._role = asked, views, signatures, role
        self._settled, self._waived = settled, waived
        self.extra = np.zeros(len(views))
        self.answers: dict[str, int] = {}
        self.paired = Paired(asked, views)
        self._named = Named(asked, views)
        rules = [level for number in asked.rules_for(role) if (level := self._rule(number))]
        everybody = np.arange(asked.volunteers.n)
        first = [level for level in rules if level.count == 1]
        for level in first:
            everybody = everybody[np.asarray(level.answer(0))[everybody]]
        self._everybody = everybody
        scores = [level for number in asked.scorers_for(role) if (level := self._scorer(number))]
        self._levels = broad_first([level for level in rules if level.count > 1], scores)

    def of(self, cases: Ints) -> Iterator[Pool]:
        """The pools of these cases, each case in one of them."""
        is_settled = np.isin(cases, np.array(list(self._settled), dtype=np.int64))
        for case in cases[is_settled].tolist():
            yield self._of_settled(case)
        free = cases[~is_settled]
        if len(free):
            order = np.lexsort([level.group[free] for level in reversed(self._levels)] or [free])
            yield from self._narrowed(0, Pool(free[order], self._everybody, np.zeros(len(self._everybody))))

    def _narrowed(self, depth: int, pool: Pool) -> Iterator[Pool]:
        if depth == len(self._levels):
            yield from self._finished(pool)
            return
        level = self._levels[depth]
        groups = level.group[pool.cases]
        begins = np.flatnonzero(np.diff(groups, prepend=-1))
        for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), len(groups)], strict=True):
            yield from self._narrowed(depth + 1, _applied(level, int(groups[begin]), pool, pool.cases[begin:end]))

    def _finished(self, pool: Pool) -> Iterator[Pool]:
        """Pools after what each case has for itself: people it names, and answers about its pairs."""
        if self.paired:
            yield from (self._named.applied(int(one.cases[0]), one) for one in self.paired.applied(pool))
            return
        alone = self._named.touched[pool.cases]
        if not alone.all():
            yield replace(pool, cases=pool.cases[~alone])
        for case in pool.cases[alone].tolist():
            yield self._named.applied(case, replace(pool, cases=np.array([case])))

    def _of_settled(self, case: int) -> Pool:
        """The holders of a settled seat, whose place and time are given to this very case already."""
        allowed = self._asked.allowed(self._role, self._views[case], without=self._waived)
        people = self._settled[case][allowed[self._settled[case]]]
        given = [sum(self._asked.points_of(self._role, self._views[case], one).values()) for one in people.tolist()]
        return Pool(np.array([case]), people, np.zeros(len(people))).with_points(np.array(given) - self.extra[case])

    def _rule(self, number: int) -> Level | None:
        rule, paired = self._asked.rules[number], self._asked.pair_rules.get(number)
        if paired and paired.among:
            self._named.judge(number, paired.among)
        elif paired and crowded(self._signatures.of(rule.reads).count, len(self._views)):
            self.paired.rules.append(number)
        else:
            level = rule_level(self._asked, number, self._views, self._signatures.of(rule.reads))
            self.answers[rule.name] = level.count
            return level
        return None

    def _scorer(self, number: int) -> Level | None:
        scorer, paired = self._asked.scorers[number], self._asked.pair_scorers.get(number)
        if paired and paired.among:
            self._named.give(number, paired.among)
        elif paired and crowded(self._signatures.of(scorer.reads).count, len(self._views)):
            self.paired.scorers.append(number)
        else:
            alike = self._signatures.of(scorer.reads)
            level = score_level(self._asked, number, self._views, alike, self._everybody)
            self.answers[scorer.name] = level.count
            self.extra += level.same[alike.group]
            return level if level.count > 1 else None
        return None


def crowded(combinations: int, cases: int) -> bool:
    """Whether so many combinations are better not asked about each over all volunteers."""
    return combinations > CROWDED or (cases > ALWAYS_ASKED and 2 * combinations > cases)


def _applied(level: Level, group: int, pool: Pool, cases: Ints) -> Pool:
    pool = replace(pool, cases=cases)
    answer = level.answer(group)
    if answer is None:
        return pool
    mine = answer[pool.people]
    return pool.only(np.flatnonzero(mine)) if level.is_rule else pool.with_points(mine)
