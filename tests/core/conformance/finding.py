"""What was found about one provider."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from core.conformance import State, outcomes_of_provider
from tests.plugins_for_tests.hanging import RELEASE

LIMIT = 1.0


def found(kind: str, provider: Any, state: State = State.WRONG) -> dict[str, str]:
    """The problems of one provider by the check that found them, each with its remedy."""
    outcomes = outcomes_of_provider(kind, provider, seconds=LIMIT, live=True)
    return {one.check: f"{one.problem} {one.remedy}" for one in outcomes if one.state is state}


@contextmanager
def letting_go() -> Iterator[None]:
    """Let what hangs go on afterwards."""
    RELEASE.clear()
    try:
        yield
    finally:
        RELEASE.set()
