"""``amparo keys``, ``amparo backup`` and ``amparo restore`` as an administrator meets them."""

import asyncio
import stat
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from core.crypto import KeyMissing
from core.key_files import fresh_key, put_key_first, read_keys
from core.model.clients.client import ClientField
from core.model.people import SYSTEM
from core.services.cases import intake
from core.store.database import open_database
from tests.worlds import NOW, case
from web.cli import main


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with two clients, and its key beside it, which commands find in the settings."""
    path = tmp_path / "amparo.db"
    path.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("AMPARO_DATABASE", f"sqlite:///{path}")

    async def fill() -> None:
        database = await open_database(f"sqlite:///{path}")
        for number in range(2):
            await intake.receive_case(case(f"NM-{number}"), client={ClientField.NAME: "Esperanza"}, by=SYSTEM, now=NOW)
        await database.close()

    asyncio.run(fill())
    return f"sqlite:///{path}"


def amparo(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def ids(folder: Path) -> list[str]:
    return [key.id for key in read_keys((folder / "amparo.db.key").read_text(), "file").keys]


def test_the_list_tells_ids_and_what_needs_them_and_never_the_key(url: str, tmp_path: Path) -> None:
    (key,) = ids(tmp_path)
    listed = amparo("keys")
    assert key in listed.output
    assert "case_key.key (2)" in listed.output
    assert (tmp_path / "amparo.db.key").read_text().strip() not in listed.output

    read = msgspec.json.decode(amparo("keys", "list", "--json").output)
    assert [(one["id"], one["first"], one["uses"]["case_key.key"]) for one in read["keys"]] == [(key, True, 2)]


def test_the_status_says_how_the_keys_stand_and_what_to_do(url: str, tmp_path: Path) -> None:
    (old,) = ids(tmp_path)
    assert amparo("keys", "status").output == f"One key, {old}, and everything is made with it.\n"

    put_key_first(tmp_path / "amparo.db.key", fresh_key())
    assert "A rotation is under way." in amparo("keys", "status").output
    assert "The key" not in amparo("keys", "rotate").output
    (new,) = ids(tmp_path)
    assert new in amparo("keys", "status").output

    (tmp_path / "amparo.db.key").write_text(fresh_key())
    lost = amparo("keys", "status")
    assert (lost.exit_code, f"Missing: {new}. Put them back" in lost.output) == (1, True)


def test_a_rotation_tells_its_steps_and_what_is_to_be_done_by_hand(url: str, tmp_path: Path) -> None:
    (old,) = ids(tmp_path)
    done = amparo("keys", "rotate", "--keep", "--batch", "1")

    new = ids(tmp_path)[0]
    assert done.output.splitlines() == [
        "data keys of cases: 1 of 2",
        "data keys of cases: 2 of 2",
        "names that can be found: 1 of 2",
        "names that can be found: 2 of 2",
        f"Everything is made with the key {new}.",
        f"The key {old} is not needed by the database any more: take it out of {tmp_path / 'amparo.db.key'}.",
    ]


def test_a_made_key_is_one(url: str) -> None:
    made = [amparo("keys", "make").output for _ in range(2)]
    assert made[0] != made[1]
    assert all(len(read_keys(text, "output").keys) == 1 for text in made)


def test_a_backup_is_made_checked_and_restored(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "monday.amparo"
    made = amparo("backup", str(file))
    assert (made.exit_code, "2 cases" in made.output, "The key is not in it." in made.output) == (0, True, True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "is there already" in amparo("backup", str(file)).output

    checked = amparo("restore", "--check", str(file))
    assert (checked.exit_code, "is whole: made on" in checked.output) == (0, True)
    refused = amparo("restore", str(file))
    assert (refused.exit_code, "This database is not empty." in refused.output) == (1, True)

    monkeypatch.setenv("AMPARO_KEY_FILE", str(tmp_path / "amparo.db.key"))
    monkeypatch.setenv("AMPARO_DATABASE", f"sqlite:///{tmp_path / 'new.db'}")
    done = amparo("restore", str(file))
    assert (done.exit_code, "Restored: " in done.output, "2 cases" in done.output) == (0, True, True)
    assert amparo("keys", "status").exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*.amparo*")) == ["monday.amparo"]


@pytest.mark.parametrize("place", ["gone/monday.amparo", "gone.amparo"])
def test_a_file_that_is_not_there_or_cannot_be_written_is_told(url: str, tmp_path: Path, place: str) -> None:
    assert "cannot be read" in amparo("restore", str(tmp_path / place)).output
    if "/" in place:
        assert "could not be written" in amparo("backup", str(tmp_path / place)).output


def test_a_lost_key_is_asked_for_and_no_new_one_hides_that(url: str, tmp_path: Path) -> None:
    """What a new key sealed would be lost once the right one is copied back to its place."""
    file = tmp_path / "amparo.db.key"
    key = file.read_bytes()
    file.unlink()

    status = amparo("keys", "status")
    assert (status.exit_code, "Put it back from where its copy is" in " ".join(status.output.split())) == (1, True)
    with pytest.raises(KeyMissing, match="Put it back"):
        asyncio.run(received(url))
    assert not file.exists()

    file.write_bytes(key)
    asyncio.run(received(url))
    assert amparo("keys", "status").exit_code == 0


async def received(url: str) -> None:
    """Somebody asks for help while the portal serves."""
    database = await open_database(url)
    try:
        await intake.receive_case(case("NM-9"), client={ClientField.NAME: "Inés"}, by=SYSTEM, now=NOW)
    finally:
        await database.close()


def test_a_backup_of_the_middle_of_a_rotation_says_which_keys_it_needs(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, backup = tmp_path / "amparo.db.key", tmp_path / "tuesday.amparo"
    old = file.read_text().strip()
    put_key_first(file, fresh_key())
    asyncio.run(received(url))
    new = file.read_text().split()[0]
    file.write_text(f"{old}\n{new}\n")  # as if it was made just before the new key came
    made, other = amparo("backup", str(backup)).output, read_keys(new, "new").first.id
    assert f"needs {other} as well" in made
    assert f"needs {other} as well" in amparo("restore", "--check", str(backup)).output
    assert "Not at hand" not in amparo("restore", "--check", str(backup)).output

    file.write_text(f"{old}\n")
    monkeypatch.setenv("AMPARO_KEY_FILE", str(file))
    monkeypatch.setenv("AMPARO_DATABASE", f"sqlite:///{tmp_path / 'new.db'}")
    for arguments in (("restore", "--check"), ("restore",)):
        assert f"Not at hand: {other}." in amparo(*arguments, str(backup)).output
