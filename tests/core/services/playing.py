"""Playing state machines of verbs, each time on a fresh database, SQLite's and PostgreSQL's."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import BOTH
from tests.postgres import PrivateCluster


@pytest.fixture(params=BOTH)
def fresh_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A stream of URLs, each of a fresh database."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        return (f"sqlite:///{shutil.copy(template, tmp_path / f'{n}.db')}" for n in itertools.count())
    cluster: PrivateCluster = request.getfixturevalue("postgres_cluster")
    template = request.getfixturevalue("postgres_template")
    return (cluster.create_database(template=template) for _ in itertools.count())


def play(machine: type[Any], urls: Iterator[str], *, examples: int, steps: int) -> None:
    """Play a machine through, each time on a fresh database."""

    class Fresh(machine):  # type: ignore[misc]  # -- the class is an argument
        def __init__(self) -> None:
            super().__init__()
            self.url = next(urls)

    run_state_machine_as_test(
        Fresh,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),  # the trace is short enough to read; shrinking takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
