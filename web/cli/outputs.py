"""Writing results: whole or not at all, and checked before the work begins whether it will be possible."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from core.errors import AmparoError, BadInput

STANDARD_OUTPUT: Final = "-"


class NotWritten(AmparoError):
    """A result could not be written. No file was changed."""


def check_outputs(outputs: Sequence[str | None], inputs: Sequence[Path]) -> None:
    """Raise BadInput where an output cannot be written, is named twice or is one of the inputs."""
    given = [output for output in outputs if output is not None]
    if len(set(map(_place, given))) < len(given):
        raise BadInput("Two results cannot go to the same place. Give each a file of its own. Nothing was written.")
    for output in given:
        if output != STANDARD_OUTPUT:
            _check(Path(output), inputs)


def _place(output: str) -> str:
    return output if output == STANDARD_OUTPUT else str(Path(output).resolve())


def _check(path: Path, inputs: Sequence[Path]) -> None:
    if any(path.resolve() == each.resolve() for each in inputs):
        raise BadInput(f"{path} is one of the files to read. Give another name. Nothing was written.")
    if path.is_dir():
        raise BadInput(f"{path} is a folder. Give the name of a file in it. Nothing was written.")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}. Make it first. Nothing was written.")
    blocked = path if path.exists() and not os.access(path, os.W_OK) else folder
    if not os.access(blocked, os.W_OK):
        raise BadInput(f"{blocked} may not be written to. Give another place. Nothing was written.")


def write_outputs(results: Mapping[str, bytes]) -> None:
    """Write every result whole: beside its place first, then all are moved there. Raises NotWritten."""
    files = {Path(place).resolve(): data for place, data in results.items() if place != STANDARD_OUTPUT}
    waiting: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            waiting[path] = _beside(path, data)
        for path, temporary in waiting.items():
            temporary.replace(path)
    except OSError as problem:
        raise NotWritten(f"The result could not be written: {problem.strerror or problem}.") from problem
    finally:
        for path, temporary in waiting.items():
            if temporary != path:
                temporary.unlink(missing_ok=True)
    if STANDARD_OUTPUT in results:
        click.echo(results[STANDARD_OUTPUT], nl=False)


def _beside(path: Path, data: bytes) -> Path:
    """Write a temporary file in the same folder; what is no regular file (a pipe, a device) is written directly."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return path
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
