"""Files as people send them: encodings, separators, titles, damage, and what is no spreadsheet at all."""

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.spreadsheets import Unreadable, read_cases
from tests.core.spreadsheets.sheets import A_CASE, TODAY, as_csv, as_workbook, case_file, rows_of

ROWS = rows_of(({"county": "Doña Ana", "state": "NM"}, {"ref": "C-2", "language": "mam;es"}), A_CASE)


def written(folder: Path, data: bytes, name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_file_reads_the_same_in_every_encoding_and_with_every_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    text = as_csv(ROWS, separator=separator)
    data = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)

    reading = read_cases(written(tmp_path, data), TODAY)

    assert reading.problems == ()
    assert [(row.ref, row.county, row.languages) for row in reading.rows] == [
        ("C-1", "Doña Ana", ("es",)),
        ("C-2", "", ("mam", "es")),
    ]


def test_a_fallback_to_windows_1252_is_said_with_the_first_line_it_matters_for(tmp_path: Path) -> None:
    (note,) = read_cases(written(tmp_path, as_csv(ROWS).encode("cp1252")), TODAY).notes

    assert note.startswith("Encoding: not UTF-8, so read as Windows-1252.")
    assert "first in line 2" in note


def test_the_separator_that_a_file_tells_is_used(tmp_path: Path) -> None:
    reading = read_cases(written(tmp_path, b"sep=;\r\n" + as_csv(ROWS, separator=";").encode()), TODAY)

    assert [row.ref for row in reading.rows] == ["C-1", "C-2"]


def test_titles_above_the_header_and_blank_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    header, *rows = as_csv(ROWS).splitlines()
    text = "\n".join(["Open cases,,", "as of March", "", header, "", rows[0], ",,,,,", rows[1], ""])

    reading = read_cases(written(tmp_path, text.encode()), TODAY)

    assert [(row.line, row.ref) for row in reading.rows] == [(6, "C-1"), (8, "C-2")]
    assert "Header in row 4; what stands above it was passed over." in reading.notes


def test_a_line_break_within_quotation_marks_belongs_to_its_cell(tmp_path: Path) -> None:
    reading = read_cases(case_file(tmp_path, {"summary": "Two\nlines"}, {"ref": "C-2", "summary": ""}), TODAY)

    assert [(row.line, row.summary) for row in reading.rows] == [(2, "Two\nlines"), (4, "")]


def test_a_workbook_reads_as_a_csv_file_does(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Read me"
    book.worksheets[0].append(["Ask the office"])
    sheet = book.create_sheet("Open cases")
    sheet.append(["Waitlist of the clinic"])
    sheet.merge_cells("A1:D1")
    sheet.append(["ref", "practice_area", "language", "level", "received", "deadline", "detained", "hours"])
    sheet.append([17, "asylum", "es", 2.0, date(2026, 1, 5), 46200, True, 12.5])
    book.save(tmp_path / "cases.csv")

    reading = read_cases(tmp_path / "cases.csv", TODAY)

    (row,) = reading.rows
    assert reading.problems == ()
    assert (row.line, row.ref, row.skill_level, row.received) == (3, "17", 2, date(2026, 1, 5))
    assert (row.deadline, row.detained, row.hours) == (date(2026, 6, 27), True, 12.5)
    assert reading.notes == (
        "Sheet “Open cases” was read; not read: “Read me”.",
        "Header in row 2; what stands above it was passed over.",
    )


def test_date_numbers_of_a_workbook_from_1904_count_from_there(tmp_path: Path) -> None:
    path = as_workbook(tmp_path / "cases.xlsx", rows_of(({"deadline": 45000},), A_CASE))
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)

    assert [row.deadline for row in read_cases(path, TODAY).rows] == [date(2027, 3, 16)]


def test_a_formula_without_a_saved_value_is_an_error_and_not_an_empty_cell(tmp_path: Path) -> None:
    path = as_workbook(tmp_path / "cases.xlsx", rows_of(({"hours": "=20+20", "relief": "#REF!"},), A_CASE))

    reading = read_cases(path, TODAY)

    assert [(each.row, each.column) for each in reading.problems] == [(2, "hours"), (2, "relief")]
    assert "not saved in the file" in reading.problems[0].right
    assert "could not compute" in reading.problems[1].right


