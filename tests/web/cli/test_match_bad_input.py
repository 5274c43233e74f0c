"""``amparo match`` on bad input: it is named with what would be right, the exit code is 2, nothing is written."""

import os
from pathlib import Path

import pytest
from click.testing import Result

from tests.core.spreadsheets.sheets import case_file, volunteer_file
from tests.plugins_for_tests.shelf import NOT_A_NUMBER, Shelf
from tests.web.cli.running_match import TODAY, amparo_match

BAD_CASES = {
    "a file of another type": (b"%PDF-1.7\n", "is a PDF, not a spreadsheet that can be read."),
    "an empty file": (b"", "is empty: it has no header and no rows."),
    "binary garbage": (bytes(range(256)) * 4, "is neither text nor an Excel workbook."),
    "an unknown column": (
        b"ref,practice_area,language,dead_line\nC-1,asylum,es,\n",
        "row 1, dead_line: there is no such column: did you mean deadline?",
    ),
    "an unknown language tag": (
        b"ref,practice_area,language\nC-1,asylum,zzx\n",
        "row 2, language: “zzx”: no language that we know",
    ),
    "a received date in the future": (
        b"ref,practice_area,language,received\nC-1,asylum,es,2026-03-03\n",
        "row 2, received: “2026-03-03”: the day lies after today, 2026-03-02",
    ),
}


def refused(folder: Path, cases: Path, volunteers: Path) -> Result:
    """Match with both outputs: the exit code is 2 and neither is there, nor anything half-written."""
    before = sorted(folder.iterdir())
    told = amparo_match(cases, volunteers, "--json", folder / "out.json", "--problem", folder / "p.json", *TODAY)
    assert told.exit_code == 2
    assert sorted(folder.iterdir()) == before
    assert told.stdout == ""
    return told


@pytest.mark.parametrize("kind", BAD_CASES)
def test_bad_input_is_named_and_nothing_is_written(tmp_path: Path, kind: str) -> None:
    data, said = BAD_CASES[kind]
    volunteers, cases = volunteer_file(tmp_path, {}), tmp_path / "cases.csv"
    cases.write_bytes(data)

    told = refused(tmp_path, cases, volunteers)

    assert said in told.stderr
    assert str(cases) in told.stderr


def test_a_negative_capacity_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    cases, volunteers = case_file(tmp_path, {}), volunteer_file(tmp_path, {"capacity_cases": "-2"})

    told = refused(tmp_path, cases, volunteers)

    assert "row 2, capacity_cases: “-2”: write a number from 0 to 1000: it cannot be negative." in told.stderr
    assert f"{volunteers} has 1 error. Correct what is listed above. Nothing was written." in told.stderr


def test_a_file_of_one_gigabyte_is_refused_at_once_by_its_size(tmp_path: Path) -> None:
    cases, volunteers = tmp_path / "huge.csv", volunteer_file(tmp_path, {})
    cases.touch()
    os.truncate(cases, 1_000_000_000)

    told = refused(tmp_path, cases, volunteers)

    assert "has 1,000 MB; at most 200 MB are read. It was not opened." in told.stderr


def test_problems_of_both_files_are_told_at_once(tmp_path: Path) -> None:
    told = refused(tmp_path, case_file(tmp_path, {"level": "9"}), volunteer_file(tmp_path, {"roles": "king"}))

    assert "“9”: write a number from 1 to 4." in told.stderr
    assert "“king”: write one of attorney" in told.stderr


def test_problems_beyond_two_hundred_are_counted(tmp_path: Path) -> None:
    cases = case_file(tmp_path, *({"ref": f"C-{number}", "level": "9"} for number in range(250)))

    told = refused(tmp_path, cases, volunteer_file(tmp_path, {}))

    assert told.stderr.count("“9”: write a number from 1 to 4.") == 200
    assert f"{cases}: and 50 more." in told.stderr
    assert f"{cases} has 250 errors." in told.stderr


def test_a_deadline_that_has_passed_is_kept_and_flagged(tmp_path: Path) -> None:
    cases, volunteers = case_file(tmp_path, {"deadline": "2026-02-20"}), volunteer_file(tmp_path, {})

    told = amparo_match(cases, volunteers, *TODAY)

    assert told.exit_code == 0
    assert "warning: " in told.stderr
    assert "“2026-02-20”: the deadline passed 10 days ago; it is kept and flagged." in told.stderr
    assert "1 of 1 cases have a team" in told.stdout


def test_files_in_the_wrong_order_are_noticed(tmp_path: Path) -> None:
    cases, volunteers = case_file(tmp_path, {}), volunteer_file(tmp_path, {})

    assert (
        "looks like a file of volunteers. Check the order of the files." in refused(tmp_path, volunteers, cases).stderr
    )


def test_a_file_without_rows_is_refused_on_either_side(tmp_path: Path) -> None:
    cases, volunteers = case_file(tmp_path, {}), volunteer_file(tmp_path, {})
    for emptied in (volunteers, cases):
        emptied.write_text(emptied.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        assert f"{emptied} has a header and no rows below it." in refused(tmp_path, cases, volunteers).stderr


def test_a_scenario_whose_pins_contradict_each_other_is_refused_before_any_work(tmp_path: Path) -> None:
    files = case_file(tmp_path, {}, {"ref": "C-2"}), volunteer_file(tmp_path, {"capacity_cases": "1"})

    told = amparo_match(*files, "--what-if", "pin C-1 V-1", "--what-if", "pin C-2 V-1", *TODAY)

    assert (told.exit_code, told.stdout) == (2, "")
    assert "V-1 is settled for C-1, C-2 and has capacity_cases=1; that takes 2." in told.stderr
    assert "Drop one, or give more: set V-1 capacity_cases=2." in told.stderr


def test_where_everything_is_forbidden_nobody_has_a_team_and_the_reason_is_told(tmp_path: Path) -> None:
    files = case_file(tmp_path, {}), volunteer_file(tmp_path, {"conflicts": "C-1"})

    told = amparo_match(*files, *TODAY)

    assert told.exit_code == 0
    assert "0 of 1 cases have a team" in told.stdout
    assert "by reason: conflict 1" in told.stdout


def test_a_scorer_that_answers_nan_is_left_out_and_named(tmp_path: Path, shelf: Shelf) -> None:
    shelf.module("odd_bar", NOT_A_NUMBER)
    shelf.distribution("odd-bar", points="odd = odd_bar")

    told = amparo_match(case_file(tmp_path, {}), volunteer_file(tmp_path, {}), *TODAY)

    assert told.exit_code == 0
    assert "1 of 1 cases have a team" in told.stdout
    assert "could not answer: It returned a score that is not a finite number." in told.stderr
