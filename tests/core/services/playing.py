"""Playing state machines of verbs, each time on a fresh database, SQLite's and PostgreSQL's."""

import asyncio
import itertools
import shutil
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from core.errors import Refused
from core.store.database import Database
from tests.databases import BOTH
from tests.emptying import EmptiedDatabase


@pytest.fixture(params=BOTH)
def fresh_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A stream of URLs, each of a fresh database."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        return (f"sqlite:///{shutil.copy(template, tmp_path / f'{n}.db')}" for n in itertools.count())
    request.getfixturevalue("key")
    databases: EmptiedDatabase = request.getfixturevalue("postgres_databases")
    return (databases.fresh() for _ in itertools.count())


class Played(RuleBasedStateMachine):
    """Random verbs on one database, which is opened by ``begin`` of a machine and looked at after each verb."""

    url: str = ""
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()

    def do(self, verb: Awaitable[Any]) -> Any:
        """Run a verb and look at the whole world after it. Being refused is a fine answer, anything else a bug."""

        async def run() -> Any:
            return await verb

        try:
            return self.runner.run(run())
        except Refused:
            return None
        finally:
            self.runner.run(self._check())

    async def _check(self) -> None:
        """Assert what must hold whatever was done; a machine says what that is."""

    def teardown(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()


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
