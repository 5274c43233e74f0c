"""Rosters in the shapes that bars send: whatever the shape, the same two members come out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.members import ColumnMapping
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import Standing
from tests.core.members.shapes import ANA, BEN, DAY, NEW_YORK, book, plain, read, table, text

ROWS = table(ANA, BEN)
TITLED = [["Members of the bar", *[""] * 20], ["as of November", *[""] * 20], *ROWS]


def renamed(**names: str) -> bytes:
    """The roster under other headings; an empty one takes the column out."""
    by = {"number": "Registration Number", "status": "Status", "first": "First Name", "middle": "Middle Name"}
    by |= {"last": "Last Name", "suffix": "Suffix"}
    new = {by[name]: heading for name, heading in names.items()}
    return plain(*({new.get(key, key): value for key, value in one.items() if new.get(key, key)} for one in (ANA, BEN)))


def whole_names(column: str) -> bytes:
    parts = {"First Name", "Middle Name", "Last Name", "Suffix"}
    return plain(
        *(
            {key: value for key, value in one.items() if key not in parts} | {column: name}
            for one, name in ((ANA, "García, Ana M."), (BEN, "ÖZ, BEN M."))
        )
    )


def of_numbers(rows: list[list[Any]]) -> list[list[Any]]:
    return [rows[0], *([int(row[0]), *row[1:16], int(row[16]), *row[17:]] for row in rows[1:])]


SHAPES: dict[str, Callable[[], bytes]] = {
    "UTF-8": lambda: text(ROWS).encode(),
    "UTF-8 with a mark": lambda: text(ROWS).encode("utf-8-sig"),
    "Windows-1252": lambda: text(ROWS).encode("cp1252"),
    "Excel's Unicode text": lambda: text(ROWS, "\t").encode("utf-16"),
    "semicolons": lambda: text(ROWS, ";").encode(),
    "tabs": lambda: text(ROWS, "\t").encode(),
    "old line ends": lambda: text(ROWS).replace("\r\n", "\r").encode(),
    "a last line without its end": lambda: text(ROWS).rstrip("\r\n").encode(),
    "the mark with which DOS ends a file": lambda: text(ROWS).encode() + b"\x1a",
    "blank rows between": lambda: text(ROWS).replace("\r\n", "\r\n,,,,\r\n").encode(),
    "titles above": lambda: text(TITLED).encode(),
    "moved columns": lambda: text([row[::-1] for row in ROWS]).encode(),
    "columns that we do not know": lambda: plain(ANA | {"Shoe size": "38"}, BEN | {"Shoe size": "44"}),
    "a line break in an address": lambda: plain(ANA | {"Street 1": "1 Main St\nRear"}, BEN),
    "headings in capitals and with spaces": lambda: text([[f" {n.upper()} " for n in NEW_YORK], *ROWS[1:]]).encode(),
    "a workbook": lambda: book(ROWS),
    "a workbook with a merged title": lambda: book(TITLED, merged="A1:U1"),
    "a workbook of numbers": lambda: book(of_numbers(ROWS)),
    "a workbook with days": lambda: book([ROWS[0], *([*row[:16], DAY, *row[17:]] for row in ROWS[1:])]),
    "days as Excel counts them": lambda: plain(ANA | {"Year Admitted": "35887"}, BEN | {"Year Admitted": "35887.0"}),
    "days in words": lambda: plain(ANA | {"Year Admitted": "Apr 2, 1998"}, BEN | {"Year Admitted": "04/02/1998"}),
    "numbers as a program wrote them": lambda: plain(ANA | {"Registration Number": "4312345.0"}, BEN),
    "Bar Number": lambda: renamed(number="Bar Number", status="Lic. Status"),
    "Bar #": lambda: renamed(number="Bar #", status="Membership Status"),
    "BarNo": lambda: renamed(number="BarNo", status="Standing"),
    "Atty ID": lambda: renamed(number="Atty ID"),
    "SBN": lambda: renamed(number="SBN"),
    "Registration No.": lambda: renamed(number="Registration No."),
    "whole names": lambda: whole_names("Full Name"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_members_come_out_of_every_shape(tmp_path: Path, shape: str) -> None:
    ana, ben = read(tmp_path, SHAPES[shape]())

    assert (ana.number, ana.name, ana.standing, ana.status) == (
        "4312345", "Ana M. García", Standing.ACTIVE, "Currently registered",
    )  # fmt: skip
    assert (ana.firm, ana.county, ana.us_state, ana.admitted) == ("García & Peña LLP", "Chautauqua", "NY", 1998)
    assert (ana.phone, ana.email) == ("(716) 366-3677", "")
    assert (ben.number, ben.name, ben.standing) == ("4312346", "Ben M. Öz", Standing.INACTIVE)


def one(folder: Path, bar: str = "NY", **cells: str) -> RosterEntry:
    names = {name.replace(" ", "_").casefold(): name for name in NEW_YORK}
    (entry,) = read(folder, plain(ANA | {names.get(name, name): value for name, value in cells.items()}), bar=bar)
    return entry


def test_lost_leading_zeros_are_put_back_where_the_length_is_known(tmp_path: Path) -> None:
    assert one(tmp_path, registration_number="1234").number == "0001234"
    assert one(tmp_path, bar="NM", registration_number="1234").number == "1234"
    settled = ColumnMapping(number_length=6)
    (entry,) = read(tmp_path, plain(ANA | {"Registration Number": "1234"}), bar="NM", mapping=settled)
    assert entry.number == "001234"


@pytest.mark.parametrize(
    ("cells", "home"),
    [
        ({"county": "Out of USA", "state": ""}, ("", "")),
        ({"country": "Korea, South", "state": "", "county": "Seoul"}, ("", "")),
        ({"county": "", "state": "", "country": "", "phone_number": "+82 2 3404 0450"}, ("", "")),
        ({"county": "KINGS", "state": "New York"}, ("Kings", "NY")),
        ({"county": "Ulster", "state": "Ontario"}, ("", "")),
    ],
)
def test_an_address_abroad_or_none_at_all_is_none(tmp_path: Path, cells: dict[str, str], home: tuple[str, str]) -> None:
    entry = one(tmp_path, **cells)

    assert (entry.county, entry.us_state) == home


def test_what_a_roster_says_badly_of_a_member_is_left_out_and_she_stays(tmp_path: Path) -> None:
    entry = one(
        tmp_path,
        email_address="ana at example",
        year_admitted="long ago",
        status="Of counsel emerita",
        phone_number="#N/A",
    )

    assert entry.phone == ""
    assert (entry.email, entry.admitted, entry.standing) == ("", 0, Standing.UNKNOWN)
    assert entry.status == "Of counsel emerita"


def test_the_same_lawyer_twice_and_two_of_one_name_all_come_out(tmp_path: Path) -> None:
    entries = read(tmp_path, plain(ANA, ANA | {"City": "Buffalo"}, ANA | {"Registration Number": "4312399"}))

    assert [entry.number for entry in entries] == ["4312345", "4312345", "4312399"]


def test_an_empty_cell_at_the_end_of_a_workbooks_row_is_only_empty(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Bar No", "Name", "Status"],
        ["1", "Ana Baca", "Active"],
        ["2", "Ben Ortiz", None],
        ["3", "Cy Diaz"],
    ]

    entries = read(tmp_path, book(rows), bar="NM")

    assert [entry.standing for entry in entries] == [Standing.ACTIVE, Standing.UNKNOWN, Standing.UNKNOWN]


def test_entries_say_in_which_row_they_stand(tmp_path: Path) -> None:
    entries = read(tmp_path, plain(ANA | {"Street 1": "1\n2\n3"}, BEN))

    assert [entry.origin for entry in entries] == ["row 2", "row 5"]
