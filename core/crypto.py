"""What is confidential in the database: sealed where it must be read again, a blind index where it is only compared.

Sealed is AES-256-GCM with a random nonce of 96 bits (NIST SP 800-38D); the place (table, column, row) is associated
data, so that a value that is moved elsewhere does not open. A blind index is HMAC-SHA256 over the normalised value.
Both keys are derived from one secret by HKDF (RFC 5869). Each value names the key that it was made with.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import AmparoError

SECRET_BYTES: Final = 32
NONCE_BYTES: Final = 12
TOKEN_BYTES: Final = 8
FORM: Final = "1"
"""The form of sealed values: a later one gets another number."""
_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
HOW_TO_MAKE: Final = 'python3 -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())"'


class KeyMissing(AmparoError):
    """There is no key, or not the one that something was sealed with. Nothing was changed."""


class Tampered(AmparoError):
    """A sealed value is not what was written, or not where it was written."""


class Place(msgspec.Struct, frozen=True):
    """Where a value is kept."""

    table: str
    column: str
    row: str

    def told(self) -> bytes:
        """The place as associated data; no part can run into the next."""
        return "\0".join((self.table, self.column, self.row)).encode()


class Key:
    """One secret, and the keys derived from it."""

    __slots__ = ("_index", "_seal", "id")

    def __init__(self, secret: bytes) -> None:
        self.id = hashlib.sha256(b"amparo key id" + secret).hexdigest()[:8]
        self._seal, self._index = AESGCM(_derived(secret, b"amparo seal")), _derived(secret, b"amparo index")

    def __repr__(self) -> str:
        return f"Key({self.id})"

    def seal(self, text: str, place: Place) -> str:
        """The text as nobody without the key can read or change it."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self._seal.encrypt(nonce, text.encode(), place.told())
        return ".".join((FORM, self.id, base64.urlsafe_b64encode(sealed).decode()))

    def unseal(self, sealed: bytes, place: Place) -> str:
        """The text again; raises InvalidTag."""
        return self._seal.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.told()).decode()

    def index(self, purpose: str, value: str) -> str:
        """What stands for a value of one purpose, in hex: the same for the same value, and nobody can tell which."""
        return hmac.new(self._index, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()

    def tokens(self, purpose: str, values: Iterable[str]) -> list[int]:
        """What stands for many values of one purpose, each in 64 bits with a sign: short, for an index of millions."""
        begin, secret = f"{purpose}\0".encode(), self._index
        return [
            int.from_bytes(hmac.digest(secret, begin + value.encode(), "sha256")[:TOKEN_BYTES], "big", signed=True)
            for value in values
        ]


def unfolded(text: str) -> bytes:
    """The bytes that were written in URL-safe base64; raises ValueError.

    What ``base64.urlsafe_b64decode`` does in several calls: a search opens a thousand values.
    """
    return binascii.a2b_base64(text.encode("ascii").translate(_STANDARD))


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=None, info=purpose).derive(secret)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys there are: the first one is used for what is new, all of them for what is there.

    ``again`` asks where the keys come from once more, for one that was added since.
    """

    keys: tuple[Key, ...]
    again: "Callable[[], Keyring] | None" = field(default=None, compare=False, repr=False)

    @property
    def first(self) -> Key:
        """The key for what is new."""
        return self.keys[0]

    def named(self, key: str) -> Key:
        """The key of this id; KeyMissing says what to do where it is not there."""
        for one in self.keys:
            if one.id == key:
                return one
        if self.again is not None:
            return self.again().named(key)
        there = ", ".join(one.id for one in self.keys)
        raise KeyMissing(
            f"Something in the database was sealed with the key {key}, and the key here is {there}. Put that key back, "
            "in AMPARO_KEY_FILE or beside the database, on a line of its own below what is there. Nothing was changed."
        )

    def open(self, sealed: str, place: Place) -> str:
        """Read a sealed value again; Tampered where it was changed or moved."""
        form, key, text = (*sealed.split("."), "", "", "")[:3]
        if form != FORM:
            raise Tampered("A sealed value in the database has a form that this version does not know.")
        try:
            return self.named(key).unseal(unfolded(text), place)
        except (InvalidTag, ValueError, binascii.Error) as problem:
            raise Tampered(
                f"A sealed value in {place.table} was changed or moved. Restore it from a backup; it cannot be read."
            ) from problem
