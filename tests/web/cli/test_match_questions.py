"""``amparo match`` asked for more than teams: why, what if, whom to recruit."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.core.spreadsheets.sheets import case_file, volunteer_file
from tests.web.cli.running_match import TODAY, amparo_match, teams

MAM = {"language": "mam"}
CASES = [{"ref": "C-1"} | MAM, {"ref": "C-2", "detained": "yes"} | MAM, {"ref": "C-3", "level": "4", "language": "en"}]
PEOPLE = [
    {"ref": "A-1", "languages": "", "capacity_cases": "3"},
    {"ref": "I-1", "roles": "interpreter", "practice": "", "interprets": "mam>en", "bars": "", "standing": ""},
]


def asked(folder: Path, *questions: str) -> Result:
    return amparo_match(case_file(folder, *CASES), volunteer_file(folder, *PEOPLE), *questions, *TODAY)


def asked_and_answered(folder: Path, *questions: str) -> tuple[Result, Any]:
    """What the command says, and the JSON that it writes beside it."""
    out = folder / "out.json"
    told = asked(folder, *questions, "--json", str(out))
    assert told.exit_code == 0, told.output
    return told, json.loads(out.read_text(encoding="utf-8"))


def answers(folder: Path, *questions: str) -> Any:
    return teams(folder, CASES, PEOPLE, *questions)


def test_nothing_is_added_to_the_documented_shape_unless_it_is_asked_for(tmp_path: Path) -> None:
    plain = {"status", "objective", "bound", "gap", "seconds", "matches", "unmatched"}
    unasked = answers(tmp_path)

    assert set(unasked) == plain
    assert set(answers(tmp_path, "--explain", "C-1")) == plain | {"explanations"}
    assert set(answers(tmp_path, "--what-if", "remove A-1")) == plain | {"what_if"}
    assert set(answers(tmp_path, "--recruit", "1")) == plain | {"recruit"}
    assert {key for left in unasked["unmatched"] for key in left} == {"case", "reason", "detail"}


def test_explain_says_why_a_case_has_its_team_and_why_another_has_none(tmp_path: Path) -> None:
    told, found = asked_and_answered(tmp_path, "--explain", "C-2", "--explain", "C-1", "--explain", "C-3")

    said = " ".join(told.stdout.split())
    assert "9,000" in said
    assert "Who has its people: C-2" in said
    assert "No team (mentor). Somebody could take it with a mentor, but there is no mentor to ask." in said
    assert "Mam to English: 1" in said
    explained = {one["case"]: one for one in found["explanations"]}
    assert explained["C-3"]["unmatched"]["reason"]
    assert explained["C-2"]["team"]["seats"][1]["volunteer"] == "I-1"


def test_what_if_is_one_scenario_of_all_its_changes(tmp_path: Path) -> None:
    changes = ("--what-if", "set I-1 capacity=2", "--what-if", "add attorney practice=asylum:4 capacity=1")

    told, answered = asked_and_answered(tmp_path, *changes)
    found = answered["what_if"]

    assert found["changes"] == ["I-1 has 2 places", "new-1 joins (attorney, asylum 4, NM, 1 place)"]
    assert (found["served_before"], found["served_after"]) == (1, 3)
    assert sorted(team["case"] for team in found["gained"]) == ["C-1", "C-3"]
    assert found["value_after"] > found["value_before"]
    assert "1 cases have a team as things are, 3 then." in told.stdout
    assert "1 of 3 cases have a team" in told.stdout


def test_recruit_ranks_kinds_and_shows_the_prediction_beside_what_was_verified(tmp_path: Path) -> None:
    found = answers(tmp_path, "--recruit")["recruit"]
    told = asked(tmp_path, "--recruit", "1")

    first = found[0]
    assert first["verified"]["cases"] >= 1
    assert first["verified"]["value"] <= first["predicted_value"] + 0.01
    assert {"Interpreter Mam and English, remote"} <= {one["kind"] for one in found}
    assert "Whom to recruit: what one more of each would add" in told.stdout


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (("--explain", "C-33"), "There is no case C-33: did you mean C-3"),
        (("--what-if", "remove A-11"), "There is no volunteer A-11: did you mean A-1"),
        (("--what-if", "ad attorney"), "“ad attorney”: did you mean add?"),
        (("--what-if", "pin C-1 A-1", "--what-if", "forbid C-1 A-1"), "drop one of the two"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_before_the_work(
    tmp_path: Path, question: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "out.json"

    told = asked(tmp_path, *question, "--json", str(out))

    assert told.exit_code == 2
    assert said in told.stderr
    assert not out.exists()


def test_a_file_behind_recruit_is_not_taken_for_its_number(tmp_path: Path) -> None:
    files = case_file(tmp_path, *CASES), volunteer_file(tmp_path, *PEOPLE)

    told = amparo_match("--recruit", *files, *TODAY)

    assert told.exit_code == 2
    assert "is not a number. Write one, or put the option after the two files." in told.stderr


def test_the_answers_go_with_the_tables_to_standard_error_where_json_is_on_standard_output(tmp_path: Path) -> None:
    told = asked(tmp_path, "--explain", "C-1", "--json", "-")

    assert json.loads(told.stdout)["explanations"][0]["case"] == "C-1"
    assert "Case C-1" in told.stderr
