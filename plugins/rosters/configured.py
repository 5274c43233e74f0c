"""The rosters that a clinic has described: one TOML file, a table for each, and no secret in it."""

import os
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec

from amparo import AmparoError, ColumnMapping, Settings, Standing
from plugins.rosters.presets import PRESETS

KINDS: Final = ("folder", "json", "sftp")
NEARBY: Final = ("localhost", "127.0.0.1", "::1")


class Described(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is told of every roster: whose it is, how often it is read, and what its columns and words mean."""

    name: str
    title: str
    bar: str
    every_hours: float = 24.0
    columns: dict[str, str] = {}
    statuses: dict[str, Standing] = {}
    number_length: int = 0


Told = TypeVar("Told", bound=Described)


class Source(Generic[Told]):
    """A roster as it was described. ``as_of`` is how old what was read last is, where its source tells."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.name, self.title, self.bar = told.name, told.title, told.bar
        self.every = timedelta(hours=told.every_hours)
        self.mapping = ColumnMapping(told.columns, told.statuses, told.number_length)
        self.as_of: datetime | None = None


def described(settings: Settings, kind: str, form: type[Told]) -> tuple[Told, ...]:
    """The rosters of one kind in the file that ``AMPARO_ROSTERS`` names; raise AmparoError for what is wrong in it."""
    if not settings.rosters:
        return ()
    path = Path(settings.rosters)
    return tuple(
        _formed(path, name, {key: value for key, value in table.items() if key != "kind"}, form)
        for name, table in _tables(path).items()
        if table["kind"] == kind
    )


def _tables(path: Path) -> dict[str, dict[str, Any]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise AmparoError(f"AMPARO_ROSTERS: {path} cannot be read: {problem.strerror}.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise AmparoError(f"AMPARO_ROSTERS: {path} is no TOML: {problem}.") from problem
    for name, table in tables.items():
        if not isinstance(table, dict) or table.get("kind") not in KINDS:
            raise AmparoError(f"AMPARO_ROSTERS: {path}: {name}: write [{name}] and its kind: {', '.join(KINDS)}.")
    return tables


def _formed(path: Path, name: str, table: Mapping[str, Any], form: type[Told]) -> Told:
    preset = table.get("preset", "")
    if preset and preset not in PRESETS:
        raise AmparoError(f"AMPARO_ROSTERS: {path}: {name}: there is no preset {preset}; choose {', '.join(PRESETS)}.")
    own = {key: value for key, value in table.items() if key != "preset"}
    usual = {key: value for key, value in PRESETS.get(preset, {}).items() if key in form.__struct_fields__}
    try:
        return msgspec.convert({"name": name, **usual, **own}, form)
    except msgspec.ValidationError as problem:
        raise AmparoError(f"AMPARO_ROSTERS: {path}: {name}: {problem}.") from problem


def secret(variable: str) -> str:
    """A secret from the environment; raise AmparoError where it is not set."""
    value = os.environ.get(variable, "").strip()
    if not value:
        raise AmparoError(f"The environment variable {variable} is not set. Set it to the secret and try again.")
    return value
