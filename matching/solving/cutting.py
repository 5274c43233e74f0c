"""The relaxation made closer by cuts and by holding totals, where hours are limited.

Cuts and pairs take turns: the relaxation is cut, the pairs that earn more than they use at its new prices are let in,
and it is cut again. Where cuts gain little and a wide total is not whole, such as the number of cases in all, both of
its sides are tried (strong branching; Applegate, Bixby, Chvatal and Cook 1995). Where one of them is hopeless, the
total is held to the other, and the cutting goes on there: what is cut before holds for all plans, what is cut after for
those that keep to the total.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np

from matching.problem import OPTIMAL_GAP
from matching.solving.branching import Totals, is_whole
from matching.solving.effort import Effort
from matching.solving.linear import Mark, Relaxation
from matching.solving.packing import Cut, Packing
from matching.solving.pricing import Priced, Pricing
from matching.solving.program import Limits, Program
from matching.solving.rounding import Recipe, Sums

TRIED: Final = 1000
"""Rows of the tableau that are looked at in one round."""
MOST: Final = 60
"""Roundings that are kept of one round: those that are broken most for their length."""
SPELT: Final = 120
"""Roundings that are spelt out over all columns in one round, which shows how long they are."""
ALIKE: Final = 0.7
"""Cosine above which two cuts say the same."""
LONGEST: Final = 50_000
"""Columns of a rounding: a longer one makes all later relaxations slow, and gains next to nothing."""
BROKEN: Final = 1e-4
PATIENCE: Final = 3
"""Rounds in a row that may bring the relaxation down by less than counts as proved."""
DULL: Final = 1e-5
"""A round that brings the relaxation down by less than this part of it is followed by a look at totals."""
PROBED: Final = 6
"""Totals of which both sides are tried before the cutting goes on."""
HOPELESS: Final = 3e-4
"""A side of a total is hopeless where its relaxation lies lower by more than this part."""


@dataclass(frozen=True, slots=True)
class Aside:
    """The side of a total that was set aside: its limits, a bound on it, what it is likely to come to, and the mark of
    the relaxation before it was divided.
    """

    limits: Limits
    bound: float
    likely: float
    mark: Mark


class Cutter:
    """Cuts the relaxation of a part of a program whose rows grow.

    ``program`` has the rows of all parts, open where they hold for some of them only: a part's ``limits`` close them.
    """

    def __init__(self, program: Program, packing: Packing, totals: Totals, pricing: Pricing, effort: Effort) -> None:
        self.program = program
        self._packing, self._totals, self._pricing, self._effort = packing, totals, pricing, effort

    def down(self, limits: Limits, priced: Priced, floor: float) -> Iterator[tuple[Limits, Priced, Aside | None]]:
        """Round after round: the limits and the relaxation of the part, and what was set aside in this round."""
        waited, tried, gained = 0, False, np.inf
        while priced.complete and priced.relaxation is not None and not is_whole(priced.relaxation.values):
            aside = None
            if gained <= _part(DULL, priced.bound) and not tried:
                limits, aside = self._hold(limits, priced, priced.relaxation)
                tried = aside is None
            if aside is None:
                cuts = [] if waited >= PATIENCE or self._effort.over else self._cuts(limits)
                if not cuts:
                    return
                limits = self._with(cuts, limits)
            again = self._pricing.relax(self.program.within(limits), self._effort, floor=floor)
            if not again.complete and again.bound >= floor:
                yield limits, priced.over(len(self.program.upper)), aside  # out of time: what was known still holds
                return
            gained = priced.bound - again.bound
            waited = waited + 1 if gained <= _part(OPTIMAL_GAP, priced.bound) and aside is None else 0
            priced, gained = again, np.inf if aside else gained
            yield limits, priced, aside

    def _with(self, cuts: list[Cut], limits: Limits) -> Limits:
        """Add cuts, open for other parts where they may hold in this one only; the limits of the part."""
        first, local = len(self.program.upper), [bool(limits) and not cut.personal for cut in cuts]
        rows = [replace(cut, most=np.inf) if here else cut for cut, here in zip(cuts, local, strict=True)]
        self.program = with_cuts(self.program, rows)
        return {**limits, **{first + at: (-np.inf, cuts[at].most) for at in np.flatnonzero(local).tolist()}}

    def _hold(self, limits: Limits, priced: Priced, relaxation: Relaxation) -> tuple[Limits, Aside | None]:
        """Hold a total of which one side is hopeless, if there is one."""
        mark = self._pricing.mark()
        for columns, total in islice(self._totals.wide(relaxation), PROBED):
            row = len(self.program.upper)
            self.program = self.program.counting(columns)
            halves = (-np.inf, float(np.floor(total))), (float(np.ceil(total)), np.inf)
            sides = [{**limits, row: half} for half in halves]
            values = [self._pricing.tried(self.program.within(side), mark, self._effort) for side in sides]
            kept = int(np.argmax(values))
            least = relaxation.objective - _part(HOPELESS, relaxation.objective)
            self._pricing.back(mark)
            if values[1 - kept] < least and np.isfinite(values[kept]):
                return sides[kept], Aside(sides[1 - kept], priced.bound, values[1 - kept], mark)
        return limits, None

    def _cuts(self, limits: Limits) -> list[Cut]:
        """What the relaxation breaks."""
        program = self.program.within(limits)
        relaxation = self._pricing.solve(program, self._effort)
        return [*self._packing.broken(relaxation), *self._rounded(program, relaxation)] if relaxation else []

    def _rounded(self, program: Program, relaxation: Relaxation) -> Iterator[Cut]:
        """Roundings of rows of the tableau, found over the columns in use."""
        used, values = relaxation.columns[relaxation.values > 0.0], relaxation.values[relaxation.values > 0.0]
        order = np.argsort(used)
        used, values = used[order], values[order]
        sums = Sums.of(program)
        there = sums.among(np.arange(len(program.upper)), used)
        turned = np.flatnonzero(values > 1.0 - 1e-9)
        sign = np.where(np.isposinf(program.upper), -1.0, 1.0)
        found: list[_Deep] = []
        for rows, weights in self._pricing.tableau(TRIED):
            recipe = Recipe(rows, weights * sign[rows], turned)
            cut = there.rounded(recipe)
            if cut is not None and (broken := float(cut.values @ values[cut.columns]) - cut.most) > BROKEN:
                found.append(_Deep(broken / float(np.linalg.norm(cut.values)), recipe, cut))
        kept = _Unlike(len(used))
        unlike = (one for one in sorted(found, key=lambda one: -one.depth) if not kept.near(one.cut))
        for one in islice(unlike, SPELT):
            cut = sums.rounded(Recipe(one.recipe.rows, one.recipe.weights, used[turned]))
            if cut is not None and len(cut.columns) <= LONGEST:
                kept.keep(one.cut)
                yield cut
            if kept.full:
                return


@dataclass(frozen=True, slots=True)
class _Deep:
    """A cut over the columns in use, how far the relaxation lies beyond it, and its recipe."""

    depth: float
    recipe: Recipe
    cut: Cut


class _Unlike:
    """Cuts of which no two nearly say the same, over so many columns."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._kept: list[tuple[Cut, float]] = []

    @property
    def full(self) -> bool:
        """Whether they suffice for one round."""
        return len(self._kept) == MOST

    def near(self, cut: Cut) -> bool:
        """Whether a cut nearly says what one of these says."""
        dense = np.zeros(self._columns)
        dense[cut.columns] = cut.values / np.linalg.norm(cut.values)
        return any(float(dense[one.columns] @ one.values) > ALIKE * length for one, length in self._kept)

    def keep(self, cut: Cut) -> None:
        """Take a cut in."""
        self._kept.append((cut, float(np.linalg.norm(cut.values))))


def _part(share: float, value: float) -> float:
    return share * max(1.0, abs(value))


def with_cuts(program: Program, cuts: list[Cut]) -> Program:
    """The program with these rows at its end."""
    most = np.array([cut.most for cut in cuts])
    personal = np.array([cut.personal for cut in cuts])
    return program.with_rows([(cut.columns, cut.values) for cut in cuts], most, personal=personal)
