"""Types of the two modules that partners import: a module at the top cannot say that it is typed, a stub package can.

``python -m tools.stubs`` writes ``amparo-stubs`` and ``amparo_testing-stubs`` (PEP 561) from ``amparo.py`` and
``amparo_testing.py``; a test says when that has to be done again.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
MODULES: Final = ("amparo", "amparo_testing")
HEAD: Final = "# Written by `python -m tools.stubs` from {module}.py: change that, not this.\n"


def place_of(module: str) -> Path:
    """Where the stub of a module is kept."""
    return ROOT / f"{module}-stubs" / "__init__.pyi"


def stub_of(module: str) -> str:
    """The stub of a module: what it imports, its public names, and signatures without bodies."""
    tree = ast.parse((ROOT / f"{module}.py").read_text(encoding="utf-8"))
    public = _used(ast.Module([node for found in tree.body for node in _shown(found)], []))
    return HEAD.format(module=module) + ast.unparse(ast.fix_missing_locations(public)) + "\n"


def _used(stub: ast.Module) -> ast.Module:
    """The stub without imports that only the bodies needed: it need not follow every change of ours."""
    told = {node.value for node in ast.walk(stub) if isinstance(node, ast.Constant)}
    told |= {node.id for node in ast.walk(stub) if isinstance(node, ast.Name)}
    for node in stub.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            node.names = [alias for alias in node.names if (alias.asname or alias.name) in told]
    return ast.Module([node for node in stub.body if getattr(node, "names", True)], [])


def _shown(node: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign):
        yield node
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.name == "__init__" or node.name[0] != "_"):
        yield _without_body(node)
    elif isinstance(node, ast.ClassDef):
        node.body = [*_attributes(node), *(part for found in node.body for part in _shown(found))]
        yield node


def _without_body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
    """The signature alone. What yields is no coroutine function for its callers: it is called and iterated over."""
    yields = any(isinstance(inner, ast.Yield) for inner in ast.walk(node))
    node.body = [ast.Expr(ast.Constant(...))]
    if isinstance(node, ast.AsyncFunctionDef) and yields:
        return ast.FunctionDef(node.name, node.args, node.body, node.decorator_list, node.returns)
    return node


def _attributes(node: ast.ClassDef) -> Iterator[ast.stmt]:
    """What ``__init__`` declares of itself, as attributes of the class."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.AnnAssign) and isinstance(inner.target, ast.Attribute):
            yield ast.AnnAssign(ast.Name(inner.target.attr), inner.annotation, None, 1)


def main() -> None:
    """Write the stubs."""
    for module in MODULES:
        place_of(module).parent.mkdir(exist_ok=True)
        place_of(module).write_text(stub_of(module), encoding="utf-8")
        print(f"Wrote {place_of(module).relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
