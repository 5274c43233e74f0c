"""A matching run as the engine does it, from the first draw to the teams, in one process whose memory is measured."""

from pathlib import Path

import msgspec

from bench.apart import Watch
from bench.matching.folders import keep, pairs_of
from bench.matching.trials import SEED, Found, answer_of
from bench.matching.waitlists import Waitlist, write
from matching.solver import solve


class WholeRun(msgspec.Struct, frozen=True):
    """A waitlist from the first draw to the teams in one process, and the folder for what came of it."""

    waitlist: Waitlist
    folder: str
    seconds: float
    answer: str


def whole_run(order: WholeRun) -> Found:
    """Draw, ask and solve in one process, as a matching run does."""
    watch, folder = Watch(), Path(order.folder)
    candidates = order.waitlist.candidates()
    answer = answer_of(solve(candidates.problem, seed=SEED, time_limit=order.seconds))
    spent = watch.spent()
    write(folder, candidates)
    keep(Path(order.answer), answer)
    return Found(answer.status, answer.bound, spent, pairs_of(candidates.problem))
