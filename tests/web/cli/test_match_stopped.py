"""Ctrl-C ends ``amparo match`` wherever it is; a plugin that wants to end it does not."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.spreadsheets.sheets import case_file, volunteer_file
from tests.plugins_for_tests.shelf import Shelf
from tests.web.cli.running_match import TODAY, amparo_match

RULE = """
import signal

@rule(role="attorney", reads=(), blocks="odd")
def odd(case, volunteers):
    "Odd."
    {act}
    return np.ones(volunteers.n, dtype=bool)

@hookimpl
def amparo_rules():
    return (odd,)
"""
OUTSIDE = f"import os; os.getpid() == {os.getpid()} and "
"""In the command's own process, which asks the rules for --problem, and not in that of the run."""


@pytest.fixture
def hears_interrupts() -> Iterator[None]:
    """As at a terminal: a suite that a shell runs in the background is deaf to Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def guest(shelf: Shelf, act: str) -> None:
    """Install a plugin with a rule that does something before it answers."""
    shelf.module("odd_bar", RULE.format(act=act))
    shelf.distribution("odd-bar", points="odd = odd_bar")


@pytest.mark.usefixtures("hears_interrupts")
def test_ctrl_c_while_a_rule_is_asked_ends_the_command_and_nothing_is_written(tmp_path: Path, shelf: Shelf) -> None:
    guest(shelf, OUTSIDE + "signal.raise_signal(signal.SIGINT)")
    out = tmp_path / "problem.json"

    told = amparo_match(case_file(tmp_path, {}), volunteer_file(tmp_path, {}), "--problem", out, *TODAY)

    assert told.exit_code == 130
    assert "Stopped before the end. Nothing is half-written." in told.stderr
    assert not out.exists()


def test_a_rule_that_wants_to_end_the_program_counts_as_failed(tmp_path: Path, shelf: Shelf) -> None:
    guest(shelf, "sys.exit(3)")
    out = tmp_path / "problem.json"

    told = amparo_match(case_file(tmp_path, {}), volunteer_file(tmp_path, {}), "--problem", out, *TODAY)

    assert told.exit_code == 0
    assert "0 of 1 cases have a team" in told.stdout
    assert "could not answer: SystemExit" in told.stderr
    assert out.exists()
