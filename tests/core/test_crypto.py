"""What is confidential: sealed to its place, indexed blindly, and nothing without the key."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto import Key, KeyMissing, Keyring, Place, Tampered

HERE = Place("client_record", "name", "row-1")
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
        Place("client_record", "note", "row-1"),
        Place("client_record", "name", "row-2"),
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
