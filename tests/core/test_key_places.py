"""Where the clinic's keys come from, and how the file that holds them changes."""

import base64
import stat
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from core.crypto import Key, KeyMissing, Keyring
from core.key_files import drop_keys, put_key_first, read_keys
from core.key_places import FRESH_SECONDS, KeyPlace, Remembered, place_of_keys, warm

KEYS = Keyring((Key(b"k" * 32), Key(b"o" * 32)))
ONE, OTHER = (base64.b64encode(letter * 32).decode() for letter in (b"k", b"o"))


def test_sqlite_makes_a_key_beside_the_database_that_only_its_owner_may_read(tmp_path: Path) -> None:
    place = place_of_keys(f"sqlite:///{tmp_path / 'amparo.db'}", environment={})
    file = tmp_path / "amparo.db.key"
    assert not file.exists()

    first = place.keyring().first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert place.keyring().first.id == first.id
    assert [path.name for path in tmp_path.iterdir()] == ["amparo.db.key"]


def test_a_key_from_the_environment_or_a_named_file_comes_first(tmp_path: Path) -> None:
    text, file = base64.b64encode(b"k" * 32).decode(), tmp_path / "key"
    file.write_text(f"# the key of the clinic\n{base64.b64encode(b'o' * 32).decode()}\n\n{text}\n")
    url = f"sqlite:///{tmp_path / 'amparo.db'}"

    assert place_of_keys(url, environment={"AMPARO_KEY": text}).keyring().first.id == KEYS.first.id
    assert [key.id for key in place_of_keys(url, str(file), {}).keyring().keys] == [KEYS.keys[1].id, KEYS.first.id]
    assert text not in repr(place_of_keys(url, environment={"AMPARO_KEY": text}))


def test_where_no_key_is_what_to_do_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match="name the file in AMPARO_KEY_FILE"):
        place_of_keys("postgresql://clinic/amparo", environment={}).keyring()
    with pytest.raises(KeyMissing, match="Put it back from where its copy is kept"):
        place_of_keys("postgresql://clinic/amparo", str(tmp_path / "gone"), {}).keyring()
    for text in ("", "short", base64.b64encode(b"k" * 31).decode(), "ñ", "k" * 44 + "!"):
        (tmp_path / "bad").write_text(text)
        with pytest.raises(KeyMissing):
            KeyPlace(file=tmp_path / "bad").keyring()
    assert not (tmp_path / "gone").exists()


def test_several_keys_in_the_environment_are_separated_by_spaces_or_lines() -> None:
    for text in (f"{ONE} {OTHER}", f"{ONE}\n{OTHER}"):
        ring = place_of_keys("", environment={"AMPARO_KEY": text}).keyring()
        assert [key.id for key in ring.keys] == [key.id for key in KEYS.keys]


def command_that(writes: str, status: int = 0) -> KeyPlace:
    """A place whose keys a command gives."""
    program = f"import sys; print({writes!r}); sys.exit({status})"
    return place_of_keys("", "file", {"AMPARO_KEY_COMMAND": f'{sys.executable} -c "{program}"'})


def test_a_command_gives_the_keys_and_comes_before_a_file() -> None:
    place = command_that(f"{ONE}\n{OTHER}")

    assert [key.id for key in place.keyring().keys] == [key.id for key in KEYS.keys]
    assert (place.told, place.writable) == ("AMPARO_KEY_COMMAND", None)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (command_that("no key"), "gives holds no key"),
        (command_that("secret words", status=3), "ended with status 3"),
        (KeyPlace(command="amparo-no-such-program"), "could not be used .FileNotFoundError"),
        (KeyPlace(command="'"), "could not be used .ValueError"),
    ],
)
def test_a_command_that_fails_says_what_to_do_and_never_what_it_wrote(place: KeyPlace, said: str) -> None:
    with pytest.raises(KeyMissing, match=said) as failure:
        place.keyring()
    assert "secret words" not in str(failure.value)


def test_a_command_that_fails_at_the_start_is_told_in_the_log_and_stops_nothing() -> None:
    with capture_logs() as logs:
        warm(command_that("no key"))
        warm(command_that(ONE))
        warm(KeyPlace())
    assert [entry["event"] for entry in logs] == ["no keys at the start"]


class Answers:
    """A source of keys that is asked again and again, and a clock."""

    def __init__(self, *rings: Keyring) -> None:
        self.rings, self.now = iter(rings), 0.0
        self.source = Remembered(lambda: next(self.rings), lambda: self.now)

    def ids(self) -> list[str]:
        return [key.id for key in self.source.keyring().keys]


def test_what_a_command_gave_is_remembered_and_asked_again_at_once_for_a_key_that_is_new() -> None:
    old, new = KEYS.keys
    answers = Answers(Keyring((old,)), Keyring((new, old)))

    before = answers.source.keyring()
    assert answers.ids() == [old.id]
    assert before.named(new.id) == new
    assert answers.ids() == [new.id, old.id]


def test_a_key_that_a_command_does_not_give_the_second_time_either_is_missing() -> None:
    ring = Keyring((KEYS.keys[0],))
    answers = Answers(ring, ring)
    with pytest.raises(KeyMissing, match="Put that key back"):
        answers.source.keyring().named("00000000")


def test_after_a_minute_a_command_is_asked_beside_the_work_and_may_fail() -> None:
    old, new = KEYS.keys
    told = iter([Keyring((old,)), None, Keyring((new, old))])

    def ask() -> Keyring:
        ring = next(told)
        if ring is None:
            raise KeyMissing("The command fails.")
        return ring

    now = 0.0
    source = Remembered(ask, lambda: now)
    for minutes, first in ((0, old), (1, old), (2, new)):
        now = minutes * (FRESH_SECONDS + 1)
        source.keyring()
        source.settle()
        assert source.keyring().first.id == first.id


def test_a_new_key_comes_first_and_only_old_ones_are_dropped(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"# the clinic's\n{OTHER}\n")
    file.chmod(0o640)

    put_key_first(file, ONE)
    assert ids_in(file) == [key.id for key in KEYS.keys]
    drop_keys(file, [KEYS.keys[0].id])
    assert ids_in(file) == [key.id for key in KEYS.keys]
    drop_keys(file, [KEYS.keys[1].id, "unknown"])
    assert file.read_text() == f"{ONE}\n# the clinic's\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_behind_a_link_is_changed_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "real").write_text(f"{OTHER}\n")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    put_key_first(tmp_path / "link", ONE)

    assert (tmp_path / "link").is_symlink()
    assert ids_in(tmp_path / "real") == [key.id for key in KEYS.keys]


def ids_in(file: Path) -> list[str]:
    return [key.id for key in read_keys(file.read_text(), "file").keys]
