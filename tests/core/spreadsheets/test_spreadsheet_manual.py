"""The manual and the examples say what the code does."""

from datetime import date
from pathlib import Path

from core.members import MEMBER_COLUMNS
from core.spreadsheets import conflicts_with_nothing, read_cases, read_volunteers
from core.spreadsheets.columns import CASE_COLUMNS, VOLUNTEER_COLUMNS, key_of
from core.spreadsheets.files import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED_BYTES
from core.spreadsheets.problems import LISTED_AT_MOST
from core.spreadsheets.roster_columns import ROSTER_COLUMNS
from tools.spreadsheet_manual import PAGE, ROSTERS_PAGE, page_with_tables

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def test_the_manuals_tables_are_those_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == page_with_tables(page), "write the tables anew: python -m tools.spreadsheet_manual"
    assert all(f"`{column.name}`" in page for column in (*CASE_COLUMNS, *VOLUNTEER_COLUMNS, *ROSTER_COLUMNS))
    rosters = ROSTERS_PAGE.read_text(encoding="utf-8")
    assert rosters == page_with_tables(rosters), "write the tables anew: python -m tools.spreadsheet_manual"
    assert all(f"`{column.name}`" in rosters for column in MEMBER_COLUMNS)


def test_the_manual_names_the_limits_that_are_kept() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert f"At most {MAX_BYTES // 10**6} MB, {MAX_ROWS:,} rows and {MAX_COLUMNS} columns" in page
    assert f"more than {MAX_UNPACKED_BYTES // 10**6} MB before it is unpacked" in page
    assert f"up to {LISTED_AT_MOST} errors and {LISTED_AT_MOST} warnings" in page


def test_no_heading_means_two_columns_of_one_kind_of_file() -> None:
    for columns in (CASE_COLUMNS, VOLUNTEER_COLUMNS, ROSTER_COLUMNS, MEMBER_COLUMNS):
        keys = [key_of(name) for column in columns for name in (column.name, *column.synonyms)]
        assert sorted(keys) == sorted(set(keys))


def test_the_examples_have_no_problem_on_the_day_they_were_written_for() -> None:
    today = date(2026, 11, 24)

    cases = read_cases(EXAMPLES / "cases.csv", today)
    volunteers = read_volunteers(EXAMPLES / "volunteers.csv", today)

    assert (cases.problems, volunteers.problems, conflicts_with_nothing(cases, volunteers)) == ((), (), ())
    assert (len(cases.rows), len(volunteers.rows)) == (25, 20)
