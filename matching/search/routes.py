"""The legs that lead from the languages of some cases to an attorney, kind by kind and best first.

A kind is a pair of languages, as a first leg or as a relay. Whether a kind can be of use depends on the attorneys
alone: a first leg must end in a language that one of them hears, or where a relay takes over; a relay is wanted only
onward from where somebody would not understand, to where somebody does.
"""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.search.interpreting import Directions
from matching.search.keeping import Width, best
from matching.search.pool import Pool


@dataclass(frozen=True, slots=True)
class Heard:
    """What the attorneys who need an interpreter in a case speak: bool[languages], ``some`` and ``every`` of them."""

    some: Bools
    every: Bools


class Ways:
    """All legs that could serve clients of some languages, whoever is allowed: rows of ``Directions`` by kind."""

    def __init__(self, directions: Directions, languages: tuple[int, ...], known: int) -> None:
        own = np.isin(np.arange(known), languages)
        away = ~own[directions.target]
        first = np.flatnonzero(own[directions.source] & away)
        hubs = np.zeros(known, dtype=np.bool_)
        hubs[directions.target[first]] = True
        onward = np.flatnonzero(hubs[directions.source] & away)
        self.row = np.concatenate((first, onward))
        self.person = directions.person[self.row]
        relay = np.repeat((0, 1), (len(first), len(onward)))
        self.kind = (relay * known + directions.source[self.row]) * known + directions.target[self.row]
        self.known = known


class Routes:
    """The legs of the people of one pool for clients of some languages.

    ``row`` (of ``Directions``), ``place`` (in the pool) and ``score`` have one entry a leg, ``begin``, ``end``,
    ``relay``, ``source`` and ``target`` one a kind: the legs of a kind lie together, best first.
    """

    def __init__(self, ways: Ways, pool: Pool, rank: Ints) -> None:
        """``rank`` int[n] is each volunteer's position in the pool, -1 for those who are not in it."""
        place = rank[ways.person]
        inside = np.flatnonzero(place >= 0)
        place, kind = place[inside], ways.kind[inside]
        order = np.argsort(kind * (len(pool.people) + 1) + place, kind="stable")
        self.row, self.place, ordered = ways.row[inside][order], place[order], kind[order]
        self.score = pool.score[self.place]
        begins = np.flatnonzero(np.diff(ordered, prepend=-1))
        kinds, known = ordered[begins], ways.known
        self.begin, self.end = begins, np.append(begins[1:], len(ordered)) if len(begins) else begins
        self.relay, self.source, self.target = kinds // known**2 == 1, kinds // known % known, kinds % known
        self._first = int(self.end[~self.relay].max(initial=0))
        self._known: dict[tuple[bytes, bytes], Ints] = {}

    def useful(self, heard: Heard) -> Ints:
        """The kinds that lead, alone or with another one, from the client to an attorney who needs them."""
        key = (heard.some.tobytes(), heard.every.tobytes())
        if key not in self._known:
            self._known[key] = self._useful(heard)
        return self._known[key]

    def count(self, kinds: Ints) -> int:
        """How many legs there are of these kinds."""
        return int((self.end[kinds] - self.begin[kinds]).sum())

    def legs(self, kinds: Ints) -> tuple[Ints, Floats, Bools]:
        """All legs of these kinds: rows of ``Directions``, scores, and which are relays."""
        return self._at([np.arange(self.begin[kind], self.end[kind]) for kind in kinds], kinds)

    def best_legs(self, kinds: Ints, heard: Heard, width: Width, turn: int) -> tuple[Ints, Floats, Bools]:
        """The best legs of these kinds.

        Where many interpret into what every attorney hears, other ways are left out; otherwise only relays that end
        elsewhere.
        """
        kinds = self._short_ways(kinds, heard, width.in_full)
        people = self.place[: self._first]
        many = len(people) > width.in_full and np.count_nonzero(np.bincount(people)) > width.in_full
        parts = []
        for kind in kinds.tolist():
            begin, end = int(self.begin[kind]), int(self.end[kind])
            cut = end - begin > width.in_full or (many and not self.relay[kind])
            chosen = best(self.score[begin:end], width.interpreters if cut else end - begin, turn)
            parts.append(begin + chosen)
        return self._at(parts, kinds)

    def _short_ways(self, kinds: Ints, heard: Heard, in_full: int) -> Ints:
        to_all = heard.every[self.target[kinds]]
        straight: Ints = kinds[to_all & ~self.relay[kinds]]
        if self.count(straight) > in_full:
            return straight
        aside: Bools = ~to_all & self.relay[kinds]
        return kinds[~aside] if (to_all & self.relay[kinds]).any() else kinds

    def _at(self, parts: list[Ints], kinds: Ints) -> tuple[Ints, Floats, Bools]:
        at = np.concatenate([np.empty(0, dtype=np.int64), *parts])
        return self.row[at], self.score[at], np.repeat(self.relay[kinds], [len(part) for part in parts])

    def _useful(self, heard: Heard) -> Ints:
        hubs = np.zeros(len(heard.some), dtype=np.bool_)
        hubs[self.target[~self.relay]] = True
        relays = self.relay & hubs[self.source] & ~heard.every[self.source] & heard.some[self.target]
        fed = np.zeros(len(heard.some), dtype=np.bool_)
        fed[self.source[relays]] = True
        return np.flatnonzero(relays | (~self.relay & (heard.some | fed)[self.target]))
