"""What a plugin's source imports of ours: ``amparo`` is promised to stay, everything else may move any day."""

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from core.conformance.outcome import Advice, Wrong

OURS: Final = frozenset(("bench", "core", "matching", "plugins", "web"))
TEST_KIT: Final = "amparo_testing"
NOT_SHIPPED: Final = frozenset(("tests", "test"))


def require_only_the_door(module: str) -> None:
    """Read every source file of a module's package; raise Wrong where one imports a room of ours."""
    for path in sources_of(module):
        for line, name in _imported(path):
            if name in OURS:
                raise Wrong(
                    f"{path.name} line {line} imports {name}, which may change any day.",
                    "Import amparo and nothing else of ours. What is missing there, ask us for.",
                )
            if name == TEST_KIT:
                raise Advice(
                    f"{path.name} line {line} imports {TEST_KIT}, which needs pytest.",
                    "Use the test kit in tests only: where a clinic runs there is no pytest.",
                )


def sources_of(module: str) -> list[Path]:
    """The source files of the package, or the single module, that a module belongs to; empty where there are none."""
    spec = find_spec(module.partition(".")[0])
    folders = [Path(place) for place in spec.submodule_search_locations or ()] if spec else []
    if folders:
        found = (path for folder in folders for path in sorted(folder.rglob("*.py")))
        return [path for path in found if not NOT_SHIPPED & set(path.parent.parts[len(folders[0].parts) :])]
    return [Path(spec.origin)] if spec and spec.origin and spec.origin.endswith(".py") else []


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    """The top-level names that a file imports, with their lines."""
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except SyntaxError as problem:
        raise Wrong(f"{path.name} line {problem.lineno} is no Python: {problem.msg}.", "Correct it.") from None
    for node in ast.walk(tree):
        for name in _names(node):
            yield getattr(node, "lineno", 0), name.partition(".")[0]


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module] if node.module and node.level == 0 else []
    if isinstance(node, ast.Call) and _called(node.func) in ("import_module", "__import__") and node.args:
        first = node.args[0]
        return [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
    return []


def _called(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")
