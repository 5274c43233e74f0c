"""What is confidential: sealed to its place, indexed blindly, and nothing without the key."""

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto import Key, KeyMissing, KeyPlace, Keyring, Place, Tampered, place_of_keys

HERE = Place("opposing_organisation", "name", "row-1")
SECRETS = st.binary(min_size=32, max_size=32)
KEYS = Keyring((Key(b"k" * 32), Key(b"o" * 32)))


@given(st.text(), SECRETS)
def test_what_was_sealed_opens_again_and_is_never_sealed_twice_alike(text: str, secret: bytes) -> None:
    ring = Keyring((Key(secret),))
    one, other = (ring.first.seal(text, HERE) for _ in range(2))

    assert ring.open(one, HERE) == ring.open(other, HERE) == text
    assert one != other


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("party", "name", "row-1"),
        Place("opposing_organisation", "note", "row-1"),
        Place("opposing_organisation", "name", "row-2"),
    ],
)
def test_a_value_that_was_moved_does_not_open(elsewhere: Place) -> None:
    with pytest.raises(Tampered, match="was changed or moved"):
        KEYS.open(KEYS.first.seal("Acme", HERE), elsewhere)


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_value_that_was_changed_does_not_open(at: int, by: int) -> None:
    form, key, text = KEYS.first.seal("Acme and a longer name of an organisation", HERE).split(".")
    raw = bytearray(base64.urlsafe_b64decode(text))
    raw[at] ^= by
    with pytest.raises(Tampered):
        KEYS.open(".".join((form, key, base64.urlsafe_b64encode(raw).decode())), HERE)


def test_an_old_key_still_opens_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    old = KEYS.keys[1]
    sealed = old.seal("Acme", HERE)

    assert KEYS.open(sealed, HERE) == "Acme"
    with pytest.raises(KeyMissing, match=f"sealed with the key {old.id}, and the key here is {KEYS.first.id}"):
        Keyring((KEYS.first,)).open(sealed, HERE)


@given(SECRETS, SECRETS, st.text(), st.text())
def test_an_index_is_the_same_for_the_same_and_differs_by_key_purpose_and_value(
    one: bytes, other: bytes, value: str, another: str
) -> None:
    index = Key(one).index("organisation", value)

    assert Key(one).index("organisation", value) == index
    assert (Key(other).index("organisation", value) == index) is (one == other)
    assert (Key(one).index("organisation", another) == index) is (value == another)
    assert Key(one).index("person", value) != index


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
