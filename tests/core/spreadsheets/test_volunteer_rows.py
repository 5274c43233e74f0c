"""Rows of volunteers: roles, levels, languages and capacities, checked cell by cell."""

from datetime import date
from pathlib import Path

import pytest

from core.model.people import BarAdmission
from core.model.vocabulary import Gender, PracticeArea, Standing, VolunteerRole
from core.spreadsheets import VolunteerRow, conflicts_with_nothing, read_volunteers, snapshot_of, volunteer_facts
from tests.core.spreadsheets.sheets import TODAY, cases_in, told, volunteers_in


def test_a_volunteer_with_the_two_needed_columns_gets_the_documented_defaults(tmp_path: Path) -> None:
    path = tmp_path / "volunteers.csv"
    path.write_text("ref,roles\nV-1,mentor\n")

    (row,) = read_volunteers(path, TODAY).rows

    assert row == VolunteerRow(
        line=2,
        ref="V-1",
        roles=(VolunteerRole.MENTOR,),
        languages={"en": 5.0},
        standing=Standing.UNKNOWN,
        eoir_registered=False,
        remote=True,
        capacity_cases=1,
        capacity_mentor=1,
        capacity_hours=None,
        gender=Gender.UNSTATED,
    )


def test_every_column_of_a_volunteer_is_read(tmp_path: Path) -> None:
    (row,) = volunteers_in(
        tmp_path,
        {
            "roles": "attorney; Interpreter; mentor",
            "practice": "asylum:3; removal defense:2",
            "languages": "es:4+; mam:3.5; fr:native; pt:limited working",
            "interprets": "mam>es; es>en",
            "bars": "NM; Texas",
            "standing": "Pro Bono Emeritus",
            "eoir_registered": "x",
            "county": "dona ana",
            "state": "nm",
            "remote": "0",
            "capacity_cases": "3",
            "capacity_hours": "60.5",
            "capacity_mentor": "2",
            "gender": "nonbinary",
            "name": "María Peña",
            "email": "maria@example.org",
            "interests": "asylum;victims",
            "leave": "2026-12-01..2026-12-20;2027-01-04",
            "conflicts": "C-7;C-9",
        },
    ).rows

    assert row == VolunteerRow(
        line=2,
        ref="V-1",
        roles=(VolunteerRole.ATTORNEY, VolunteerRole.INTERPRETER, VolunteerRole.MENTOR),
        languages={"en": 5.0, "es": 4.5, "mam": 3.5, "fr": 5.0, "pt": 2.0},
        name="María Peña",
        email="maria@example.org",
        practice={PracticeArea.ASYLUM: 3, PracticeArea.REMOVAL: 2},
        interprets=(("mam", "es"), ("es", "en")),
        bars=(BarAdmission("NM", standing=Standing.EMERITUS), BarAdmission("TX", standing=Standing.EMERITUS)),
        standing=Standing.EMERITUS,
        eoir_registered=True,
        county="Doña Ana",
        us_state="NM",
        remote=False,
        capacity_cases=3,
        capacity_mentor=2,
        capacity_hours=60.5,
        gender=Gender.NONBINARY,
        interests=(PracticeArea.ASYLUM, PracticeArea.VICTIMS),
        leave=((date(2026, 12, 1), date(2026, 12, 20)), (date(2027, 1, 4), date(2027, 1, 4))),
        conflicts=("C-7", "C-9"),
    )
    assert volunteer_facts(row).bars == ("NM", "TX")


def test_an_interpreter_without_pairs_interprets_between_all_languages_at_ilr_4(tmp_path: Path) -> None:
    (row,) = volunteers_in(tmp_path, {"roles": "interpreter", "languages": "mam:5;es:4;fr:3.5"}).rows

    assert row.interprets == (("en", "es"), ("en", "mam"), ("es", "mam"))


def test_english_counts_at_five_only_where_it_is_not_given(tmp_path: Path) -> None:
    rows = volunteers_in(tmp_path, {"languages": "mam:5;en:2"}, {"ref": "V-2", "languages": "mam:5"}).rows

    assert [row.languages["en"] for row in rows] == [2.0, 5.0]


