"""``amparo simulate``: a year of arrivals in, a comparison of ways to choose out."""

import json
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.core.spreadsheets.sheets import case_file, volunteer_file
from web.cli import main

SMALL = ("--cases-per-week", 2, "--attorneys", 12, "--interpreters", 5, "--weeks", 6, "--seeds", 2)
SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 3, 2)


def amparo_simulate(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "140"}).invoke(main, ["simulate", *map(str, arguments)])


def of_all(found: dict[str, Any]) -> dict[str, Any]:
    (everything,) = (one for one in found["groups"] if one["group"] == "all cases")
    return dict(everything)


def test_a_made_up_clinic_is_replayed_under_every_policy(tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    told = amparo_simulate(*SMALL, "--json", out)

    assert told.exit_code == 0, told.output
    for words in ("Most urgent first", "Best of each week", "With prices", "In hindsight", "2 years of 6 weeks"):
        assert words in told.stdout
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["weeks"], found["busy_weeks"], len(found["years"])) == (6, 26, 2)
    assert set(of_all(found)["served"]) == {"greedy", "weekly", "priced", "hindsight"}
    for year in found["years"]:
        assert all(value <= year["bound"] * (1 + 1e-9) for value in year["groups"][0]["value"].values())


def test_the_groups_of_a_year_add_up_to_all_of_its_cases(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    amparo_simulate(*SMALL, "--json", out)

    for year in json.loads(out.read_text(encoding="utf-8"))["years"]:
        cases = {one["group"]: one["cases"] for one in year["groups"]}
        languages = sum(cases[group] for group in ("English", "Spanish", "Indigenous", "Other"))
        tiers = sum(cases[group] for group in ("urgent now", "urgent soon", "not urgent"))
        assert cases["all cases"] == languages == tiers


def test_the_same_question_has_the_same_answer(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"

    amparo_simulate(*SMALL, "--json", first)
    amparo_simulate(*SMALL, "--json", second)

    assert first.read_bytes() == second.read_bytes()


def test_the_picture_says_in_words_what_it_shows(tmp_path: Path) -> None:
    picture = tmp_path / "out.svg"

    told = amparo_simulate(*SMALL, "--plot", picture)

    assert told.exit_code == 0, told.output
    drawn = ET.parse(picture).getroot()
    title, words = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert drawn.attrib["role"] == "img"
    assert title is not None
    assert title.text == "2 years of 6 weeks, replayed week by week"
    assert words is not None
    assert "with prices serves" in str(words.text)
    shown = [text.text for text in drawn.iter(f"{SVG}text")]
    assert {"Most urgent first", "With prices", "Served, Indigenous", "100 %"} <= set(shown)


def received(*weeks_ago: int) -> list[dict[str, str]]:
    return [
        {"ref": f"C-{number}", "received": str(DAY - timedelta(weeks=weeks)), "language": "en"}
        for number, weeks in enumerate(weeks_ago)
    ]


def test_a_clinics_own_cases_come_in_the_weeks_in_which_they_were_received(tmp_path: Path) -> None:
    files = case_file(tmp_path, *received(0, 1, 3, 9)), volunteer_file(tmp_path, {"languages": "en:5"})
    out = tmp_path / "out.json"

    told = amparo_simulate(
        *files, "--weeks", 4, "--today", DAY, "--seeds", 1, "--start", "all-free", "--busy-weeks", 1, "--json", out
    )

    assert told.exit_code == 0, told.output
    everything = of_all(json.loads(out.read_text(encoding="utf-8")))
    assert everything["cases"]["median"] == 3
    assert everything["served"]["weekly"]["median"] == 1.0
    assert "Cases served, 1 year of 4 weeks " in told.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("cases.csv",), "needs a file of volunteers beside it"),
        (("cases.csv", "volunteers.csv", "--attorneys", "3"), "make a clinic up"),
        (("--today", "2026-03-02"), "--today counts for your own files only"),
        (("--cases-per-week", "0.1", "--weeks", "2", "--seeds", "1"), "Ask for more --cases-per-week or --weeks"),
        (("--weeks", "1"), "1 is not in the range"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_what_would(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    told = amparo_simulate(*arguments)

    assert told.exit_code == 2
    assert sentence in told.stderr


def test_cases_that_all_came_in_one_week_are_no_year_to_replay(tmp_path: Path) -> None:
    files = case_file(tmp_path, *received(0, 0)), volunteer_file(tmp_path, {})

    told = amparo_simulate(*files, "--weeks", 8, "--today", DAY)

    assert told.exit_code == 2
    assert "in which a case was received" in told.stderr


def test_a_clinic_that_can_serve_nobody_says_so(tmp_path: Path) -> None:
    files = case_file(tmp_path, *received(0, 1, 2)), volunteer_file(tmp_path, {"practice": "citizenship:1"})

    told = amparo_simulate(*files, "--weeks", 8, "--today", DAY, "--seeds", 1)

    assert told.exit_code == 0, told.output
    assert "No case could be served in any week." in " ".join(told.stdout.split())


def _hear_interrupts() -> None:
    """As at a terminal: a suite that runs in the background hands its deafness to Ctrl-C on to its programs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_who_interrupts_a_replay_finds_nothing_half_written(tmp_path: Path) -> None:
    cases, volunteers = tmp_path / "cases.csv", volunteer_file(tmp_path, {})
    rows = "".join(f"C-{n};asylum;es;{DAY - timedelta(days=n % 300)}\n" for n in range(600))
    cases.write_text(f"ref;practice_area;language;received\n{rows}")
    command = [sys.executable, "-m", "web.cli", "simulate", str(cases), str(volunteers), "--today", str(DAY)]
    command += ["--json", str(tmp_path / "out.json"), "--seeds", "1000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=_hear_interrupts) as running:
        assert running.stderr is not None
        assert "Separator: semicolon." in running.stderr.readline()  # it has read the files and begins

        running.send_signal(signal.SIGINT)

        assert "Stopped before the end. Nothing is half-written." in running.stderr.read()
    assert running.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.csv", "volunteers.csv"]
