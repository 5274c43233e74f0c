"""``amparo run``: what it refuses to start with; that it serves is shown by every test through the running server."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from core.errors import SchemaIsOld
from core.settings import Settings
from web.app import create_app
from web.cli import main


def run(*arguments: str, database: str) -> tuple[int, str]:
    """The exit code and what was said."""
    done = CliRunner().invoke(main, ["run", *arguments], env={"AMPARO_DATABASE": database})
    return done.exit_code, done.output


def test_an_empty_database_is_refused_with_the_command_that_helps(tmp_path: Path) -> None:
    code, said = run(database=f"sqlite:///{tmp_path / 'new.db'}")

    assert code == 1
    assert "amparo migrate" in said


def test_several_processes_on_sqlite_are_refused(tmp_path: Path) -> None:
    code, said = run("--workers", "2", database=f"sqlite:///{tmp_path / 'new.db'}")

    assert code == 2
    assert "SQLite has one process" in said


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, said = run(database=f"sqlite:///{tmp_path / 'nowhere' / 'new.db'}")

    assert code == 1
    assert "nowhere" in said.replace("\n", "")


async def test_the_portal_itself_stops_at_an_old_schema(tmp_path: Path) -> None:
    app = create_app(Settings(database=f"sqlite:///{tmp_path / 'new.db'}"), works=False)

    with pytest.raises(BaseExceptionGroup) as stopped:
        async with app.lifespan():
            pass

    assert stopped.group_contains(SchemaIsOld)
