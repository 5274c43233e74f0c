"""Rows of cases: every cell is tried, every problem named with what would be right, nothing guessed."""

from datetime import date
from pathlib import Path

import pytest

from core.model.vocabulary import Forum, Gender, Posture, PracticeArea
from core.spreadsheets import CaseRow, case_facts, read_cases
from tests.core.spreadsheets.sheets import A_CASE, TODAY, as_csv, cases_in, told


def test_a_case_with_the_three_needed_columns_gets_the_documented_defaults(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("ref,practice_area,language\nC-1,asylum,mam\n")

    reading = read_cases(path, TODAY)

    assert reading.problems == ()
    assert reading.rows == (
        CaseRow(
            line=2,
            ref="C-1",
            practice_area=PracticeArea.ASYLUM,
            languages=("mam",),
            received=TODAY,
            skill_level=1,
            remote_ok=True,
            forum=Forum.USCIS,
            detained=False,
            hours=40.0,
            posture=Posture.AFFIRMATIVE,
        ),
    )


def test_every_column_of_a_case_is_read(tmp_path: Path) -> None:
    (row,) = cases_in(
        tmp_path,
        {
            "relief": "U visa (I-918)",
            "practice_area": "victims",
            "level": "3",
            "language": "mam; es",
            "county": "bernalillo county",
            "state": "New Mexico",
            "remote_ok": "no",
            "forum": "Immigration Court",
            "detained": "sí",
            "received": "2026-02-01",
            "deadline": "2026-04-01",
            "deadline_kind": "Hearing",
            "hours": "40,5",
            "interpreter_hours": "12",
            "needs_interpreter_gender": "F",
            "posture": "defense",
            "summary": "A mother of two.",
        },
    ).rows

    assert case_facts(row, barred=("V-1",)).barred == ("V-1",)
    assert row == CaseRow(
        line=2,
        ref="C-1",
        practice_area=PracticeArea.VICTIMS,
        languages=("mam", "es"),
        received=date(2026, 2, 1),
        relief="U visa (I-918)",
        skill_level=3,
        county="Bernalillo",
        us_state="NM",
        remote_ok=False,
        forum=Forum.EOIR,
        detained=True,
        deadline=date(2026, 4, 1),
        deadline_kind="Hearing",
        hours=40.5,
        interpreter_hours=12.0,
        interpreter_gender=Gender.FEMALE,
        posture=Posture.DEFENSIVE,
        summary="A mother of two.",
    )


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("practice_area", "criminal", "write one of asylum, family, removal, victims, citizenship, daca_tps."),
        ("practice_area", "", "the cell is empty"),
        ("language", "xx-klingon", "no language that we know: write a BCP 47 tag such as es, mam or quc."),
        ("language", "", "the cell is empty"),
        ("ref", "", "the cell is empty"),
        ("level", "5", "write a number from 1 to 4."),
        ("level", "2.5", "write a whole number from 1 to 4."),
        ("level", "two", "write a number from 1 to 4"),
        ("hours", "-8", "it cannot be negative"),
        ("hours", "0", "write a number above 0"),
        ("hours", "1,500", "without thousands separators"),
        ("hours", "nan", "write a number above 0"),
        ("hours", "9" * 400, "write a number above 0"),
        ("forum", "supreme court", "write one of uscis, eoir, bia, state_court, consulate."),
        ("detained", "perhaps", "write yes or no."),
        ("state", "ZZ", "write the state's two letters"),
        ("received", "2026-03-03", "the day lies after today, 2026-03-02"),
        ("received", "03/04/2025", "such as 2026-03-04; here 2025-03-04 or 2025-04-03."),
        ("received", "25/12/2025", "here 2025-12-25."),
        ("received", "2/30/2025", "such as 2026-03-04."),
        ("received", "2026-02-30", "there is no such day"),
        ("received", "1026-02-03", "1026-02-03 cannot be meant"),
        ("deadline", "next week", "write the day as year-month-day"),
        ("needs_interpreter_gender", "unstated", "write one of female, male, nonbinary."),
        ("posture", "sitting", "write one of affirmative, defensive."),
        ("ref", "C" * 101, "at most 100 characters"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_what_would_be_right(
    tmp_path: Path, column: str, value: str, said: str
) -> None:
    reading = cases_in(tmp_path, {}, {"ref": "C-2"} | {column: value})

    (problem,) = [each for each in reading.problems if each.severity == "error"]
    assert (problem.file, problem.row, problem.column) == (str(tmp_path / "cases.csv"), 3, column)
    assert problem.value == (value if len(value) <= 80 else value[:79] + "…")
    assert said in problem.right
    assert not reading.ok


@pytest.mark.parametrize(
    ("given", "column", "said"),
    [
        ({"deadline": "2026-02-28"}, "deadline", "the deadline passed 2 days ago; it is kept and flagged."),
        ({"county": "Nowhere", "state": "NM"}, "county", "no county of NM that we know"),
        ({"county": "Taos"}, "county", "the county's state is not given"),
        ({"practice_area": "removal", "forum": ""}, "forum", "empty, so uscis is taken"),
        ({"forum": "state_court"}, "state", "a case in a state's court without the state"),
        ({"remote_ok": "no"}, "county", "a case in person without a county"),
    ],
)
def test_what_is_doubtful_is_kept_and_flagged(tmp_path: Path, given: dict[str, str], column: str, said: str) -> None:
    reading = cases_in(tmp_path, given)

    (problem,) = reading.problems
    assert (problem.severity, problem.column) == ("warning", column)
    assert said in problem.right
    assert reading.ok


def test_a_deadline_that_has_passed_stays_with_its_case(tmp_path: Path) -> None:
    assert [row.deadline for row in cases_in(tmp_path, {"deadline": "2026-02-28"}).rows] == [date(2026, 2, 28)]


def test_a_column_that_we_do_not_know_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    reading = cases_in(tmp_path, {"dead_lines": "2026-05-01", "shoe size": "7"})

    assert told(reading) == [("error", 1, "dead_lines", ""), ("error", 1, "shoe size", "")]
    assert reading.problems[0].right == ("there is no such column: did you mean deadline? Rename it or take it out.")
    assert "did you mean" not in reading.problems[1].right
    assert "Columns: ref, practice_area, relief, level, language" in reading.problems[1].right


def test_a_column_that_comes_twice_is_an_error_even_under_two_names(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("ref,practice_area,language,Area of law\nC-1,asylum,es,family\n")

    (problem,) = read_cases(path, TODAY).problems

    assert problem.sentence() == (
        f"{path}, row 1, Area of law: the column practice_area comes twice, also as “practice_area”: keep one."
    )


def test_missing_and_unnamed_columns_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("ref,,forum\nC-1,x,uscis\n")

    reading = read_cases(path, TODAY)

    assert [each.right for each in reading.problems] == [
        "column 2 holds values but has no name: name it.",
        "the column practice_area is missing: add it.",
        "the column language is missing: add it.",
    ]


def test_a_ref_that_comes_again_is_an_error(tmp_path: Path) -> None:
    reading = cases_in(tmp_path, {}, {"ref": "C-2"}, {"ref": "C-1"})

    assert told(reading) == [("error", 4, "ref", "C-1")]
    assert "also in row 2" in reading.problems[0].right


def test_all_rows_are_checked_and_problems_beyond_two_hundred_are_counted(tmp_path: Path) -> None:
    reading = cases_in(tmp_path, *({"ref": f"C-{n}", "level": "9", "hours": "x"} for n in range(150)))

    assert (reading.errors, len(reading.problems), reading.unlisted) == (300, 200, 100)


def test_synonyms_of_columns_and_words_are_understood_whatever_their_case_and_accents(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        as_csv([["Case #", "AREA", "Idioma", "Skill Level"], ["1", "Removal Defense", "Español", "2"]]),
        encoding="utf-8",
    )

    (row,) = read_cases(path, TODAY).rows

    assert (row.ref, row.practice_area, row.languages, row.skill_level) == ("1", PracticeArea.REMOVAL, ("es",), 2)


def test_the_usual_case_has_no_problem(tmp_path: Path) -> None:
    assert cases_in(tmp_path, A_CASE).problems == ()
