"""The table of what the engine must reach, on worlds of a few cases."""

from pathlib import Path

import msgspec
import pytest

from bench.__main__ import run
from bench.apart import apart
from bench.matching.command import main
from bench.matching.goals import Goal, Plan, Size
from bench.matching.lab import Lab, Limits, Trial, contradictions
from bench.matching.report import read
from bench.matching.rows import ROWS
from bench.matching.trials import OURS, SOLVERS
from bench.matching.waitlists import Preparing, Waitlist, prepare

pytestmark = pytest.mark.xdist_group("bench matching")  # the trials are made once, by one worker

TINY = Waitlist(seed=3, cases=24, attorneys=12, interpreters=8)
GENEROUS = Limits(ours=300, rival=300)
"""Seconds against hanging: every solver ends by itself, with a proof where it looks for one, and far sooner."""


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    """Every solver at one tiny waitlist."""
    with Lab(GENEROUS, tell=lambda line: None) as lab:
        lab.prepared(TINY, graph=True)
        return [lab.trial(TINY, solver) for solver in SOLVERS]


def test_every_solver_gives_an_answer_that_the_checker_accepts(trials: list[Trial]) -> None:
    assert {trial.solver for trial in trials} == set(SOLVERS)
    assert [trial.verdict for trial in trials] == ["feasible"] * len(SOLVERS)
    assert all(trial.spent.processor > 0 and trial.spent.mebibytes > 10 for trial in trials)
    assert all(0 < trial.served["all"] <= 1 for trial in trials)


def test_nobody_finds_more_than_the_engine_proves(trials: list[Trial]) -> None:
    assert contradictions(trials) == []
    (ours,) = (trial for trial in trials if trial.solver == OURS)
    too_low = msgspec.structs.replace(ours, bound=0.9 * ours.value)
    assert "proved no more" in contradictions([too_low, *trials])[0]
    fewer = msgspec.structs.replace(ours, tiers=[one - 1 for one in ours.tiers])
    assert "by tier" in contradictions([fewer, *trials])[0]


def test_a_figure_passes_where_all_its_values_do_or_at_least_their_median() -> None:
    assert Goal("gap", [0.1, 0.2], 0.3).mark == "PASS"
    assert Goal("gap", [0.1, 0.2, 0.9], 0.3).mark == "PASS (median)"
    assert Goal("value", [1.1, 1.0, 1.0], 1.05, least=True).mark == "short"
    assert Goal("value", [], 1.0).mark == "not measured"


def test_a_plan_scales_its_worlds_and_keeps_its_seeds() -> None:
    plan = Plan(seeds=(5, 6), scale=0.1, mentors=False)
    one, other = plan.waitlists(Size(200, 100, 50), hours=True)
    assert (one.seed, other.seed) == (5, 6)
    assert (one.cases, one.attorneys, one.interpreters, one.hours, one.mentors) == (20, 10, 5, True, False)


SCALES = {"hungarian": "0.003", "greedy-10000": "0.003", "candidates": "0.004", "large": "0.0003", "simulation": "0.06"}


@pytest.mark.parametrize("row", [row.name for row in ROWS])
def test_a_row_can_be_measured_alone_at_a_small_size(row: str, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    scale = SCALES.get(row, "0.015")
    main(["--rows", row, "--scale", scale, "--seeds", "3", "--rival-limit", "300", "--json", str(file)])
    (told,) = read(file)
    assert told.row == row
    assert told.faults == []
    assert told.lines
    assert all(line.mark != "WRONG" for line in told.lines)


def test_figures_of_rows_that_were_measured_apart_come_together_in_one_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    for row in ("explanation", "greedy-2000", "explanation"):
        main(["--rows", row, "--scale", "0.01", "--seeds", "3", "--json", str(file)])
    assert [told.row for told in read(file)] == ["explanation", "greedy-2000"]
    capsys.readouterr()
    main(["--show", str(file)])
    shown = capsys.readouterr().out
    assert "| value / greedy |" in shown
    assert "must reach" in shown


@pytest.mark.parametrize(
    ("words", "said"), [(["--rows", "nowhere"], "there is no row nowhere"), (["--scale", "-1"], "not above zero")]
)
def test_a_wrong_option_is_named(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(words)
    assert said in capsys.readouterr().err


def test_a_file_of_figures_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="There is no file"):
        main(["--show", str(tmp_path / "none.json")])
    (tmp_path / "odd.json").write_text("{}")
    with pytest.raises(SystemExit, match="not a file of figures"):
        main(["--show", str(tmp_path / "odd.json")])


def test_a_measurement_that_there_is_not_is_named_and_options_need_one_measurement() -> None:
    with pytest.raises(SystemExit, match="There is no measurement nothing"):
        run(["nothing"])
    with pytest.raises(SystemExit, match="Name the one measurement"):
        run(["--rows", "hours"])
    with pytest.raises(SystemExit, match="takes no options"):
        run(["recruiting", "--rows", "hours"])


def test_a_task_that_fails_in_its_own_process_is_told_with_what_it_was_asked(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="prepare ended with 1"):
        apart(prepare, Preparing(TINY, str(tmp_path / "nowhere")))
