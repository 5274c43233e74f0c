"""A bar's roster, in New York's shape and its variations, as rows of volunteers."""

from pathlib import Path
from typing import Any

import pytest

from core.model.people import BarAdmission
from core.model.vocabulary import Standing, VolunteerRole
from core.spreadsheets import Reading, VolunteerRow, read_volunteers, volunteer_facts
from core.spreadsheets.roster_shape import name_in_order
from tests.core.spreadsheets.sheets import TODAY, as_csv, as_workbook

NEW_YORK = [
    "Registration Number", "First Name", "Middle Name", "Last Name", "Suffix", "Company Name", "Street 1", "Street 2",
    "City", "State", "Zip", "Zip Plus Four", "Country", "County", "Phone Number", "Email Address", "Year Admitted",
    "Judicial Department of Admission", "Law School", "Status", "Next Registration",
]  # fmt: skip
A_MEMBER = {
    "Registration Number": "1234567",
    "First Name": "ADA",
    "Middle Name": "M.",
    "Last Name": "Lovell",
    "Suffix": "Jr.",
    "Street 1": "1 Main St\nFloor 2",
    "State": "NY",
    "Country": "United States",
    "County": "Kings",
    "Year Admitted": "1999",
    "Status": "Currently registered",
    "Next Registration": "Dec 2018",
}


def roster(folder: Path, *members: dict[str, Any], bar: str = "NY") -> Reading[VolunteerRow]:
    path = folder / "roster.csv"
    rows = [[(A_MEMBER | member).get(name, "") for name in NEW_YORK] for member in members]
    path.write_text(as_csv([NEW_YORK, *rows]))
    return read_volunteers(path, TODAY, bar=bar)


def test_a_member_becomes_an_attorney_with_her_admission(tmp_path: Path) -> None:
    reading = roster(tmp_path, {})

    assert reading.problems == ()
    assert reading.rows == (
        VolunteerRow(
            line=2,
            ref="NY-1234567",
            roles=(VolunteerRole.ATTORNEY,),
            languages={"en": 5.0},
            name="ADA M. Lovell, Jr.",
            bars=(BarAdmission("NY", "1234567", Standing.ACTIVE, 1999),),
            standing=Standing.ACTIVE,
            us_state="NY",
            county="Kings",
        ),
    )
    assert "Not taken over: Company Name, Street 1" in reading.notes[-1]


def test_the_bar_of_a_roster_is_never_guessed(tmp_path: Path) -> None:
    reading = roster(tmp_path, {}, bar="")

    (problem,) = reading.problems
    assert (problem.severity, problem.row) == ("error", 1)
    assert "Give its two letters to amparo import volunteers, such as --bar NY." in problem.right


def test_leading_zeros_that_a_spreadsheet_took_away_are_put_back(tmp_path: Path) -> None:
    path = as_workbook(
        tmp_path / "roster.xlsx",
        [["Attorneys, as of 2026"], ["Bar #", "Full Name", "Lic. Status"], [12345.0, "Roe, Jane", "Active"]],
    )

    (row,) = read_volunteers(path, TODAY, bar="New York").rows

    assert (row.line, row.ref, row.bars[0].number, row.name) == (3, "NY-0012345", "0012345", "Jane Roe")


@pytest.mark.parametrize("number", ["12345678", "12-345", ""])
def test_a_number_that_cannot_be_a_members_is_an_error(tmp_path: Path, number: str) -> None:
    reading = roster(tmp_path, {"Registration Number": number})

    assert [(str(each.severity), each.column) for each in reading.problems] == [("error", "Registration Number")]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Last, First M., Jr.", "First M. Last, Jr."),
        ("Last, Jr., First", "First Last, Jr."),
        ("de la Cruz, Ana", "Ana de la Cruz"),
        ("Ana Cruz", "Ana Cruz"),
        ("Roe , Jane , III", "Jane Roe, III"),
        ("", ""),
    ],
)
def test_a_name_is_put_in_its_spoken_order(written: str, spoken: str) -> None:
    assert name_in_order(written) == spoken


@pytest.mark.parametrize(
    ("word", "standing"),
    [
        ("Currently registered", "active"),
        ("Active", "active"),
        ("Active - Good Standing", "active"),
        ("Good Standing", "active"),
        ("Emeritus", "emeritus"),
        ("Pro Bono Emeritus", "emeritus"),
        ("Limited", "unknown"),
        ("Delinquent", "inactive"),
        ("Inactive", "inactive"),
        ("Retired", "inactive"),
        ("Resigned", "resigned"),
        ("Suspended", "suspended"),
        ("Disbarred", "disbarred"),
        ("Deceased", "deceased"),
        ("Not Eligible To Practice Law", "suspended"),
        ("Administratively suspended", "suspended"),
        ("Pending", "pending"),
    ],
)
def test_a_bars_word_for_standing_is_translated(tmp_path: Path, word: str, standing: str) -> None:
    (row,) = roster(tmp_path, {"Status": word}).rows

    assert row.standing == standing
    assert volunteer_facts(row).bars == (("NY",) if standing in ("active", "emeritus") else ())


def test_what_a_roster_says_badly_is_left_out_with_a_warning(tmp_path: Path) -> None:
    bad = {"Status": "Shining", "Year Admitted": "soon", "Email Address": "n/a", "State": "XX"}

    reading = roster(tmp_path, bad)

    (row,) = reading.rows
    assert reading.ok
    assert sorted(each.column for each in reading.problems) == ["Email Address", "State", "Status", "Year Admitted"]
    assert (row.standing, row.bars[0].admitted_year, row.email, row.us_state) == (Standing.UNKNOWN, None, "", "")


@pytest.mark.parametrize("abroad", [{"County": "Out of USA"}, {"Country": "Korea", "State": "NY"}])
def test_who_lives_abroad_has_no_county_and_no_state(tmp_path: Path, abroad: dict[str, str]) -> None:
    reading = roster(tmp_path, abroad)

    assert reading.problems == ()
    assert [(row.county, row.us_state) for row in reading.rows] == [("", "")]


def test_a_second_office_of_the_same_member_is_passed_over_and_another_person_with_her_number_is_an_error(
    tmp_path: Path,
) -> None:
    reading = roster(tmp_path, {}, {"Street 1": "9 Side St"}, {"Last Name": "Else"})

    assert [row.line for row in reading.rows] == [2]
    assert [(str(each.severity), each.row, each.value) for each in reading.problems] == [
        ("warning", 4, "NY-1234567"),
        ("error", 5, "NY-1234567"),
    ]


def test_languages_in_free_words_are_not_taken_for_a_level(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text('SBN;Name;Membership Status;Languages\n77;Roe, Jane;Active;"Spanish (fluent), es-MX:4, SPA"\n')

    reading = read_volunteers(path, TODAY, bar="CA")

    assert [row.languages for row in reading.rows] == [{"en": 5.0, "es": 4.0}]
    assert [each.right for each in reading.problems] == [
        "“Spanish (fluent)” is not taken over: it has no ILR level, such as es:4.5.",
        "“SPA” is not taken over: it has no ILR level, such as es:4.5.",
    ]
