"""Rosters of invented members in every shape that bars are known to send, made as bytes."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from core.members import ColumnMapping, members_of_file
from core.model.rosters.entries import RosterEntry

NEW_YORK = (
    "Registration Number", "First Name", "Middle Name", "Last Name", "Suffix", "Company Name", "Street 1", "Street 2",
    "City", "State", "Zip", "Zip Plus Four", "Country", "County", "Phone Number", "Email Address", "Year Admitted",
    "Judicial Department of Admission", "Law School", "Status", "Next Registration",
)  # fmt: skip
"""The columns of New York's open data set, in its order."""
ANA = dict(
    zip(
        NEW_YORK,
        (
            "4312345", "Ana", "M.", "García", "", "García & Peña LLP", "1 Main St", "Suite 4", "Dunkirk", "NY",
            "14048", "", "United States", "Chautauqua", "(716) 366-3677", "", "1998", "4", "Havard",
            "Currently registered", "Dec 2027",
        ),
        strict=True,
    )
)  # fmt: skip
"""One member as New York tells her."""
BEN = ANA | {"Registration Number": "4312346", "First Name": "BEN", "Last Name": "ÖZ", "Status": "Delinquent"}


def table(*members: dict[str, Any]) -> list[list[Any]]:
    """Header and rows."""
    header = list(dict.fromkeys(name for member in members for name in member))
    return [header, *([member.get(name, "") for name in header] for member in members)]


def text(rows: Sequence[Sequence[Any]], separator: str = ",") -> str:
    """Rows as separated text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def plain(*members: dict[str, Any]) -> bytes:
    """Members as a CSV file."""
    return text(table(*members)).encode()


def book(rows: Sequence[Sequence[Any]], *, merged: str = "") -> bytes:
    """Rows as the only sheet of an Excel workbook."""
    workbook, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        workbook.worksheets[0].append(list(row))
    if merged:
        workbook.worksheets[0].merge_cells(merged)
    workbook.save(out)
    return out.getvalue()


def damaged(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with something replaced in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def read(folder: Path, data: bytes, *, bar: str = "NY", mapping: ColumnMapping | None = None) -> list[RosterEntry]:
    """The entries of a roster that came as a file."""
    path = folder / "roster.csv"
    path.write_bytes(data)
    return list(members_of_file(path, bar=bar, mapping=mapping or ColumnMapping()))


DAY = date(1998, 4, 2)
