"""Small spreadsheets for tests: rows as mappings, written as CSV or as an Excel workbook."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from core.spreadsheets import CaseRow, Reading, VolunteerRow, read_cases, read_volunteers

TODAY = date(2026, 3, 2)
A_CASE = {"ref": "C-1", "practice_area": "asylum", "language": "es", "forum": "uscis"}
A_VOLUNTEER = {
    "ref": "V-1",
    "roles": "attorney",
    "practice": "asylum:3",
    "languages": "es:4",
    "bars": "NM",
    "standing": "active",
}


def rows_of(given: Iterable[dict[str, Any]], usual: dict[str, str]) -> list[list[Any]]:
    """Header and rows, each row the usual one with what is given."""
    rows = [usual | one for one in given]
    header = list(dict.fromkeys(name for row in rows for name in row))
    return [header, *([row.get(name, "") for name in header] for row in rows)]


def as_csv(rows: Sequence[Sequence[Any]], *, separator: str = ",") -> str:
    """The rows as separated text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue()


def as_workbook(path: Path, rows: Sequence[Sequence[Any]], *, title: str = "Sheet1") -> Path:
    """The rows as the only sheet of an Excel workbook."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def case_file(folder: Path, *cases: dict[str, Any]) -> Path:
    """A CSV file of cases."""
    path = folder / "cases.csv"
    path.write_text(as_csv(rows_of(cases or ({},), A_CASE)), encoding="utf-8")
    return path


def volunteer_file(folder: Path, *volunteers: dict[str, Any]) -> Path:
    """A CSV file of volunteers."""
    path = folder / "volunteers.csv"
    path.write_text(as_csv(rows_of(volunteers or ({},), A_VOLUNTEER)), encoding="utf-8")
    return path


def cases_in(folder: Path, *cases: dict[str, Any]) -> Reading[CaseRow]:
    """What a file with these cases reads as."""
    return read_cases(case_file(folder, *cases), TODAY)


def volunteers_in(folder: Path, *volunteers: dict[str, Any]) -> Reading[VolunteerRow]:
    """What a file with these volunteers reads as."""
    return read_volunteers(volunteer_file(folder, *volunteers), TODAY)


def told(reading: Reading[Any]) -> list[tuple[str, int, str, str]]:
    """The problems as severity, row, column and value."""
    return [(str(each.severity), each.row, each.column, each.value) for each in reading.problems]
