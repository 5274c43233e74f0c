"""What a plugin's source says without being run: for one that cannot even be imported."""

import ast
from importlib.util import find_spec
from pathlib import Path

from core.versions import DECLARED_BY


def declared_in_source(module: str) -> str | None:
    """For which version of amparo a module says it was written; None where its source does not tell."""
    try:
        spec = find_spec(module.partition(":")[0])
        source = Path(spec.origin).read_bytes() if spec and spec.origin else b""
        tree = ast.parse(source)
    except Exception:  # isolation boundary: finding a module imports the packages that it lies in
        return None
    return next((text for node in tree.body if (text := _declared(node)) is not None), None)


def _declared(node: ast.stmt) -> str | None:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    named = any(isinstance(target, ast.Name) and target.id == DECLARED_BY for target in targets)
    value = node.value if named and isinstance(node, ast.Assign | ast.AnnAssign) else None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
