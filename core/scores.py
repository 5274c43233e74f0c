"""How good somebody is for a seat of one case: the same scorers as in a matching run, asked about one case.

A scorer that raises, hangs or answers nonsense is left out: a preference fails open.
"""

from collections.abc import Sequence
from datetime import date

from core.errors import PluginError
from core.host import PluginHost
from core.model.plans.columns import CodeBook, Floats, case_view, volunteer_columns
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.vocabulary import SeatRole
from core.ruling import declared, is_about

Scores = dict[str, float]
"""Points by the name of the scorer; scorers that give none are left out."""


def ask_scorers(
    host: PluginHost, case: CaseFacts, volunteers: Sequence[VolunteerFacts], role: SeatRole, *, today: date
) -> tuple[Scores, ...]:
    """Ask every scorer for this role about one case: the points of each volunteer, in the order given.

    Waits for each scorer up to ``settings.plugin_seconds``.
    """
    snapshot = Snapshot(today=today, cases=(case,), volunteers=tuple(volunteers))
    book = CodeBook.of(snapshot)
    view, columns = case_view(case, book, today), volunteer_columns(snapshot, book)
    given: dict[str, Floats] = {}
    for scorer in host.scorers():
        if is_about(scorer, role):
            try:
                given[scorer.name] = host.call(scorer, scorer.points, declared(view, scorer.reads), columns)
            except PluginError:
                continue
    return tuple(
        {name: round(float(points[row]), 3) for name, points in given.items() if points[row]}
        for row in range(len(snapshot.volunteers))
    )
