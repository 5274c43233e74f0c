"""``amparo volunteers`` at the command line: duplicates listed, two records merged, told apart, split."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.model.people import Volunteer
from core.settings import settings_from
from core.store import accounts
from tests import worlds
from web.cli import main
from web.cli.opening import current_database


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> tuple[Volunteer, Volunteer]:
    """Two records of Alma with one number, and with an account each that is used."""
    path = tmp_path / "amparo.db"
    path.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("AMPARO_DATABASE", f"sqlite:///{path}")

    async def made() -> tuple[Volunteer, Volunteer]:
        async with current_database(settings_from().database):
            first = await worlds.joined(worlds.attorney("Alma"))
            other = await worlds.joined(worlds.attorney("Alma", county="Luna"))
            for one in (first, other):
                assert one.account
                await accounts.open_session(one.account, now=worlds.NOW)
            return first, other

    return asyncio.run(made())


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["volunteers", *options])


def duplicates() -> list[tuple[str, str, str]]:
    listed = json.loads(run("--duplicates", "--json").stdout)
    return [(one["kept"], one["other"], one["likeness"]) for one in listed]


def test_a_pair_is_listed_merged_and_split_again(records: tuple[Volunteer, Volunteer]) -> None:
    kept, other = records
    pair = f"{kept.ref}={other.ref}"
    assert duplicates() == [(kept.ref, other.ref, "certain")]
    assert "One number at the bar of NM" in run("--duplicates").stdout

    shown = run("--merge", pair)
    assert (shown.exit_code, "Both accounts are used" in shown.stdout) == (0, True)
    assert "differs, where: Bernalillo, NM | Luna, NM" in shown.stdout
    assert len(duplicates()) == 1, "A preview changes nothing."
    refused = run("--merge", pair, "--apply")
    assert (refused.exit_code, "Say which one is kept" in refused.output) == (1, True)

    done = run("--merge", pair, "--apply", "--take", "where", "--account", kept.email)
    assert (done.exit_code, f"{other.ref} is part of {kept.ref}" in done.stdout) == (0, True)
    assert (duplicates(), "No two volunteers" in run("--duplicates").stdout) == ([], True)
    assert "stands for itself again." in run("--split", other.ref).stdout
    assert run("--split", other.ref).exit_code == 1


def test_two_persons_are_remembered(records: tuple[Volunteer, Volunteer]) -> None:
    kept, other = records
    assert "are two persons" in run("--apart", f"{other.ref}={kept.ref}").stdout
    assert duplicates() == []


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 2, "Give one of"),
        (("--duplicates", "--split", "V-1"), 2, "Give one of"),
        (("--merge", "V-1"), 2, "does not name two volunteers"),
        (("--merge", "V-1=V-2"), 1, "no volunteer V-1"),
        (("--apart", "V-1=V-2"), 1, "no volunteer V-1"),
        (("--split", "V-1"), 1, "no volunteer V-1"),
    ],
)
def test_what_cannot_be_understood_changes_nothing(
    records: tuple[Volunteer, Volunteer], options: tuple[str, ...], code: int, said: str
) -> None:
    refused = run(*options)
    assert (refused.exit_code, said in refused.output) == (code, True)
