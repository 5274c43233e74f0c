"""``amparo account``: first sign-ins and new passwords."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from argon2 import Type, extract_parameters
from click.testing import CliRunner, Result

from core.errors import NotAllowed
from core.services.accounts.signing_in import sign_in, whoami
from core.services.runs.proposing import utc_now
from core.settings import Settings
from core.store.database import open_database
from tests.rosters import members, synced
from tests.web.serving import ROOT
from web.cli import main

LONG = "a few words together"


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A fresh database that the command finds in the settings."""
    path = tmp_path / "amparo.db"
    path.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("AMPARO_DATABASE", f"sqlite:///{path}")
    return f"sqlite:///{path}"


def _account(*arguments: str, password: str = LONG) -> Result:
    return CliRunner().invoke(main, ["account", *arguments, "--password-stdin"], input=f"{password}\n")


def _signs_in(url: str, password: str) -> tuple[str, ...]:
    async def attempt() -> tuple[str, ...]:
        database = await open_database(url)
        try:
            token = await sign_in("Carmen@Example.org", password, now=utc_now())
            actor = await whoami(token, settings=Settings(), now=utc_now())
        finally:
            await database.close()
        assert actor is not None
        return actor.roles

    return asyncio.run(attempt())


def test_the_first_coordinator_of_an_installation_can_sign_in(url: str) -> None:
    made = _account("carmen@example.org", "--name", "Carmen", "--role", "coordinator")
    assert (made.exit_code, made.output) == (0, "Made an account for carmen@example.org.\n")
    assert _signs_in(url, LONG) == ("coordinator",)


def test_a_password_is_hashed_at_no_less_than_owasp_asks_for() -> None:
    """In a process of its own, since tests hash quickly. OWASP's Password Storage Cheat Sheet: 19 MiB, two rounds."""
    program = f"from core.services.accounts.signing_in import hash_password; print(hash_password({LONG!r}))"
    hashed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    cost = extract_parameters(hashed.strip())
    assert cost.type is Type.ID
    assert cost.memory_cost >= 19 * 1024
    assert cost.time_cost >= 2


def test_a_new_password_takes_the_place_of_the_old_one_and_roles_are_added(url: str) -> None:
    _account("carmen@example.org", "--name", "Carmen", "--role", "coordinator")
    changed = _account("carmen@example.org", "--role", "administrator", password="another few words")
    assert changed.output == "Set the password for carmen@example.org.\n"
    assert _signs_in(url, "another few words") == ("administrator", "coordinator")
    with pytest.raises(NotAllowed):
        _signs_in(url, LONG)


def test_a_short_password_is_refused_and_nothing_is_made(url: str) -> None:
    refused = _account("carmen@example.org", "--name", "Carmen", password="short")
    assert refused.exit_code == 2
    assert "at least 12 characters" in refused.output


def test_a_bars_own_staff_keeps_the_roster_that_is_named_and_nothing_else(url: str) -> None:
    asyncio.run(_with_roster(url))
    made = _account("carmen@example.org", "--name", "Carmen", "--roster", "our-bar")
    assert (made.exit_code, made.output) == (0, "Made an account for carmen@example.org.\n")
    assert _signs_in(url, LONG) == ("partner",)
    again = _account("carmen@example.org", "--roster", "our-bar")
    assert (again.exit_code, again.output) == (0, "Set the password for carmen@example.org.\n")


def test_a_roster_that_is_not_there_is_refused_and_no_account_is_made(url: str) -> None:
    refused = _account("carmen@example.org", "--name", "Carmen", "--roster", "no-bar")
    assert refused.exit_code == 1
    assert "no-bar" in refused.output
    with pytest.raises(NotAllowed):
        _signs_in(url, LONG)


async def _with_roster(url: str) -> None:
    database = await open_database(url)
    try:
        await synced(members(3))
    finally:
        await database.close()
