"""What a file is, by its first bytes: names and what senders say do not count."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.cases.documents import LONGEST_NAME, file_name
from core.model.cases.file_types import HEAD, FileType, type_of


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    """An archive with these entries."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"<x/>")
    return held.getvalue()


TAKEN = {
    FileType.PDF: (b"%PDF-1.4 ...", b"\xef\xbb\xbf\r\n%PDF-1.7"),
    FileType.JPEG: (b"\xff\xd8\xff\xe0\0\x10JFIF", b"\xff\xd8\xff\xe1..Exif"),
    FileType.PNG: (b"\x89PNG\r\n\x1a\n\0\0",),
    FileType.WEBP: (b"RIFF\x10\0\0\0WEBPVP8 ",),
    FileType.HEIC: (b"\0\0\0\x18ftypheic\0\0", b"\0\0\0\x24ftypmif1"),
    FileType.TIFF: (b"II*\0\x08", b"MM\0*\0"),
    FileType.DOCX: (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"),),
    FileType.ODT: (zipped("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text")),),
    FileType.RTF: (b"{\\rtf1\\ansi",),
    FileType.TEXT: (b"Querida abogada,\r\n\tgracias.", "Ñuñoa".encode(), b"\xef\xbb\xbfhello"),
}
REFUSED = (
    b"",
    b" \n ",
    b"MZ\x90\0\x03",
    b"\x7fELF\x02",
    b"#!/bin/sh\nrm",
    b"<!DOCTYPE html><html>",
    b"  <svg onload=alert(1)>",
    b"<?xml version='1.0'?>",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file",
    b"GIF89a\x01\0\x01\0",
    zipped("evil.exe"),
    zipped("xl/workbook.xml"),
    zipped("word/vbaProject.bin", "word/document.xml"),
    "Ñuñoa".encode("utf-16"),
    b"text with a \x00 in it",
    b"not utf-8: \xff\xfe\xfa",
)


HEADS = [(kind, head) for kind, heads in TAKEN.items() for head in heads]


@pytest.mark.parametrize(("kind", "head"), HEADS, ids=[kind for kind, _ in HEADS])
def test_the_types_that_are_taken_are_told(kind: FileType, head: bytes) -> None:
    assert type_of(head) is kind
    assert "/" in kind.media_type


@pytest.mark.parametrize("head", REFUSED, ids=range(len(REFUSED)))
def test_programs_archives_and_web_pages_are_not_taken(head: bytes) -> None:
    assert type_of(head) is None


@given(st.text(alphabet="añ文🙂 ", min_size=1, max_size=40))
def test_a_text_is_a_text_wherever_its_head_is_cut(text: str) -> None:
    assert type_of(("x" + text * HEAD).encode()[:HEAD]) is FileType.TEXT


@given(st.binary(max_size=600))
def test_any_bytes_are_told_or_refused(head: bytes) -> None:
    assert type_of(head) in {None, *FileType}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\ana\\Pasaporte.pdf", "Pasaporte.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b;c\r\nX-Evil: 1.pdf', "ab;cX-Evil 1.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("  ", "document"),
        ("...", "document"),
    ],
)
def test_a_file_name_keeps_no_folder_and_nothing_hidden(sent: str, kept: str) -> None:
    assert file_name(sent) == kept


@given(st.text(max_size=300))
def test_a_file_name_is_short_printable_and_never_empty(sent: str) -> None:
    name = file_name(sent)
    assert 0 < len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert not set(name) & set('/\\"<>')
