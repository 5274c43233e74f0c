"""The files of the house as version control knows them, and the functions inside them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("amparo.py", "amparo_testing.py", "bench/", "core/", "matching/", "plugins/", "tools/", "web/")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every tracked file that exists, relative to the root."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return tuple(path for name in listed.stdout.split("\0") if name and (ROOT / (path := Path(name))).is_file())


def python_files(*prefixes: str) -> list[Path]:
    """The tracked Python files under any of the prefixes, migrations left out: those are generated history."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py" and path.as_posix().startswith(prefixes) and "migrations" not in path.parts
    ]


def text_of(path: Path) -> str:
    """The file's text."""
    return (ROOT / path).read_text(encoding="utf-8")


def public_definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions and classes at the top of a module."""
    for node in ast.parse(text_of(path)).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield node
