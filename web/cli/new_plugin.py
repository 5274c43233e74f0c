"""``amparo new-plugin``: a package that installs, is found and passes its own tests, to begin with."""

import keyword
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from core.errors import BadInput

PATTERN: Final = Path(__file__).parent / "data" / "new_plugin"
"""The package that is copied. It is a working one, named ``our-bar``."""
PATTERN_NAME: Final = "our-bar"
NOTHING: Final = "Nothing was written."
LONGEST_NAME: Final = 60
GOOD_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@click.command("new-plugin")
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The folder in which the package's own folder is made. [default: here]",
)
def new_plugin(name: str, into: Path) -> None:
    """Write a package for a plugin: one rule and one roster as an example, with tests and a README.

    NAME is the name of the package, such as our-bar. It can be installed at once, and its tests pass. A folder that is
    there already is left as it is.
    """
    module = module_of(name)
    if not into.is_dir():
        raise BadInput(f"There is no folder {into}. Make it first. {NOTHING}")
    folder = into / name
    if folder.exists() or folder.is_symlink():
        raise BadInput(f"{folder} is there already. Choose another name or another place. {NOTHING}")
    write(folder, name, module)
    click.echo(f"Wrote {folder}. Next:\n\n  cd {folder}\n  pip install --editable .")
    click.echo(f"  amparo check-plugin {name}\n  pytest")


def module_of(name: str) -> str:
    """The name of the module for a package's name; raise BadInput, saying what would be right, where it is no name."""
    if not GOOD_NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise BadInput(
            f"“{name}” is no name for a package: write small letters, digits and single hyphens, a letter first, "
            f"at most {LONGEST_NAME} characters, such as {PATTERN_NAME}. {NOTHING}"
        )
    module = name.replace("-", "_")
    if keyword.iskeyword(module) or module in sys.stdlib_module_names:
        raise BadInput(f"Python itself uses the name {module}. Choose another, such as {name}-bar. {NOTHING}")
    if module in ("tests", "src") or find_spec(module) is not None:
        raise BadInput(f"Another module is named {module}. Choose another, such as {name}-bar. {NOTHING}")
    return module


def write(folder: Path, name: str, module: str) -> None:
    """Write the package whole or not at all: beside its place first, then it is moved there."""
    words = {"gitignore": ".gitignore", PATTERN_NAME: name, "our_bar": module, "OUR_BAR": module.upper()}
    with _beside(folder) as draft:
        for source in sorted(PATTERN.rglob("*")):
            if source.is_file() and "__pycache__" not in source.parts:
                place = draft / _renamed(str(source.relative_to(PATTERN)), words)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(_renamed(source.read_text(encoding="utf-8"), words), encoding="utf-8")


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    try:
        room = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as problem:
        raise BadInput(f"Nothing can be written to {folder.parent}: {problem.strerror}.") from problem
    try:
        draft = room / folder.name
        draft.mkdir()
        yield draft
        draft.rename(folder)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _renamed(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text
