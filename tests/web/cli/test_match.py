"""``amparo match``: two spreadsheets in, teams out."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.core.spreadsheets.sheets import as_csv, case_file, volunteer_file
from tests.web.cli.checking import best_value
from tests.web.cli.running_match import TODAY, amparo_match, teams

pytestmark = pytest.mark.xdist_group("match")  # the example is planned once, by one worker

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
ATTORNEY = {"roles": "attorney", "practice": "asylum:3", "bars": "NM", "standing": "active", "languages": ""}
INTERPRETER = {"roles": "interpreter", "practice": "", "bars": "", "standing": "", "languages": ""}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, dict[str, Any], dict[str, Any]]:
    """What the command says on the documented example, its JSON, and its candidate graph."""
    folder = tmp_path_factory.mktemp("example")
    files = EXAMPLES / "cases.csv", EXAMPLES / "volunteers.csv"
    out, problem = folder / "out.json", folder / "problem.json"
    told = amparo_match(*files, "--json", out, "--problem", problem, "--today", "2026-11-24")
    assert told.exit_code == 0, told.output
    return told, json.loads(out.read_text(encoding="utf-8")), json.loads(problem.read_text(encoding="utf-8"))


def test_the_json_has_exactly_the_documented_fields(example: tuple[Result, dict[str, Any], dict[str, Any]]) -> None:
    _, out, _ = example

    assert list(out) == ["status", "objective", "bound", "gap", "seconds", "matches", "unmatched"]
    assert out["status"] == "optimal"
    assert out["matches"]
    for each in out["matches"]:
        assert list(each) == ["case", "attorney", "interpreters", "mentor", "score", "reasons"]
        assert all(list(leg) == ["volunteer", "from", "to"] for leg in each["interpreters"])
    assert all(list(each) == ["case", "reason", "detail"] for each in out["unmatched"])
    refs = [each["case"] for each in (*out["matches"], *out["unmatched"])]
    assert sorted(refs) == [f"C-{number:03}" for number in range(1, 26)]


def test_the_table_names_every_match_with_its_team(example: tuple[Result, dict[str, Any], dict[str, Any]]) -> None:
    told, out, _ = example

    for each in out["matches"]:
        (line,) = [line for line in told.stdout.splitlines() if re.search(rf"\b{each['case']}\b", line)][:1]
        assert each["attorney"] in line
    served = len(out["matches"])
    assert f"{served} of 25 cases have a team (proved best" in told.stdout
    assert "\x1b" not in told.stdout


def test_a_solver_of_ones_own_finds_the_same_value_on_the_written_problem(
    example: tuple[Result, dict[str, Any], dict[str, Any]],
) -> None:
    _, out, problem = example

    assert problem["pruned"] == ""
    assert best_value(problem) == pytest.approx(out["objective"], rel=1e-6)


def test_every_seat_of_the_result_is_an_eligible_pair_of_the_written_problem(
    example: tuple[Result, dict[str, Any], dict[str, Any]],
) -> None:
    _, out, problem = example
    pairs = {(p["case"], p["volunteer"], p["role"], p.get("from"), p.get("to")) for p in problem["pairs"]}

    for each in out["matches"]:
        assert (each["case"], each["attorney"], "attorney", None, None) in pairs
        assert each["mentor"] is None or (each["case"], each["mentor"], "mentor", None, None) in pairs
        for leg in each["interpreters"]:
            assert (each["case"], leg["volunteer"], "interpreter", leg["from"], leg["to"]) in pairs


def test_the_client_speaks_only_mam_and_no_mam_english_interpreter_exists_so_the_match_shows_a_mam_spanish_interpreter_with_a_spanish_speaking_attorney(  # noqa: E501 -- the sentence of the scenario
    tmp_path: Path,
) -> None:
    out = teams(
        tmp_path,
        [{"ref": "C-1", "language": "mam"}],
        [
            ATTORNEY | {"ref": "A-english"},
            ATTORNEY | {"ref": "A-spanish", "languages": "es:4"},
            INTERPRETER | {"ref": "I-mam", "interprets": "mam>es"},
        ],
    )

    (found,) = out["matches"]
    assert found["attorney"] == "A-spanish"
    assert found["interpreters"] == [{"volunteer": "I-mam", "from": "mam", "to": "es"}]


def test_the_client_speaks_only_mam_and_no_mam_english_interpreter_exists_so_the_match_shows_a_relay_pair(
    tmp_path: Path,
) -> None:
    out = teams(
        tmp_path,
        [{"ref": "C-1", "language": "mam"}],
        [
            ATTORNEY | {"ref": "A-english"},
            INTERPRETER | {"ref": "I-mam", "interprets": "mam>es"},
            INTERPRETER | {"ref": "I-spanish", "languages": "es:5"},
        ],
    )

    (found,) = out["matches"]
    assert found["attorney"] == "A-english"
    assert found["interpreters"] == [
        {"volunteer": "I-mam", "from": "mam", "to": "es"},
        {"volunteer": "I-spanish", "from": "es", "to": "en"},
    ]


def test_a_newcomer_gets_a_mentor_and_without_one_the_case_says_why_it_stays(tmp_path: Path) -> None:
    newcomer = ATTORNEY | {"ref": "A-new", "practice": "asylum:2", "languages": "es:4"}
    mentor = {"ref": "M-1", "roles": "mentor", "practice": "asylum:3"}
    case = {"ref": "C-1", "level": "3", "language": "es"}

    (found,) = teams(tmp_path, [case], [newcomer, mentor])["matches"]
    alone = teams(tmp_path, [case], [newcomer])

    assert (found["attorney"], found["mentor"]) == ("A-new", "M-1")
    assert alone["matches"] == []
    assert [each["case"] for each in alone["unmatched"]] == ["C-1"]
    assert alone["unmatched"][0]["reason"]
    assert alone["unmatched"][0]["detail"]


def test_hours_and_conflicts_of_the_files_are_kept(tmp_path: Path) -> None:
    cases = [{"ref": f"C-{number}", "hours": "30", "language": "es"} for number in (1, 2, 3)]
    attorney = ATTORNEY | {"languages": "es:4", "capacity_cases": "3", "capacity_hours": "60", "conflicts": "C-2"}

    out = teams(tmp_path, cases, [attorney])

    assert sorted(each["case"] for each in out["matches"]) == ["C-1", "C-3"]


def test_the_same_files_and_seed_give_the_same_teams(tmp_path: Path) -> None:
    cases = [{"ref": f"C-{number}", "language": "es"} for number in range(6)]
    volunteers = [ATTORNEY | {"ref": f"A-{number}", "languages": "es:4"} for number in range(4)]

    first, second = (teams(tmp_path, cases, volunteers, "--seed", "7") for _ in range(2))

    assert first["matches"] == second["matches"]
    assert first["unmatched"] == second["unmatched"]


def test_json_on_standard_output_is_nothing_but_json(tmp_path: Path) -> None:
    files = case_file(tmp_path, {}), volunteer_file(tmp_path, {})

    told = amparo_match(*files, "--json", "-", *TODAY)

    assert [each["case"] for each in json.loads(told.stdout)["matches"]] == ["C-1"]
    assert "1 of 1 cases have a team" in told.stderr


def test_a_result_for_a_place_where_nothing_can_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    files = case_file(tmp_path, {}), volunteer_file(tmp_path, {})
    (tmp_path / "folder").mkdir()

    for place, said in (
        (tmp_path / "missing" / "out.json", "There is no folder"),
        (tmp_path / "folder", "is a folder"),
        (files[0], "is one of the files to read"),
    ):
        told = amparo_match(*files, "--json", place)
        assert (told.exit_code, said in told.stderr) == (2, True), told.stderr
    twice = amparo_match(*files, "--json", tmp_path / "a.json", "--problem", tmp_path / "a.json")
    assert (twice.exit_code, "cannot go to the same place" in twice.stderr) == (2, True)
    assert files[0].read_text().startswith("ref,")


def test_an_earlier_result_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    files = case_file(tmp_path, {}), volunteer_file(tmp_path, {})
    out = tmp_path / "out.json"
    out.write_text("x" * 100_000)
    out.chmod(0o640)

    assert amparo_match(*files, "--json", out, *TODAY).exit_code == 0

    assert json.loads(out.read_text())["matches"]
    assert out.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.csv", "out.json", "volunteers.csv"]


def _hear_interrupts() -> None:
    """As at a terminal: a suite that runs in the background hands its deafness to Ctrl-C on to its programs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_who_interrupts_a_run_finds_nothing_half_written(tmp_path: Path) -> None:
    cases, volunteers = tmp_path / "cases.csv", volunteer_file(tmp_path, {})
    cases.write_text("ref;practice_area;language\nC-1;asylum;es\n")
    out = tmp_path / "out.json"
    command = [sys.executable, "-m", "web.cli", "match", str(cases), str(volunteers), "--json", str(out), *TODAY]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=_hear_interrupts) as running:
        assert running.stderr is not None
        assert "Separator: semicolon." in running.stderr.readline()  # it has read the files and begins to match

        running.send_signal(signal.SIGINT)

        assert "Stopped before the end. Nothing is half-written." in running.stderr.read()
    assert running.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.csv", "volunteers.csv"]


