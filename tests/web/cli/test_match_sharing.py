"""``amparo match --floor`` and ``--spread``: help and work shared out, with what that costs."""

import json
from pathlib import Path

import pytest

from tests.core.spreadsheets.sheets import case_file, volunteer_file
from tests.web.cli.running_match import TODAY, amparo_match, teams

WAITING = [
    {"ref": "C-1", "received": "2025-01-01", "language": "en"},
    {"ref": "C-2", "received": "2025-06-01", "language": "en"},
    {"ref": "C-3", "received": "2026-02-01", "language": "ti", "county": "Bernalillo"},
]
ATTORNEY = {
    "roles": "attorney",
    "practice": "asylum:3",
    "bars": "NM",
    "standing": "active",
    "languages": "ti:5",
    "eoir_registered": "yes",
}
LAWYERS = [ATTORNEY | {"ref": "A-1", "capacity_cases": "2"}]


def served(out: dict[str, list[dict[str, str]]]) -> list[str]:
    return [each["case"] for each in out["matches"]]


def test_a_floor_serves_the_group_and_says_what_its_case_cost_another(tmp_path: Path) -> None:
    plain = teams(tmp_path, WAITING, LAWYERS)
    floored = teams(tmp_path, WAITING, LAWYERS, "--floor", "language:Tigrinya=50%")

    assert (served(plain), "floors" in plain) == (["C-1", "C-2"], False)
    assert served(floored) == ["C-1", "C-3"]
    (floor,) = floored["floors"]
    assert floor.pop("price") == pytest.approx(plain["objective"] - floored["objective"], abs=0.01)
    assert floor == {
        "kind": "language",
        "group": "ti",
        "share": 0.5,
        "points": 2000.0,
        "waiting": 1,
        "wanted": 1,
        "served": 1,
    }


def test_a_floor_that_is_worth_too_little_is_missed_and_taken_off_the_objective(tmp_path: Path) -> None:
    plain = teams(tmp_path, WAITING, LAWYERS)
    cheap = teams(tmp_path, WAITING, LAWYERS, "--floor", "county:bernalillo=100%@5")

    assert served(cheap) == served(plain)
    assert (cheap["floors"][0]["served"], cheap["floors"][0]["wanted"]) == (0, 1)
    assert cheap["objective"] == pytest.approx(plain["objective"] - 5)
    assert cheap["status"] == "optimal"


def test_no_floor_costs_a_more_urgent_case_its_team(tmp_path: Path) -> None:
    urgent = [WAITING[0], WAITING[1] | {"detained": "yes"}, WAITING[2]]
    one_place = [LAWYERS[0] | {"capacity_cases": "1"}]
    out = teams(tmp_path, urgent, one_place, "--floor", "group:other=100%@900000")

    assert served(out) == ["C-2"]


def test_spread_work_goes_to_whoever_has_less_to_do(tmp_path: Path) -> None:
    two = [
        ATTORNEY | {"ref": ref, "capacity_cases": "4", "county": county}
        for ref, county in (("A-1", "Bernalillo"), ("A-2", ""))
    ]
    near = [case | {"county": "Bernalillo", "language": "en"} for case in WAITING]

    def lawyers(*more: str) -> list[str]:
        return sorted(each["attorney"] for each in teams(tmp_path, near, two, *more)["matches"])

    assert lawyers() == ["A-1", "A-1", "A-1"]
    assert lawyers("--spread", "40") == ["A-1", "A-1", "A-2"]


def test_the_written_problem_holds_floors_tiers_and_the_cost_of_places(tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    urgent = [WAITING[0] | {"detained": "yes"}, *WAITING[1:]]
    teams(tmp_path, urgent, LAWYERS, "--floor", "area:asylum=70%", "--spread", "40", "--problem", problem)

    written = json.loads(problem.read_text(encoding="utf-8"))
    assert written["floors"] == [{"cases": ["C-1", "C-2", "C-3"], "wanted": 3, "points": 2000.0}]
    assert [case.get("tier") for case in written["cases"]] == [1, None, None]
    assert written["volunteers"][0]["place_step"] == 20.0


@pytest.mark.parametrize(
    ("floor", "says"),
    [
        ("mam", "is no floor. Write it as language:mam=60%"),
        ("language=60%", "is no floor"),
        ("planet:mars=60%", "is nothing that cases are grouped by"),
        ("language:klingonese=60%", "is not a language that we know"),
        ("language:=60%", "Which language is meant?"),
        ("group:martian=60%", "Write one of English, Spanish, Indigenous, Other"),
        ("area:taxes=60%", "Write one of asylum, family"),
        ("language:ti=0%", "is no share"),
        ("language:ti=101%", "is no share"),
        ("language:ti=nan%", "is no share"),
        ("language:ti=much", "is no share"),
        ("language:ti=50%@-3", "are no points"),
        ("language:mam=50%", "The cases have en, ti."),
        ("county:Nowhere=50%", "The cases have Bernalillo."),
    ],
)
def test_a_floor_that_makes_no_sense_is_told_with_what_would_be_right(tmp_path: Path, floor: str, says: str) -> None:
    told = amparo_match(case_file(tmp_path, *WAITING), volunteer_file(tmp_path, *LAWYERS), *TODAY, "--floor", floor)

    assert told.exit_code == 2
    assert says in told.output


def test_two_floors_about_one_group_are_refused(tmp_path: Path) -> None:
    files = case_file(tmp_path, *WAITING), volunteer_file(tmp_path, *LAWYERS)
    told = amparo_match(*files, *TODAY, "--floor", "language:ti=50%", "--floor", "language:Tigrinya=70%")

    assert told.exit_code == 2
    assert "Two floors are about the same group" in told.output