def test_nobody_who_is_not_in_good_standing_has_a_bar_where_she_may_practise(tmp_path: Path) -> None:
    words = ["active", "Currently registered", "Delinquent", "Administratively suspended", "Limited", ""]
    rows = volunteers_in(tmp_path, *({"ref": f"V-{n}", "standing": word} for n, word in enumerate(words))).rows

    assert [(str(each.standing), volunteer_facts(each).bars) for each in rows] == [
        ("active", ("NM",)),
        ("active", ("NM",)),
        ("inactive", ()),
        ("suspended", ()),
        ("unknown", ()),
        ("unknown", ()),
    ]


@pytest.mark.parametrize(
    ("column", "value", "shown", "said"),
    [
        ("roles", "attorney;king", "king", "write one of attorney, accredited_full"),
        ("roles", "", "", "the cell is empty"),
        ("practice", "asylum", "asylum", "write the area with its level from 1 to 4, such as asylum:3."),
        ("practice", "asylum:5", "asylum:5", "write a number from 1 to 4."),
        ("practice", "asylum:2;asylum:3", "asylum:2;asylum:3", "asylum comes with two levels"),
        ("languages", "es:6", "es:6", "write the ILR level from 0 to 5 in halves"),
        ("languages", "es:4.3", "es:4.3", "write the ILR level from 0 to 5 in halves"),
        ("languages", "es:fluent", "es:fluent", "write the ILR level from 0 to 5 in halves"),
        ("languages", "es", "es", "write the language with its ILR level"),
        ("languages", "klingonish:4", "klingonish:4", "no language that we know"),
        ("interprets", "mam", "mam", "write two languages, such as mam>es"),
        ("interprets", "es>spanish", "es>spanish", "write two different languages"),
        ("bars", "NM;Mexico", "Mexico", "write the state's two letters"),
        ("standing", "splendid", "splendid", "write one of active, emeritus, inactive, suspended"),
        ("capacity_cases", "-1", "-1", "write a number from 0 to 1000: it cannot be negative."),
        ("capacity_cases", "1.5", "1.5", "write a whole number"),
        ("capacity_hours", "-40", "-40", "it cannot be negative"),
        ("capacity_mentor", "many", "many", "write a number from 0 to 1000"),
        ("gender", "tall", "tall", "write one of female, male, nonbinary, unstated."),
        ("email", "maria at example.org", "maria at example.org", "write one mail address"),
        ("leave", "2026-12-20..2026-12-01", "2026-12-20..2026-12-01", "the period ends before it begins"),
        ("leave", "December", "December", "write the day as year-month-day"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_what_would_be_right(
    tmp_path: Path, column: str, value: str, shown: str, said: str
) -> None:
    reading = volunteers_in(tmp_path, {}, {"ref": "V-2"} | {column: value})

    (problem,) = [each for each in reading.problems if each.severity == "error"]
    assert (problem.row, problem.column, problem.value) == (3, column, shown)
    assert said in problem.right


@pytest.mark.parametrize(
    ("given", "column", "said"),
    [
        ({"standing": ""}, "standing", "nobody of unknown standing is eligible as an attorney"),
        ({"bars": ""}, "bars", "an attorney without a bar is not eligible"),
        ({"practice": ""}, "practice", "without a practice area there is no case to take or to mentor"),
        ({"roles": "interpreter", "languages": "es:3"}, "interprets", "is never asked"),
        ({"interprets": "es>en"}, "interprets", "without the role interpreter"),
    ],
)
def test_what_keeps_a_volunteer_from_ever_being_asked_is_flagged(
    tmp_path: Path, given: dict[str, str], column: str, said: str
) -> None:
    reading = volunteers_in(tmp_path, given)

    assert [(str(each.severity), each.column) for each in reading.problems] == [("warning", column)]
    assert said in reading.problems[0].right


def test_a_conflict_bars_the_volunteer_from_that_case_and_one_that_names_no_case_is_flagged(tmp_path: Path) -> None:
    cases = cases_in(tmp_path, {"ref": "C-1"}, {"ref": "C-2"})
    volunteers = volunteers_in(tmp_path, {"conflicts": "C-2;C-22"})

    assert [case.barred for case in snapshot_of(cases.rows, volunteers.rows, TODAY).cases] == [(), ("V-1",)]
    assert [(each.row, each.value) for each in conflicts_with_nothing(cases, volunteers)] == [(2, "C-22")]


def test_no_name_and_no_address_reaches_the_snapshot(tmp_path: Path) -> None:
    volunteers = volunteers_in(tmp_path, {"name": "Marisol Quezada", "email": "quezada@example.org"})

    assert "uezada" not in repr(snapshot_of((), volunteers.rows, TODAY))
    assert told(volunteers) == []
