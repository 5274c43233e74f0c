"""Everything that is searched for candidates: the pools of each seat, and who speaks, needs a mentor, interprets."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.model.languages import DIRECT_ILR
from core.model.plans.columns import ROLES, Bools, CaseView, Floats, Ints, VolunteerColumns
from core.model.vocabulary import REPRESENTING, SeatRole, VolunteerRole
from matching.search.asking import Asked
from matching.search.interpreting import Directions
from matching.search.pool import Pool
from matching.search.pools import Pools
from matching.search.routes import Heard, Routes, Ways
from matching.search.signatures import Signatures

WAIVED: Final = frozenset({"capacity", "hours", "time"})
"""What is not asked of a settled seat: its place and time are already given to this very case."""
DEAREST_LEG: Final = -1.0
"""What an interpreter leg scores at most, however much the scorers like its holder."""


class Search:
    """The pools of all seats over all cases of a run. Made once, walked as often as needed.

    ``with_two`` are the cases that ask for two attorneys; where there are none, there are no pools of co-counsel.
    """

    def __init__(
        self,
        asked: Asked,
        views: Sequence[CaseView],
        directions: Directions,
        settled: dict[SeatRole, dict[int, Ints]],
    ) -> None:
        self.asked, self.views, self.directions, self.settled = asked, views, directions, settled
        self.volunteers: VolunteerColumns = asked.volunteers
        self.speaks: Bools = asked.volunteers.speaks >= DIRECT_ILR
        self.signatures = Signatures(views)
        waived = frozenset(number for number, rule in enumerate(asked.rules) if rule.blocks in WAIVED)
        self.with_two = np.flatnonzero(np.array([view.attorneys > 1 for view in views], dtype=np.bool_))
        roles = (role for role in SeatRole if role is not SeatRole.CO_COUNSEL or len(self.with_two))
        self.pools = {role: Pools(asked, views, self.signatures, role, settled[role], waived) for role in roles}
        self._student = student_only(asked.volunteers)
        self._words = _words(self.speaks)
        self._direct: dict[tuple[int, ...], Bools] = {}
        self._short: dict[tuple[int, int], Bools] = {}
        self._ways: dict[tuple[int, ...], Ways] = {}
        self._heard: dict[bytes, Heard] = {}
        self._rank = np.full(asked.volunteers.n, -1)
        self._serving: dict[tuple[int, ...], Bools] = {}
        self.pools[SeatRole.INTERPRETER].paired.relevant = self._serves

    def direct(self, view: CaseView) -> Bools:
        """Who speaks with the client without an interpreter: bool[n]."""
        if view.languages not in self._direct:
            self._direct[view.languages] = np.asarray(self.speaks[:, list(view.languages)].any(axis=1))
        return self._direct[view.languages]

    def short(self, view: CaseView) -> Bools:
        """Who needs a mentor for this case, one level below it or a law student: bool[n]."""
        key = (view.practice_area, view.skill_level)
        if key not in self._short:
            self._short[key] = self._student | (self.volunteers.level[:, view.practice_area] == view.skill_level - 1)
        return self._short[key]

    def heard(self, people: Ints) -> Heard:
        """What these people speak: a language of some, of every one of them."""
        words = self._words[people]
        key = np.concatenate((np.bitwise_or.reduce(words), np.bitwise_and.reduce(words))).tobytes()
        if key not in self._heard:
            some, every = np.frombuffer(key, dtype=np.uint8).reshape(2, -1)
            languages = self.speaks.shape[1]
            flags = (np.unpackbits(part, count=languages).astype(np.bool_) for part in (some, every))
            self._heard[key] = Heard(*flags)
        return self._heard[key]

    def routes(self, languages: tuple[int, ...], pool: Pool) -> Routes:
        """The legs of a pool of interpreters for clients of some languages."""
        self._rank[pool.people] = np.arange(len(pool.people))
        found = Routes(self._ways_for(languages), pool, self._rank)
        self._rank[pool.people] = -1
        return found

    def _ways_for(self, languages: tuple[int, ...]) -> Ways:
        if languages not in self._ways:
            self._ways[languages] = Ways(self.directions, languages, self.speaks.shape[1])
        return self._ways[languages]

    def _serves(self, view: CaseView) -> Bools:
        """Who interprets anything that could be of use to this client: bool[n]."""
        if view.languages not in self._serving:
            self._serving[view.languages] = serves = np.zeros(self.volunteers.n, dtype=np.bool_)
            serves[self._ways_for(view.languages).person] = True
        return self._serving[view.languages]

    def leg_score(self, case: int, score: Floats) -> Floats:
        """What legs score in a case, whose own points are among them."""
        own: float = self.pools[SeatRole.INTERPRETER].extra[case]
        return np.asarray(np.minimum(score + own, DEAREST_LEG))


def student_only(volunteers: VolunteerColumns) -> Bools:
    """Who could represent as a law student only, and so never without a supervisor: bool[n]."""
    others = [ROLES.index(role) for role in REPRESENTING if role is not VolunteerRole.LAW_STUDENT]
    student: Bools = volunteers.is_a(VolunteerRole.LAW_STUDENT) & ~volunteers.has_role[:, others].any(axis=1)
    return student


def _words(speaks: Bools) -> np.ndarray:
    """A row of flags as 64-bit words: uint64[n, words]."""
    packed = np.packbits(speaks, axis=1)
    padded = np.zeros((len(packed), -(-packed.shape[1] // 8) * 8), dtype=np.uint8)
    padded[:, : packed.shape[1]] = packed
    return padded.view(np.uint64)
