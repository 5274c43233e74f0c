"""The habits that keep the house readable, each measured over every tracked file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tracked import CODE, public_definitions, python_files, text_of, tracked_files

LONGEST_MODULE = 300
READABLE = {".py", ".md", ".toml", ".html", ".css", ".js", ".sh", ".txt", ".po", ".csv", ""}

# Spelt with a bracket so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|raise NotImpl[e]mented")
HOW_IT_WAS_MADE = re.compile(
    r"\b(Cl[a]ude|Chat[G]PT|L[L]Ms?|AI assist[a]nt|sub[a]gents?|this s[e]ssion wrote|as an A[I]|prompt[e]d by)\b"
)
A_MACHINE = re.compile(r"/w[o]rk/|/r[o]ot/|/home/[a-z]+/|/tmp/pr[o]be")
SILENCED_WITHOUT_A_REASON = re.compile(r"#\s*(type:\s*ignor[e]|noq[a])(?!.*--\s*\w)")
WAITING = re.compile(r"\b(time|asyncio|anyio)\.sl[e]ep\((?!0\))")
PASSED_OVER = re.compile(r"pytest\.mark\.(sk[i]p|xf[a]il)|pytest\.sk[i]p\(|unittest\.m[o]ck")


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> Iterator[str]:
    for path in paths:
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if pattern.search(line):
                yield f"{path}:{number}: {line.strip()[:100]}"


def readable_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix in READABLE]


def test_a_module_is_read_without_scrolling_far() -> None:
    lengths = {str(path): len(text_of(path).splitlines()) for path in python_files(*CODE)}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_nothing_is_left_unfinished() -> None:
    assert list(lines_with(UNFINISHED, readable_files())) == []


def test_the_house_speaks_of_its_purpose_and_not_of_how_it_was_made() -> None:
    assert list(lines_with(HOW_IT_WAS_MADE, readable_files())) == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert list(lines_with(A_MACHINE, readable_files())) == []


def test_a_silenced_check_gives_its_reason() -> None:
    assert list(lines_with(SILENCED_WITHOUT_A_REASON, python_files(*CODE, "tests/"))) == []


def test_tests_wait_for_events_and_never_for_time() -> None:
    assert list(lines_with(WAITING, python_files("tests/"))) == []


def test_tests_run_the_real_thing_and_pass_nothing_over() -> None:
    assert list(lines_with(PASSED_OVER, python_files("tests/"))) == []


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    silent = [
        f"{path}:{found.lineno}: {found.name}"
        for path in python_files("amparo", "core/", "matching/", "plugins/")
        if "tests" not in path.parts
        for found in public_definitions(path)
        if not ast.get_docstring(found)
    ]
    assert silent == []


def test_every_test_folder_is_a_package() -> None:
    folders = {path.parent for path in python_files("tests/")}

    assert [str(folder) for folder in sorted(folders) if folder / "__init__.py" not in tracked_files()] == []