WRONG = {
    "an older Excel file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "older kind (.xls) or one with a password",
    ),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "a picture (PNG)"),
    "a web page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page or XML"),
    "JSON": (b'[{"ref": "C-1", "practice_area": "asylum"}]', "is JSON, not a spreadsheet"),
    "an endless cell": (b"ref,practice_area,language\nC-1,asylum," + b"x" * 200_000, "longer than 131,072 characters"),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(64), "a program"),
    "random bytes": (bytes(range(256)) * 8, "neither text nor an Excel workbook"),
    "zeros": (bytes(4096), "is not text: line 1"),
    "text with control characters": (b"ref,practice_area\nC\x07-1,asylum\n", "is not text: line 2"),
    "half a letter": (b"ref,county\nC-1,Do\xc3", "in the middle of a letter"),
    "half of UTF-16": ("ref,county".encode("utf-16") + b"\x00", "begins as UTF-16 and breaks off"),
    "nothing": (b"", "is empty"),
    "blank lines": (b"\r\n\r\n  \r\n", "is empty"),
    "only a mark": (b"\xef\xbb\xbf\n", "is empty"),
    "only separators": (b",,,\n,,,\n", "is empty"),
    "a header alone": (b"ref,practice_area,language\n", "has a header and no rows"),
    "half a row": (b"ref,practice_area,language\nC-1,asylum,es\nC-2,asyl", "in the middle of row 3"),
    "an open quotation": (b'ref,practice_area,language\nC-1,asylum,es\nC-2,"asylum,es\n', "a quotation mark"),
    "half an archive": (b"PK\x03\x04" + bytes(100), "a broken or cut-off Excel file"),
    "a file of volunteers": (b"ref,roles,bars,standing\nV-1,attorney,NM,active\n", "looks like a file of volunteers"),
}


@pytest.mark.parametrize("name", ["cases.csv", "cases.xlsx"])
@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_table_of_cases_is_refused_by_its_content_whatever_its_name(
    tmp_path: Path, kind: str, name: str
) -> None:
    data, said = WRONG[kind]

    with pytest.raises(Unreadable) as refused:
        read_cases(written(tmp_path, data, name), TODAY)

    assert said in str(refused.value)
    assert str(tmp_path / name) in str(refused.value)


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word/document.xml": b"<w/>"}, "a Word document"),
        ({"content.xml": b"<office/>", "mimetype": b"spreadsheet"}, "an OpenDocument file"),
        ({"xl/workbook.bin": b"\0"}, "a binary Excel workbook"),
        ({"photos/cat.jpg": b"\xff\xd8"}, "a compressed file (ZIP)"),
        ({"xl/workbook.xml": b"<workbook/>"}, "a damaged Excel workbook"),
        ({"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"}, "not a workbook that Excel wrote"),
    ],
)
def test_an_archive_that_is_no_workbook_is_named(tmp_path: Path, parts: dict[str, bytes], said: str) -> None:
    with pytest.raises(Unreadable, match=said.replace("(", r"\(").replace(")", r"\)")):
        read_cases(written(tmp_path, archive(parts)), TODAY)


def test_a_workbook_that_would_unpack_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "cases.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("xl/workbook.xml", b"<workbook/>")
        with packed.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(401):
                part.write(bytes(1_000_000))

    with pytest.raises(Unreadable, match=r"would unpack to more than 400 MB. It was not unpacked"):
        read_cases(tmp_path / "cases.xlsx", TODAY)


def test_a_file_of_one_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.touch()
    os.truncate(path, 1_000_000_000)

    with pytest.raises(Unreadable, match=r"has 1,000 MB; at most 200 MB are read. It was not opened"):
        read_cases(path, TODAY)


def test_a_table_of_too_many_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="500,000 rows or 200 columns"):
        read_cases(written(tmp_path, as_csv([[f"c{n}" for n in range(201)]] * 2).encode()), TODAY)


def test_what_is_not_there_or_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="There is no file"):
        read_cases(tmp_path / "cases.csv", TODAY)
    with pytest.raises(Unreadable, match="is not a file"):
        read_cases(tmp_path, TODAY)


def test_a_row_wider_than_the_header_is_an_error_and_a_narrower_one_a_warning(tmp_path: Path) -> None:
    text = "ref,practice_area,language,relief\nC-1,asylum,mam,es,x\nC-2,asylum,es\nC-3,asylum,es,\n"

    problems = read_cases(written(tmp_path, text.encode()), TODAY).problems

    assert [(str(each.severity), each.row) for each in problems] == [("error", 2), ("warning", 3)]
    assert "must stand in quotation marks" in problems[0].right
