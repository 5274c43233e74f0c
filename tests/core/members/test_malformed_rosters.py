"""Rosters that cannot be used: each is refused as a whole, with file, row, column, value and what to do."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from core.members import ColumnMapping, RosterUnfit, members_of_file
from core.spreadsheets import Unreadable
from tests.core.members.shapes import ANA, BEN, book, damaged, plain, read, table, text

Made = Callable[[], bytes]
ROWS = table(ANA, BEN)
NUMBER = "Registration Number"


def numbered(*numbers: object) -> bytes:
    return plain(*(ANA | {NUMBER: number} for number in numbers))


def archive(name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, b"<x/>")
    return out.getvalue()


def with_line(line: str) -> bytes:
    return plain(ANA, BEN) + line.encode() + plain(BEN).partition(b"\r\n")[2]


NO_ROSTER: dict[str, tuple[Made, tuple[str, ...]]] = {
    "nothing": (lambda: b"", ("is empty", "no header and no rows")),
    "blank lines": (lambda: b"\r\n \r\n", ("is empty",)),
    "only a mark": (lambda: b"\xef\xbb\xbf", ("is empty",)),
    "only separators": (lambda: b",,,,\r\n,,,,\r\n", ("is empty",)),
    "a header alone": (lambda: text(ROWS[:1]).encode(), ("has a header and no rows below it",)),
    "an empty workbook": (lambda: book([]), ("is empty", "has no cells")),
    "a workbook with a header alone": (lambda: book(ROWS[:1]), ("has a header and no rows below it",)),
    "half of the last row": (lambda: plain(ANA, BEN)[:-90], ("breaks off in the middle of row 3", "Export it again")),
    "half of a quoted cell": (lambda: plain(ANA, ANA | {"City": "a\nb"}).rpartition(b"\nb")[0], ("row 3", "quotation")),
    "half a letter": (lambda: plain(ANA)[: plain(ANA).index("ñ".encode()) + 1], ("middle of a letter",)),
    "half of UTF-16": (lambda: text(ROWS, "\t").encode("utf-16")[:-1], ("begins as UTF-16 and breaks off",)),
    "half a workbook": (lambda: book(ROWS)[:-400], ("a broken or cut-off Excel file",)),
    "a workbook whose sheet breaks off": (
        lambda: damaged(book(ROWS), "xl/worksheets/sheet1.xml", b"</row></sheetData>", b"</ro"),
        ("damaged Excel workbook", "save it again"),
    ),
    "an older workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), ("older kind (.xls)", "CSV or as an Excel")),
    "an OpenDocument file": (lambda: archive("content.xml"), ("an OpenDocument file",)),
    "a ZIP archive": (lambda: archive("roster.csv"), ("a compressed file (ZIP)",)),
    "a gzip archive": (lambda: b"\x1f\x8b\x08" + bytes(80), ("a compressed file (gzip)",)),
    "a PDF": (lambda: b"%PDF-1.7\n", ("a PDF",)),
    "a sign-in page": (lambda: b"<!DOCTYPE html><html>Sign in</html>", ("a web page",)),
    "JSON": (lambda: b'[{"bar_number": "1"}]', ("is JSON",)),
    "a program": (lambda: b"\x7fELF" + bytes(80), ("a program",)),
    "random bytes": (lambda: bytes(range(256)) * 4, ("neither text nor an Excel workbook",)),
    "zeros": (lambda: bytes(4096), ("is not text: line 1",)),
    "a control character": (lambda: plain(ANA, BEN | {"City": "a\x07b"}), ("is not text: line 3",)),
    "an endless cell": (lambda: plain(ANA, BEN | {"City": "x" * 200_000}), ("row 3", "longer than 131,072")),
    "a stray quotation mark": (lambda: with_line('4312349,"A"na,,B\r\n'), ("row 4", "quotation mark")),
    "a file of another organisation": (
        lambda: b"Species,Weight,Vaccinated\r\nCat,4,yes\r\n",
        ("is no roster", "number or name", "It has: Species, Weight, Vaccinated", 'number = "Species"'),
    ),
    "no column of numbers": (
        lambda: plain({key: value for key, value in ANA.items() if key != NUMBER}),
        ("is no roster", "the member's number", "It has: First Name, Middle Name"),
    ),
    "no column of names": (
        lambda: b"Bar Number,Status\r\n1234567,Active\r\n",
        ("is no roster", "the member's name", "It has: Bar Number, Status"),
    ),
    "two columns of numbers": (
        lambda: plain(ANA | {"Bar #": "77"}),
        ("both “Registration Number” and “Bar #” may be the column number", "Say which one"),
    ),
    "two columns of standing": (
        lambda: plain(ANA | {"Membership Status": "Active"}),
        ("both “Status” and “Membership Status” may be the column status",),
    ),
    "too many columns": (lambda: plain(ANA | {f"c{at}": "" for at in range(200)}), ("200 columns",)),
}


@pytest.mark.parametrize("name", NO_ROSTER)
def test_what_is_no_whole_roster_is_refused_with_what_it_is_and_what_to_do(tmp_path: Path, name: str) -> None:
    made, said = NO_ROSTER[name]

    with pytest.raises(Unreadable) as refused:
        read(tmp_path, made())
    for part in (str(tmp_path / "roster.csv"), *said):
        assert part in str(refused.value)


BAD_ROWS: dict[str, tuple[Made, tuple[str, ...]]] = {
    "no number": (lambda: plain(ANA, BEN | {NUMBER: ""}), ("row 3, Registration Number", "Fill in")),
    "a number of eight digits": (
        lambda: numbered(4312345, 43123456),
        ("row 3, Registration Number: “43123456”", "7 d"),
    ),
    "a number with letters": (lambda: numbered("NY-12"), ("row 2, Registration Number: “NY-12”", "7 digits")),
    "a number that a spreadsheet rounded": (
        lambda: numbered("4.31235E+06"),
        ("row 2, Registration Number: “4.31235E+06”", "Format the column as text"),
    ),
    "a number that Excel could not compute": (
        lambda: book(table(ANA | {NUMBER: "#REF!"})),
        ("row 2, Registration Number: “#REF!”", "Write the value"),
    ),
    "a formula without a saved value": (
        lambda: book(table(ANA, BEN | {NUMBER: "=4312345+1"})),
        ("row 3, Registration Number", "formula is not saved", "Open and save it in Excel"),
    ),
    "no name": (
        lambda: plain(ANA, BEN | {"First Name": "", "Middle Name": "", "Last Name": " "}),
        ("row 3, name", "Fill it in"),
    ),
    "an endless name": (lambda: plain(ANA | {"Last Name": "A" * 500}), ("row 2, name: “Ana M. Aaa", "at most 200")),
    "a row that is too wide": (
        lambda: with_line("4312349,Ana,,Baca" + ",x" * 20 + "\r\n"),
        ("row 4: the row has 24 cells and the header 21", "must stand in quotation marks"),
    ),
    "a line break without quotation marks": (
        lambda: with_line("4312349,Ana,,Baca,,Firm,1 Main St\r\nRear,,Dunkirk,NY,,,,,,,1999,4,,Active,\r\n"),
        ("row 4: the row has 7 of 21 cells and ends before Status", "row 5", "A cell that holds a line break"),
    ),
    "numbers moved by one column": (
        lambda: text([ROWS[0], *(["", *row[:-1]] for row in ROWS[1:])]).encode(),
        ("row 2, Registration Number", "row 3, Registration Number"),
    ),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_rows_that_do_not_tell_who_a_member_is_are_told_by_row_column_and_value(tmp_path: Path, name: str) -> None:
    made, said = BAD_ROWS[name]

    with pytest.raises(RosterUnfit) as refused:
        read(tmp_path, made())
    for part in (str(tmp_path / "roster.csv"), *said, "Nothing was changed."):
        assert part in str(refused.value)


def test_the_first_wrong_rows_are_told_and_the_others_counted(tmp_path: Path) -> None:
    with pytest.raises(RosterUnfit) as refused:
        read(tmp_path, numbered(*("x",) * 12))

    assert str(refused.value).count("write the number's 7 digits") == 5
    assert "And 7 more." in str(refused.value)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"number": "Atty ID"}, ("has no column “Atty ID”, which was mapped to number", "It has: Registration Number")),
        ({"shoe": "City"}, ("there is no column shoe in a roster", "number, first_name")),
        ({"number": ""}, ("is no roster", "the member's number")),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_told(
    tmp_path: Path, columns: dict[str, str], said: tuple[str, ...]
) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, plain(ANA), mapping=ColumnMapping(columns))
    for part in said:
        assert part in str(refused.value)


def test_a_file_that_is_written_to_while_it_is_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(plain(*(ANA | {NUMBER: str(number)} for number in range(1_000_000, 1_010_000))))
    members = members_of_file(path, bar="NY")
    next(members)
    with path.open("ab") as more:
        more.write(plain(BEN).partition(b"\r\n")[2])

    with pytest.raises(Unreadable, match="was written to while it was read"):
        list(members)
