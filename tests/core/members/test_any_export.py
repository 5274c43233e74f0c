"""Whatever a roster holds, the way in which it was exported changes nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.members.shapes import book, read, text

CELL = st.text(alphabet="Aabñé1 ,;|\t'\"-.&\n", max_size=12).map(lambda cell: f"x{cell}")
NAME = st.text(alphabet="AnaBñé '-", min_size=1, max_size=12).map(lambda name: f"B{name}")
ROWS = st.lists(
    st.tuples(st.integers(1, 9_999_999).map(str), NAME, CELL, st.sampled_from(("Active", "Retired", "Odd", ""))),
    min_size=1,
    max_size=6,
)
HEADER = ("Bar No", "Last Name", "Company Name", "Status")


@settings(max_examples=40, deadline=None)
@given(ROWS, st.sampled_from(",;\t|"), st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")))
def test_separator_encoding_and_format_change_nothing(
    rows: list[tuple[str, str, str, str]], separator: str, encoding: str
) -> None:
    table = [HEADER, *rows]
    with TemporaryDirectory() as folder:
        plain = read(Path(folder), text(table).encode())
        other = read(Path(folder), text(table, separator).encode(encoding))
        excel = read(Path(folder), book(table))

    assert other == plain
    assert [msgspec.structs.replace(entry, origin="") for entry in excel] == [
        msgspec.structs.replace(entry, origin="") for entry in plain
    ]
    assert [entry.number for entry in plain] == [row[0].zfill(7) for row in rows]
