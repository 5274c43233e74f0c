"""The pairs of all cases, seat by seat: attorneys first, then the interpreters and mentors whom some of them need."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from core.model.plans.columns import Bools, Ints
from core.model.vocabulary import SeatRole
from matching.pairs import ATTORNEY, CO_COUNSEL, KINDS, LEG, MENTOR
from matching.problem import AttorneyPairs, CoCounselPairs, Legs, MentorPairs
from matching.search.keeping import Width, best, best_of
from matching.search.pool import Pool
from matching.search.routes import Heard
from matching.search.rows import Rows
from matching.search.searching import Search


@dataclass(slots=True)
class Counts:
    """How many pairs the rules allow, and how many of them are kept, by table."""

    allowed: list[int] = field(default_factory=lambda: [0] * len(KINDS))
    kept: list[int] = field(default_factory=lambda: [0] * len(KINDS))

    def add(self, table: int, allowed: int, kept: int) -> None:
        """Count the pairs of one case."""
        self.allowed[table] += allowed
        self.kept[table] += kept

    @property
    def eligible(self) -> int:
        """How many pairs the rules allow."""
        return sum(self.allowed)

    @property
    def left_out(self) -> int:
        """How many of them are not kept."""
        return self.eligible - sum(self.kept)

    def by_table(self) -> tuple[tuple[str, int], ...]:
        """How many pairs were left out, by table."""
        counts = zip(KINDS, self.allowed, self.kept, strict=True)
        return tuple((f"with {role.plural}", one - other) for role, one, other in counts)


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a problem, in order of cases and then of people, and how many pairs they leave out."""

    attorneys: AttorneyPairs
    legs: Legs
    mentors: MentorPairs
    co_counsel: CoCounselPairs
    counts: Counts


class _TooManyPairs(Exception):
    """There are more pairs than are kept in full."""


@dataclass(frozen=True, slots=True)
class _Lawyers:
    """What the people of a pool are to some cases alike."""

    direct: Bools
    short: Bools
    heard: Heard | None


