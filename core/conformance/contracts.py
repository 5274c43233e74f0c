"""Which checks a provider of each kind must pass."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from core.conformance.asking import Asker
from core.conformance.data import Counted, Questioned
from core.conformance.judging import Judge
from core.conformance.outcome import Check
from core.conformance.pages import Leading, Reporting, Showing
from core.conformance.planning import Planning
from core.conformance.reaching import Reaching, Watching
from core.conformance.rosters import Reading

Checks = Callable[[Any, Asker, bool], Iterator[Check]]

CHECKS: Final[dict[str, Checks]] = {
    "rules": lambda provider, asker, live: Judge("rules", provider, asker).checks(),
    "scorers": lambda provider, asker, live: Judge("scorers", provider, asker).checks(),
    "matchers": lambda provider, asker, live: Planning(provider, asker).checks(),
    "channels": lambda provider, asker, live: Reaching(provider, asker, live).checks(),
    "observers": lambda provider, asker, live: Watching(provider, asker, live).checks(),
    "rosters": lambda provider, asker, live: Reading(provider, asker).checks(),
    "reports": lambda provider, asker, live: Reporting(provider, asker).checks(),
    "navigation": lambda provider, asker, live: Leading(provider).checks(),
    "panels": lambda provider, asker, live: Showing(provider, asker).checks(),
    "deadlines": lambda provider, asker, live: Counted(provider).checks(),
    "intake_fields": lambda provider, asker, live: Questioned(provider).checks(),
}


def checks_of(kind: str, provider: Any, asker: Asker, *, live: bool) -> Iterator[Check]:
    """The checks of one provider. ``live``: call what has effects outside, too."""
    return CHECKS[kind](provider, asker, live)
