"""A waitlist that a clinic kept for itself: found column by column, explained word by word, nothing guessed."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from core.model.clients.client import ClientField
from core.model.clients.households import Period, household_in
from core.model.clients.safe_contact import safe_contact_in
from core.model.vocabulary import Forum, Posture, PracticeArea
from core.spreadsheets.problems import Unreadable
from core.spreadsheets.table import Table
from core.waitlists import (
    DayOrder,
    Understood,
    WaitlistMapping,
    first_mapping,
    read_waitlist,
    same_rows,
    undecided_words,
    understand,
)
from tests.core.spreadsheets.sheets import as_csv

TODAY = date(2026, 11, 27)
F = ClientField
HEADER = ("Matter #", "Client", "DOB", "A#", "Case type", "Primary language", "County", "Date added", "Phone")
ROSA = (
    "17-044",
    "Pérez Ramos, Rosa",
    "3/9/1991",
    "A 201-555-321",
    "Asylum",
    "Mam/Spanish",
    "Doña Ana",
    "5/2/2026",
    "-",
)


def table(*rows: tuple[Any, ...], header: tuple[str, ...] = HEADER) -> Table:
    found, problems = read_waitlist(as_csv([header, *rows]).encode(), source="list.csv")
    assert problems == ()
    return found


def read(given: Table, **settled: Any) -> Understood:
    return understand(given, msgspec.structs.replace(first_mapping(given), **settled), today=TODAY)


def test_the_columns_of_a_list_are_found_by_their_headings_and_the_client_goes_where_she_is_sealed() -> None:
    understood = read(table(ROSA))

    assert (understood.errors, understood.missing) == (0, ())
    (row,) = understood.rows
    assert (row.case.ref, row.case.practice_area, row.case.languages) == ("17-044", PracticeArea.ASYLUM, ("mam", "es"))
    assert (row.case.county, row.case.received) == ("Doña Ana", date(2026, 5, 2))
    assert row.client == {
        F.NAME: "Rosa Pérez Ramos",
        F.BIRTH_DATE: "1991-03-09",
        F.A_NUMBER: "A201555321",
    }


def test_days_are_read_month_first_unless_the_file_says_otherwise_by_itself() -> None:
    assert first_mapping(table(ROSA)).days is DayOrder.MONTH_FIRST
    other = table((*ROSA[:2], "25/9/1991", *ROSA[3:]))

    assert first_mapping(other).days is DayOrder.DAY_FIRST
    assert read(other).rows[0].client[F.BIRTH_DATE] == "1991-09-25"
    assert read(table(ROSA), days=DayOrder.DAY_FIRST).rows[0].client[F.BIRTH_DATE] == "1991-09-03"


def test_words_of_the_clinics_own_are_asked_about_with_their_counts_and_then_read_as_explained() -> None:
    own = table(
        ("1", "A", "", "", "Defensive - EOIR", "Mam", "", "", ""),
        ("2", "B", "", "", "Defensive - EOIR", "Kanjobal (north)", "", "", ""),
        ("3", "C", "", "", "asylum", "Spanish and English", "", "", ""),
    )

    assert undecided_words(own, first_mapping(own)) == {
        "practice_area": {"Defensive - EOIR": 2},
        "language": {"Kanjobal (north)": 1},
    }
    words = {"practice_area": {"Defensive - EOIR": "removal"}, "language": {"kanjobal (north)": "kjb; es"}}
    understood = read(own, words=words, otherwise={"forum": "eoir"})
    assert undecided_words(own, msgspec.structs.replace(first_mapping(own), words=words)) == {}
    assert [(row.case.practice_area.value, row.case.languages) for row in understood.rows] == [
        ("removal", ("mam",)),
        ("removal", ("kjb", "es")),
        ("asylum", ("es", "en")),
    ]
    assert {row.case.forum for row in understood.rows} == {Forum.EOIR}


def test_a_case_is_brought_as_is_usual_for_its_area_where_the_list_does_not_say() -> None:
    given = table((*ROSA[:4], "removal", *ROSA[5:]), (*ROSA[:1], "B", *ROSA[2:4], "citizenship", *ROSA[5:]))
    removal, citizenship = (row.case for row in read(given, columns=first_mapping(given).columns | {"ref": ""}).rows)

    assert (removal.forum, removal.posture) == (Forum.EOIR, Posture.DEFENSIVE)
    assert (citizenship.forum, citizenship.posture) == (Forum.USCIS, Posture.AFFIRMATIVE)


def test_a_row_that_cannot_be_understood_is_named_by_the_headings_of_the_file_and_the_others_are_kept() -> None:
    bad = ("17-045", "Ana", "31/31/1991", "A12", "soccer", "es", "", "", "")
    understood = read(table(ROSA, bad))

    assert [row.case.ref for row in understood.rows] == ["17-044"]
    assert understood.faulty == (3,)
    assert {(each.row, each.column) for each in understood.problems if each.row == 3} == {
        (3, "DOB"),
        (3, "A#"),
        (3, "Case type"),
    }


def test_without_practice_area_and_language_nothing_is_read_unless_they_are_the_same_for_all() -> None:
    bare = table(("1", "Rosa"), header=("Case", "Client"))

    assert read(bare).missing == ("practice_area", "language")
    (row,) = read(bare, otherwise={"practice_area": "asylum", "language": "es"}).rows
    assert (row.case.practice_area, row.case.languages) == (PracticeArea.ASYLUM, ("es",))


def test_a_column_that_is_left_out_is_not_read() -> None:
    given = table(ROSA)
    columns = first_mapping(given).columns | {"a_number": ""}

    assert F.A_NUMBER not in read(given, columns=columns).rows[0].client


def test_a_name_in_parts_a_household_and_what_is_safe_are_kept_in_their_forms() -> None:
    given = table(
        ("1", "Rosa", "Pérez Ramos", "asylum", "es", "4", "$1,250.50", "only after 5 pm"),
        header=("id", "First name", "Last name", "type", "language", "Family size", "Monthly income", "Best time"),
    )
    (row,) = read(given).rows

    household = household_in(row.client[F.HOUSEHOLD])
    assert row.client[F.NAME] == "Rosa Pérez Ramos"
    assert (household.persons, household.income, household.period) == (4, Decimal("1250.50"), Period.MONTH)
    assert safe_contact_in(row.client[F.SAFE_CONTACT]).note == "only after 5 pm"


def test_one_reference_twice_keeps_the_second_row_out_and_one_person_twice_is_told() -> None:
    again, other_case = ("17-044", "Somebody else", *ROSA[2:]), ("17-046", *ROSA[1:])
    understood = read(table(ROSA, again, other_case))

    assert [row.case.ref for row in understood.rows] == ["17-044", "17-046"]
    assert understood.faulty == (3,)
    assert {line: same.line for line, same in same_rows(understood.rows).items()} == {4: 2}


def test_a_workbook_is_read_like_text_with_its_days_as_days() -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, (*ROSA[:2], date(1991, 3, 9), *ROSA[3:])):
        book.worksheets[0].append(list(row))
    file = io.BytesIO()
    book.save(file)
    given, _problems = read_waitlist(file.getvalue(), source="list.xlsx")

    assert read(given).rows[0].client[F.BIRTH_DATE] == "1991-03-09"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and so on", b"PK\x03\x04broken", b"only a heading\n"])
def test_what_is_no_table_is_refused_by_the_name_that_its_owner_knows(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"list\.csv") as told:
        read_waitlist(content, source="list.csv")

    assert "/proc" not in str(told.value)


def test_reading_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    table(ROSA)

    assert list(tmp_path.iterdir()) == []


def test_a_mapping_is_kept_as_plain_data() -> None:
    mapping = WaitlistMapping(columns={"name": "Client"}, words={"language": {"K": "kjb"}}, days=DayOrder.DAY_FIRST)

    assert msgspec.json.decode(msgspec.json.encode(mapping), type=WaitlistMapping) == mapping
