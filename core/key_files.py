"""The file of the clinic's keys: a key a line in base64, the first for what is new; changed whole or not at all."""

import base64
import binascii
import os
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from core.crypto import HOW_TO_MAKE, SECRET_BYTES, Key, KeyMissing, Keyring

OWNER_ONLY: Final = 0o600


def fresh_key() -> str:
    """A new key as a file or the environment holds it: 32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


@lru_cache(maxsize=16)
def read_keys(text: str, source: str) -> Keyring:
    """The keys of a text, one a line; empty lines and those that begin with # say nothing. Raises KeyMissing."""
    try:
        found = [base64.b64decode(line, validate=True) for line in _lines(text)]
    except binascii.Error:
        found = []
    if not found or any(len(secret) != SECRET_BYTES for secret in found):
        raise KeyMissing(f"{source} holds no key: a key is {SECRET_BYTES} bytes in base64, as made by {HOW_TO_MAKE}.")
    return Keyring(tuple(map(Key, found)))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def make_key_file(file: Path) -> None:
    """Make a key that only its owner may read, unless another process was faster: whole, or not there."""
    draft = _draft(file, fresh_key() + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        return
    except OSError as problem:
        raise _unwritten(file, problem) from problem
    finally:
        draft.unlink(missing_ok=True)


def put_key_first(file: Path, key: str) -> None:
    """Put a key before those that a file holds, so that everything new is made with it. Raises KeyMissing."""
    _replace(file, [key, *file.read_text(encoding="ascii").splitlines()])


def drop_keys(file: Path, unwanted: Iterable[str]) -> None:
    """Take the keys with these ids out of a file, but never its first. Raises KeyMissing."""
    gone, kept, first = set(unwanted), list[str](), True
    for line in file.read_text(encoding="ascii").splitlines():
        holds_key = bool(_lines(line))
        if holds_key and not first and read_keys(line, str(file)).first.id in gone:
            continue
        first = first and not holds_key
        kept.append(line)
    _replace(file, kept)


def _replace(file: Path, lines: list[str]) -> None:
    """Write a file anew in one step, as whoever reads it while that happens or after a crash must find all keys."""
    place = file.resolve()
    draft = _draft(place, "\n".join(lines) + "\n")
    try:
        was = place.stat()
        draft.chmod(was.st_mode & 0o777)
        if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
            os.chown(draft, was.st_uid, was.st_gid)  # the portal may run as another user than this command
        draft.replace(place)
        _settle(place.parent)
    except OSError as problem:
        raise _unwritten(file, problem) from problem
    finally:
        draft.unlink(missing_ok=True)


def _draft(file: Path, text: str) -> Path:
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise _unwritten(file, problem) from problem
    return draft


def _settle(folder: Path) -> None:
    """See to it that a rename outlives a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _unwritten(file: Path, problem: OSError) -> KeyMissing:
    return KeyMissing(f"No key could be written to {file}: {problem.strerror}. Nothing was changed.")