def test_semicolons_in_the_file_and_in_its_cells_are_told_apart(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    rows = [["ref", "practice_area", "language"], ["C-1", "asylum", "mam;es"]]
    cases.write_text(as_csv(rows, separator=";"))

    told = amparo_match(cases, volunteer_file(tmp_path, {}), "--json", tmp_path / "out.json", *TODAY)

    assert f"{cases}: Separator: semicolon." in told.stderr
    assert [each["case"] for each in json.loads((tmp_path / "out.json").read_text())["matches"]] == ["C-1"]


def test_a_case_that_asks_for_two_attorneys_gets_a_lead_and_co_counsel(tmp_path: Path) -> None:
    case = {"practice_area": "asylum", "language": "en", "level": "3"}
    cases = [{"ref": "C-1", "attorneys": "2"} | case, {"ref": "C-2", "attorneys": ""} | case]
    people = [ATTORNEY | {"ref": f"V-{n}", "practice": f"asylum:{level}"} for n, level in enumerate("313")]
    out = teams(tmp_path, cases, people, "--problem", tmp_path / "problem.json")
    written = json.loads((tmp_path / "problem.json").read_text(encoding="utf-8"))

    assert best_value(written) == pytest.approx(out["objective"], rel=1e-6)
    found = {each["case"]: each for each in out["matches"]}
    assert found["C-1"]["co_counsel"] == "V-1"
    assert {each["attorney"] for each in found.values()} == {"V-0", "V-2"}
    assert "co_counsel" not in found["C-2"]


def test_without_a_second_attorney_the_reason_says_so(tmp_path: Path) -> None:
    case = {"ref": "C-1", "practice_area": "asylum", "language": "en", "attorneys": "2"}
    out = teams(tmp_path, [case], [ATTORNEY | {"ref": "V-1"}])

    (left,) = out["unmatched"]
    assert left["reason"] == "co_counsel"
    assert "no second attorney" in left["detail"]


def test_a_number_of_attorneys_that_no_team_has_is_an_error(tmp_path: Path) -> None:
    case = {"ref": "C-1", "practice_area": "asylum", "language": "en", "attorneys": "3"}
    told = amparo_match(case_file(tmp_path, case), volunteer_file(tmp_path, ATTORNEY | {"ref": "V-1"}), *TODAY)

    assert told.exit_code == 2
    assert "attorneys" in told.output
