"""Which plugins a name or a path means."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from core.errors import BadInput
from core.hookspecs import PROJECT
from core.host.finding import builtin_candidates, installed_candidates


class Subject(msgspec.Struct, frozen=True):
    """A plugin to be checked. ``places`` are searched for its module before everything else."""

    name: str
    module: str
    version: str = ""
    builtin: bool = False
    places: tuple[str, ...] = ()


def subjects_of(target: str, builtin: Sequence[str]) -> tuple[Subject, ...]:
    """The plugins of an installed or built-in name, or of a file, a package's folder or a project's folder.

    Raises BadInput, saying what there is, where the target is none of these.
    """
    if found := tuple(_named(target, builtin)):
        return found
    path = Path(target)
    if not path.exists():
        known = ", ".join(sorted({subject.name for subject in _known(builtin)}))
        raise BadInput(f"There is no plugin and no file named “{target}”. Name a file, a folder or one of: {known}.")
    return _at(path.resolve())


def _known(builtin: Sequence[str]) -> Iterator[Subject]:
    for one in builtin_candidates(builtin):
        yield Subject(one.name, one.module, one.version, builtin=True)
    for one in installed_candidates():
        yield Subject(one.name, one.module, one.version)


def _named(target: str, builtin: Sequence[str]) -> Iterator[Subject]:
    """By the plugin's name, its module or its distribution."""
    for one in builtin_candidates(builtin):
        if target in one.names:
            yield Subject(one.name, one.module, one.version, builtin=True)
    for one in installed_candidates():
        if target in one.names:
            yield Subject(one.name, one.module, one.version)


def _at(path: Path) -> tuple[Subject, ...]:
    if path.is_file():
        if path.suffix != ".py":
            raise BadInput(f"{path.name} is no Python file. Name a file such as plugin.py, or a folder.")
        return (_of_file(path),)
    if (path / "pyproject.toml").is_file():
        return _of_project(path)
    if (path / "__init__.py").is_file():
        return (_of_package(path),)
    raise BadInput(f"{path.name} is neither a project (pyproject.toml) nor a package (__init__.py).")


def _of_file(path: Path) -> Subject:
    """A file, by itself or as a module of the package that it lies in."""
    names, folder = [path.stem], path.parent
    while (folder / "__init__.py").is_file():
        names, folder = [folder.name, *names], folder.parent
    return Subject(path.stem, _checked(".".join(names)), places=(str(folder),))


def _of_package(path: Path) -> Subject:
    module = f"{path.name}.plugin" if (path / "plugin.py").is_file() else path.name
    return Subject(path.name, _checked(module), places=(str(path.parent),))


def _checked(module: str) -> str:
    if not all(part.isidentifier() for part in module.split(".")):
        raise BadInput(f"{module} cannot be imported: write names of letters, digits and underscores.")
    return module


def _of_project(path: Path) -> tuple[Subject, ...]:
    project = _project_table(path / "pyproject.toml")
    points = project.get("entry-points", {}).get(PROJECT, {}) if isinstance(project, dict) else {}
    if not isinstance(points, dict) or not points:
        raise BadInput(
            f"{path.name}/pyproject.toml names no plugin: add [project.entry-points.{PROJECT}] "
            'with a line such as our-bar = "our_bar.plugin".'
        )
    places = tuple(str(place) for place in (path / "src", path) if place.is_dir())
    version = str(project.get("version", ""))
    return tuple(Subject(name, str(value), version, places=places) for name, value in sorted(points.items()))


def _project_table(path: Path) -> Any:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")).get("project", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(f"{path.parent.name}/pyproject.toml cannot be read: {problem}.") from None
