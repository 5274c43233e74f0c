"""Ask the built-in rules and scorers about one case, as the matcher does."""

from functools import cache

from core.host import PluginHost
from core.model.plans.columns import CodeBook, case_view, volunteer_columns
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.vocabulary import SeatRole
from core.ruling import is_about
from core.settings import Settings
from plugins import BUILTIN
from tests.plugins_for_tests.facts import TODAY


@cache
def builtin() -> PluginHost:
    """The built-in plugins and no others."""
    return PluginHost.load(BUILTIN, settings=Settings(), entry_points=False)


def codes(case: CaseFacts, person: VolunteerFacts, role: SeatRole = SeatRole.ATTORNEY) -> set[str]:
    """The codes of all rules that keep one volunteer from one seat; empty: she may."""
    snapshot = Snapshot(TODAY, (case,), (person,))
    book = CodeBook.of(snapshot)
    view, columns = case_view(case, book, TODAY), volunteer_columns(snapshot, book)
    rules = [rule for rule in builtin().rules() if is_about(rule, role)]
    return {rule.blocks for rule in rules if not rule.allows(view, columns)[0]}


def points(case: CaseFacts, person: VolunteerFacts, role: SeatRole = SeatRole.ATTORNEY) -> dict[str, float]:
    """The points of each scorer for one volunteer in one seat."""
    snapshot = Snapshot(TODAY, (case,), (person,))
    book = CodeBook.of(snapshot)
    view, columns = case_view(case, book, TODAY), volunteer_columns(snapshot, book)
    scorers = [scorer for scorer in builtin().scorers() if is_about(scorer, role)]
    return {scorer.name: float(scorer.points(view, columns)[0]) for scorer in scorers}
