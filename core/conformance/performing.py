"""Making checks, one after another, and what each comes to."""

from collections.abc import Callable, Iterator
from typing import Any

from core.conformance.asking import Asker, failure
from core.conformance.contracts import checks_of
from core.conformance.outcome import Check, Finding, Hung, Outcome, State
from core.host.contracts import Nonsense, check_provider
from core.host.kinds import KIND_OF

Announce = Callable[[str, str], None]


def outcomes_of_provider(
    kind: str, provider: Any, *, seconds: float, live: bool, announce: Announce = lambda subject, check: None
) -> Iterator[Outcome]:
    """Check one provider. ``announce`` hears of each check before it begins, for whoever watches from outside."""
    word = kind.removesuffix("s").replace("_", " ")
    try:
        subject = f"{word} {check_provider(KIND_OF[kind], provider)}"
    except Nonsense as problem:
        yield Outcome(word, "is declared", State.WRONG, str(problem))
        return
    yield Outcome(subject, "is declared")
    yield from outcomes_of(subject, checks_of(kind, provider, Asker(seconds), live=live), announce)


def outcomes_of(subject: str, checks: Iterator[Check], announce: Announce) -> Iterator[Outcome]:
    """Make checks until a basic one fails or a call never comes back."""
    for check in checks:
        announce(subject, check.title)
        outcome, stop = _outcome_of(subject, check)
        yield outcome
        if stop:
            return


def _outcome_of(subject: str, check: Check) -> tuple[Outcome, bool]:
    try:
        check.run()
    except Finding as found:
        return _told(subject, check, found)
    except Exception as error:  # isolation boundary: what a plugin's objects do when they are merely looked at
        return _told(subject, check, failure(error))
    return Outcome(subject, check.title), False


def _told(subject: str, check: Check, found: Finding) -> tuple[Outcome, bool]:
    outcome = Outcome(subject, check.title, found.state, found.problem, found.remedy)
    return outcome, found.state is State.WRONG and (check.basic or isinstance(found, Hung))
