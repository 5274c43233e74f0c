"""The types of file that are taken as documents, told by their first bytes and never by their name."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final


class FileType(StrEnum):
    """A type of file, by its usual ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    TIFF = "tif"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        """The media type that a download is sent with, as registered by IANA."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Final[Mapping[FileType, str]] = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.WEBP: "image/webp",
    FileType.HEIC: "image/heic",
    FileType.TIFF: "image/tiff",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
    FileType.RTF: "application/rtf",
    FileType.TEXT: "text/plain",
}

HEAD: Final = 4096
"""How many of a file's first bytes tell its type."""
_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_ODT: Final = b"mimetypeapplication/vnd.oasis.opendocument.text"
_MARKUP: Final = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"#!")
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f")
_LETTER: Final = 4
"""The most bytes of one letter in UTF-8."""


def type_of(head: bytes) -> FileType | None:
    """The type of a file by its first ``HEAD`` bytes, whatever its name says; None for what is not taken.

    Programs, archives, web pages, drawings with script, and old Word files, which can carry programs, are not.
    """
    return next((kind for kind, tells in _SIGNS.items() if tells(head[:HEAD])), None)


def _starts(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signs)


def _is_pdf(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\0\t\r\n ").startswith(b"%PDF-")


def _is_zip_of(head: bytes, sign: Callable[[bytes], bool]) -> bool:
    return head.startswith(b"PK\x03\x04") and sign(head)


def _is_docx(head: bytes) -> bool:
    return _is_zip_of(head, lambda it: b"word/" in it and b"vbaProject" not in it)


def _is_odt(head: bytes) -> bool:
    return _is_zip_of(head, lambda it: it[30 : 30 + len(_ODT)] == _ODT)


def _is_text(head: bytes) -> bool:
    """Readable text in UTF-8 that is no markup; its last letter may be cut."""
    told = head.removeprefix(b"\xef\xbb\xbf")
    if not told.strip() or told.lstrip().lower().startswith(_MARKUP) or _CONTROLS & set(told):
        return False
    try:
        told.decode()
    except UnicodeDecodeError as problem:
        return len(head) == HEAD and problem.reason == "unexpected end of data" and problem.start > HEAD - 2 * _LETTER
    return True


_SIGNS: Final[Mapping[FileType, Callable[[bytes], bool]]] = {
    FileType.PDF: _is_pdf,
    FileType.JPEG: _starts(b"\xff\xd8\xff"),
    FileType.PNG: _starts(b"\x89PNG\r\n\x1a\n"),
    FileType.WEBP: lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    FileType.HEIC: lambda head: head[4:8] == b"ftyp" and head[8:12] in _BRANDS,
    FileType.TIFF: _starts(b"II*\0", b"MM\0*"),
    FileType.DOCX: _is_docx,
    FileType.ODT: _is_odt,
    FileType.RTF: _starts(b"{\\rtf"),
    FileType.TEXT: _is_text,
}
