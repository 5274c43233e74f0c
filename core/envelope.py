"""Envelope encryption: one random data key a case, which seals everything about its client.

AES-256-GCM with random nonces of 96 bits (NIST SP 800-38D) and the place as associated data. The data key is itself
sealed by the clinic's key, so changing the clinic's key touches no data, and destroying the data key destroys all of
the client's data with it (NIST SP 800-88, cryptographic erase).
"""

import base64
import binascii
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.crypto import NONCE_BYTES, SECRET_BYTES, Key, Keyring, Place, Tampered, unfolded
from core.errors import AmparoError

FORM: Final = "e1"
"""The form of values that a data key has sealed: a later one gets another name."""


class Erased(AmparoError):
    """What is asked for was erased for good at the client's wish or after its time, and nobody can read it again."""


class DataKey:
    """The key of one case. Only ``core.store.sealed.case_keys`` makes one."""

    __slots__ = ("_cipher", "_secret")

    def __init__(self, secret: bytes) -> None:
        self._secret, self._cipher = secret, AESGCM(secret)

    @classmethod
    def fresh(cls) -> "DataKey":
        """A new random key."""
        return cls(os.urandom(SECRET_BYTES))

    def __repr__(self) -> str:
        return "DataKey()"

    def seal(self, text: str, place: Place) -> str:
        """The text as nobody without the key can read, change or move it."""
        return f"{FORM}.{base64.urlsafe_b64encode(self.seal_bytes(text.encode(), place)).decode()}"

    def open(self, sealed: str, place: Place) -> str:
        """The text again; Tampered where it was changed or moved."""
        form, _, text = sealed.partition(".")
        if form != FORM:
            raise Tampered(f"A sealed value in {place.table} has a form that this version does not know.")
        try:
            return self.open_bytes(unfolded(text), place).decode()
        except (ValueError, binascii.Error) as problem:
            raise _tampered(place) from problem

    def seal_bytes(self, plain: bytes, place: Place) -> bytes:
        """The same for bytes, such as a piece of a document: the nonce, then what is sealed."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, place.told())

    def open_bytes(self, sealed: bytes, place: Place) -> bytes:
        """The bytes again; Tampered where they were changed or moved."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.told())
        except (InvalidTag, ValueError) as problem:
            raise _tampered(place) from problem

    def wrapped(self, by: Key, place: Place) -> str:
        """This key, sealed by the clinic's."""
        return by.seal(base64.b64encode(self._secret).decode(), place)


def unwrapped(sealed: str, keys: Keyring, place: Place) -> DataKey:
    """The data key that the clinic's key has sealed; KeyMissing or Tampered where it cannot be opened."""
    return DataKey(binascii.a2b_base64(keys.open(sealed, place)))


def _tampered(place: Place) -> Tampered:
    return Tampered(f"A sealed value in {place.table} was changed or moved. Restore it from a backup.")