class Finder:
    """Finds the pairs of a search: all of them, or where that is too many, the best."""

    def __init__(self, search: Search, width: Width, report: Callable[[int, int], None]) -> None:
        self._search, self._width, self._report = search, width, report
        self._whole = True

    def found(self) -> Found:
        """The tables."""
        try:
            return self._tables()
        except _TooManyPairs:
            self._whole = False
            return self._tables()

    def _tables(self) -> Found:
        cases = len(self._search.views)
        self._counts, self._done = Counts(), 0
        self._heard: dict[int, Heard] = {}
        self._guided: dict[int, bool] = {}
        attorneys = AttorneyPairs(*self._attorneys(np.arange(cases)))
        legs = Legs(*self._legs(np.array(sorted(self._heard), dtype=np.int64)))
        mentors = MentorPairs(*self._mentors(np.array(sorted(self._guided), dtype=np.int64)))
        co_counsel = CoCounselPairs(*self._seconds(self._search.with_two))
        self._report(cases, cases)
        return Found(attorneys, legs, mentors, co_counsel, self._counts)

    def _attorneys(self, cases: Ints) -> tuple[np.ndarray, ...]:
        search, rows = self._search, Rows(len(self._search.views), np.int32, np.float64, np.bool_, np.bool_)
        pools = search.pools[SeatRole.ATTORNEY]
        for pool in pools.of(cases):
            known: dict[tuple[object, ...], _Lawyers] = {}
            for case in pool.cases.tolist():
                view = search.views[case]
                alike = (view.languages, view.practice_area, view.skill_level)
                lawyers = known.get(alike) or known.setdefault(alike, self._lawyers(pool, case))
                kept = self._kept(pool, lawyers, case)
                self._count(ATTORNEY, len(pool.people), len(kept))
                rows.put(
                    case,
                    pool.people[kept],
                    pool.score[kept] + pools.extra[case],
                    lawyers.direct[kept],
                    lawyers.short[kept],
                )
                if lawyers.heard:
                    self._heard[case] = lawyers.heard
                if lawyers.short.any():
                    self._guided[case] = bool(lawyers.short[kept].any())
            self._tell(len(pool.cases))
        return rows.columns()

    def _lawyers(self, pool: Pool, case: int) -> _Lawyers:
        view = self._search.views[case]
        direct = self._search.direct(view)[pool.people]
        others = pool.people[~direct]
        heard = self._search.heard(others) if len(others) else None
        return _Lawyers(direct, self._search.short(view)[pool.people], heard)

    def _kept(self, pool: Pool, lawyers: _Lawyers, case: int) -> Ints:
        """Positions in the pool, in order of people."""
        width, marked = self._width, np.zeros(len(pool.people), dtype=np.bool_)
        if self._whole or len(marked) <= width.attorneys:
            marked[:] = True
        else:
            marked[best(pool.score, width.attorneys, case)] = True
            marked[best_of(lawyers.direct, pool.score, width.speakers, case)] = True
            marked[best_of(~lawyers.short, pool.score, width.unaided, case)] = True
        kept = np.flatnonzero(marked)
        return kept[np.argsort(pool.people[kept])]

    def _legs(self, cases: Ints) -> tuple[np.ndarray, ...]:
        search, ways = self._search, self._search.directions
        rows = Rows(len(search.views), np.int32, np.int32, np.int32, np.bool_, np.float64)
        for pool in search.pools[SeatRole.INTERPRETER].of(cases):
            known = {search.views[case].languages: None for case in pool.cases.tolist()}
            routes = {languages: search.routes(languages, pool) for languages in known}
            for case in pool.cases.tolist():
                mine, heard = routes[search.views[case].languages], self._heard[case]
                kinds = mine.useful(heard)
                leg, score, relay = mine.legs(kinds) if self._whole else mine.best_legs(kinds, heard, self._width, case)
                self._count(LEG, mine.count(kinds), len(leg))
                score = search.leg_score(case, score)
                rows.put(case, ways.person[leg], ways.source[leg], ways.target[leg], relay, score)
            self._tell(len(pool.cases))
        return rows.columns()

    def _mentors(self, cases: Ints) -> tuple[np.ndarray, ...]:
        rows = Rows(len(self._search.views), np.int32, np.float64)
        pools = self._search.pools[SeatRole.MENTOR]
        for pool in pools.of(cases):
            for case in pool.cases.tolist():
                kept = best(pool.score, self._mentored(case, len(pool.people)), case)
                kept = kept[np.argsort(pool.people[kept])]
                self._count(MENTOR, len(pool.people), len(kept))
                rows.put(case, pool.people[kept], pool.score[kept] + pools.extra[case])
            self._tell(len(pool.cases))
        return rows.columns()

    def _seconds(self, cases: Ints) -> tuple[np.ndarray, ...]:
        """Co-counsel for the cases that ask for two attorneys, as many as attorneys."""
        rows = Rows(len(self._search.views), np.int32, np.float64)
        if not len(cases):
            return rows.columns()
        pools = self._search.pools[SeatRole.CO_COUNSEL]
        for pool in pools.of(cases):
            for case in pool.cases.tolist():
                kept = best(pool.score, len(pool.people) if self._whole else self._width.attorneys, case)
                kept = kept[np.argsort(pool.people[kept])]
                self._count(CO_COUNSEL, len(pool.people), len(kept))
                rows.put(case, pool.people[kept], pool.score[kept] + pools.extra[case])
        return rows.columns()

    def _mentored(self, case: int, everybody: int) -> int:
        """How many mentors a case keeps: none where no attorney who is kept needs one."""
        if not self._guided[case]:
            return 0
        return everybody if self._whole else self._width.mentors

    def _count(self, table: int, allowed: int, kept: int) -> None:
        self._counts.add(table, allowed, kept)
        if self._whole and self._counts.eligible > self._width.whole:
            raise _TooManyPairs

    def _tell(self, cases: int) -> None:
        """The attorneys of every case are looked for, and the interpreters and mentors of most: three rounds in all."""
        self._done += cases
        of = len(self._search.views)
        self._report(min(-(-self._done // 3), of), of)
