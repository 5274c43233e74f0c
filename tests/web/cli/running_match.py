"""Runs ``amparo match`` on small files."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.core.spreadsheets.sheets import case_file, volunteer_file
from web.cli import main

TODAY = ("--today", "2026-03-02")


def amparo_match(*arguments: object) -> Result:
    """What the command says."""
    return CliRunner().invoke(main, ["match", *map(str, arguments)])


def teams(folder: Path, cases: list[dict[str, Any]], volunteers: list[dict[str, Any]], *more: object) -> Any:
    """The JSON that two small files lead to."""
    out = folder / "out.json"
    files = case_file(folder, *cases), volunteer_file(folder, *volunteers)
    told = amparo_match(*files, "--json", out, *TODAY, *more)
    assert told.exit_code == 0, told.output
    return json.loads(out.read_text(encoding="utf-8"))
