"""The file of a backup: everything in the database as lines of JSON, compressed, and sealed piece by piece.

The first line is readable: what this is, when it was made, for which schema, and with which of the clinic's keys it
opens. The key itself is never in it. What follows are pieces of at most 64 KiB, each sealed to its place in this
file, the last one marked, so that nothing can be changed, moved, left out or cut off unseen.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Final
from uuid import UUID

import msgspec

from core.crypto import Key, Keyring, Place, Tampered
from core.envelope import DataKey, unwrapped
from core.errors import BadInput

FORM: Final = 1
PIECE: Final = 65_536
LONGEST_HEADER: Final = 100_000
LENGTH: Final = struct.Struct(">I")


class Header(msgspec.Struct, frozen=True):
    """What a backup says of itself in clear. ``wrapped`` is the key of its pieces, sealed by the clinic's ``key``."""

    amparo: str
    form: int
    id: UUID
    made_at: datetime
    database: str
    migrations: tuple[str, ...]
    key: str
    wrapped: str


def header_of(
    by: Key, sealing: DataKey, *, key: UUID, made_at: datetime, database: str, schema: Iterable[str]
) -> Header:
    """The header of a backup that is made now."""
    wrapped = sealing.wrapped(by, _place_of_key(key))
    return Header("backup", FORM, key, made_at, database, tuple(schema), by.id, wrapped)


def _place_of_key(backup: UUID) -> Place:
    return Place("backup", "key", str(backup))


def _place(backup: UUID, number: int, *, last: bool) -> Place:
    return Place("backup", "piece", f"{backup}/{number}/{'last' if last else 'more'}")


class Writer:
    """Writes a backup to a file, line by line; nothing of it is ever in clear there."""

    def __init__(self, file: IO[bytes], header: Header, sealing: DataKey) -> None:
        self._file, self._backup, self._sealing = file, header.id, sealing
        self._packer, self._waiting, self._number = zlib.compressobj(6), bytearray(), 0
        file.write(msgspec.json.encode(header) + b"\n")

    def line(self, value: object) -> None:
        """Add one line of JSON."""
        self._waiting += self._packer.compress(msgspec.json.encode(value) + b"\n")
        while len(self._waiting) > PIECE:
            self._piece(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write the last piece; without it the file is no backup."""
        self._waiting += self._packer.flush()
        while len(self._waiting) > PIECE:
            self._piece(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        self._piece(bytes(self._waiting), last=True)

    def _piece(self, plain: bytes, *, last: bool) -> None:
        sealed = self._sealing.seal_bytes(plain, _place(self._backup, self._number, last=last))
        self._file.write(LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


def read_header(file: IO[bytes]) -> Header:
    """What a backup says of itself; BadInput where the file is none, or of a later form."""
    try:
        header = msgspec.json.decode(file.readline(LONGEST_HEADER), type=Header)
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise BadInput("This is not a backup of Amparo. Nothing was changed.") from None
    if header.amparo != "backup" or header.form != FORM:
        raise BadInput("This backup was made by a later Amparo. Install that version. Nothing was changed.")
    return header


def lines(file: IO[bytes], header: Header, keys: Keyring) -> Iterator[bytes]:
    """The lines of a backup whose header was read; Tampered where anything was changed or is missing."""
    sealing = unwrapped(header.wrapped, keys, _place_of_key(header.id))
    unpacker, rest = zlib.decompressobj(), b""
    for plain in _pieces(file, header.id, sealing):
        *whole, rest = (rest + unpacker.decompress(plain)).split(b"\n")
        yield from whole
    if rest or not unpacker.eof:
        raise _broken()


def _pieces(file: IO[bytes], backup: UUID, sealing: DataKey) -> Iterator[bytes]:
    number, following = 0, _sealed(file)
    while following is not None:
        sealed, following = following, _sealed(file)
        try:
            yield sealing.open_bytes(sealed, _place(backup, number, last=following is None))
        except Tampered:
            raise _broken() from None
        number += 1
    if not number:
        raise _broken()


def _sealed(file: IO[bytes]) -> bytes | None:
    """The next piece; None at the end of the file."""
    length = file.read(LENGTH.size)
    if not length:
        return None
    if len(length) < LENGTH.size or LENGTH.unpack(length)[0] > 2 * PIECE:
        raise _broken()
    wanted: int = LENGTH.unpack(length)[0]
    sealed = file.read(wanted)
    if len(sealed) < wanted:
        raise _broken()
    return sealed


def _broken() -> Tampered:
    return Tampered("This backup is damaged or not whole. Take another one. Nothing was changed.")
