"""The problems that solvers are measured on: drawn, asked about and written to a folder, in a process of its own."""

from pathlib import Path
from typing import Final

import msgspec

from bench.apart import Spent, Watch
from bench.builtin import the_plugins
from bench.matching.folders import keep, pairs_of
from bench.rivals.graph import Graph
from bench.rivals.graphing import write_graph
from bench.worlds import World
from core.model.languages import language_group
from core.model.plans.snapshot import Snapshot
from matching.candidates import EVERY_PAIR, Candidates, Coded, Width, candidates_among

WIDTHS: Final = {
    "usual": Width(),
    "pruned": Width(whole=0),
    "every": EVERY_PAIR,
    "sparse": Width(attorneys=24, speakers=16, unaided=12, interpreters=12, mentors=32, in_full=0, whole=0),
}
"""``usual`` is the engine's own: beyond 1.5 million pairs the best of each case; ``pruned`` does so at every size.

``sparse`` is what a general solver can still be given: the graph of the prototypes whose figures the goals come from.
"""


class Waitlist(msgspec.Struct, frozen=True):
    """Which world, how large, and how many of its pairs are candidates (``WIDTHS``)."""

    seed: int
    cases: int
    attorneys: int
    interpreters: int
    hours: bool = False
    mentors: bool = True
    width: str = "usual"

    def snapshot(self) -> Snapshot:
        """Draw it."""
        world = World(self.seed)
        return world.snapshot(self.cases, self.attorneys, self.interpreters, hours=self.hours, mentors=self.mentors)

    def candidates(self) -> Candidates:
        """Draw it and ask about it."""
        return candidates_of(self.snapshot(), self.width)


class Preparing(msgspec.Struct, frozen=True):
    """A waitlist, the folder it goes to, and whether the attorney graph of all eligible pairs is wanted beside it."""

    waitlist: Waitlist
    folder: str
    graph: bool = False


class Prepared(msgspec.Struct, frozen=True):
    """What asking took, the world included; the pairs of each table; and the attorney graph, if it was wanted."""

    spent: Spent
    pairs: list[int]
    graph: Graph | None = None


def candidates_of(snapshot: Snapshot, width: str) -> Candidates:
    """The candidates under the built-in rules and scorers."""
    host = the_plugins()
    return candidates_among(Coded.of(snapshot), host.rules(), host.scorers(), width=WIDTHS[width])


def prepare(order: Preparing) -> Prepared:
    """Write the problem of a waitlist to its folder, with the language group of each case."""
    watch, host, folder = Watch(), the_plugins(), Path(order.folder)
    candidates = order.waitlist.candidates()
    spent = watch.spent()
    write(folder, candidates)
    coded = Coded.of(candidates.snapshot) if order.graph else None
    graph = write_graph(coded, host.rules(), host.scorers(), folder) if coded else None
    return Prepared(spent, pairs_of(candidates.problem), graph)


def write(folder: Path, candidates: Candidates) -> None:
    """Write the problem and the groups of its cases."""
    groups = [language_group(case.languages) for case in candidates.snapshot.cases]
    (folder / "groups").write_bytes(msgspec.json.encode(groups))
    keep(folder / "problem", candidates.problem)
