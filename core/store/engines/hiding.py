"""What somebody who is screened off a case does not read: every row of it, whoever asks for it and by whatever query.

Pages, lists, counts, searches, exports and reports of many rooms read cases, and each would have to remember. So the
engines leave the rows out of every read outside a transaction, ``core.queries.reading`` leaves their references out of
what runs of the matcher said of other cases, and ``core.store.audit`` refuses the event of every change. Within a
transaction all rows are there: capacity, conflicts and unique references are true for everybody.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Final
from uuid import UUID

from piccolo.columns import ForeignKey
from piccolo.table import Table

from core import tables as t

NOTHING: Final = frozenset[UUID]()
_hidden: ContextVar[frozenset[UUID]] = ContextVar("hidden_cases", default=NOTHING)
_names: ContextVar[re.Pattern[str] | None] = ContextVar("names_of_hidden_cases", default=None)
ANOTHER: Final = "another case"
"""What stands for the reference of a hidden case in what was written about others."""

CASE: Final = t.Case._meta.tablename
CLAUSES: Final = "WHERE|ON|JOIN|LEFT|RIGHT|INNER|CROSS|FULL|GROUP|ORDER|LIMIT|UNION|HAVING|FOR|AS|USING|SET"
_ALIAS: Final = rf'(?:\s+(?:AS\s+)?("[^"]+"|(?!(?:{CLAUSES})\b)[A-Za-z_]\w*))?'


def hide(cases: frozenset[UUID], references: Iterable[str] = ()) -> None:
    """Leave these cases, which have these references, out of everything that is read for the rest of this request."""
    _hidden.set(cases)
    listed = "|".join(map(re.escape, sorted(references)))
    _names.set(re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])") if listed else None)


def hidden() -> frozenset[UUID]:
    """The cases that are left out now."""
    return _hidden.get()


def names_any() -> bool:
    """Whether there are references that nothing may name now."""
    return _names.get() is not None


def unnamed(value: Any) -> Any:
    """Decoded JSON in which no text names a hidden case: the matcher tells of one case by others."""
    names = _names.get()
    if names is None:
        return value
    if isinstance(value, str):
        return names.sub(ANOTHER, value)
    if isinstance(value, list):
        return [unnamed(one) for one in value]
    if isinstance(value, dict):
        return {key: unnamed(one) for key, one in value.items()}
    return value


@contextmanager
def seeing_all() -> Iterator[None]:
    """Read every case within: for a check that must not miss one, and shows none of it."""
    token = _hidden.set(NOTHING)
    try:
        yield
    finally:
        _hidden.reset(token)


def visible(sql: str) -> str:
    """A reading statement without the rows of hidden cases; the statement itself where nothing is hidden."""
    cases = _hidden.get()
    return _left_out(sql, cases) if cases else sql


def _left_out(sql: str, cases: frozenset[UUID]) -> str:
    listed = ", ".join(f"'{case}'" for case in sorted(cases))

    def without(found: re.Match[str]) -> str:
        clause, name, alias = found.group(1), found[2].lower(), found[3]
        kept = f"(SELECT * FROM {name} WHERE NOT ({bound()[name].format(cases=listed)}))"  # noqa: S608 -- constants, ids
        called = alias or f'"{name}"'
        return f"{clause} {kept} AS {called}"

    return _references().sub(without, sql)


@cache
def _references() -> re.Pattern[str]:
    names = "|".join(sorted(bound(), key=len, reverse=True))
    return re.compile(rf'\b(FROM|JOIN)\s+"?({names})\b"?{_ALIAS}', re.IGNORECASE)


@cache
def bound() -> dict[str, str]:
    """The tables whose rows belong to cases, each with the condition that one belongs to ``{cases}``.

    Found by the foreign keys, so that a new table is covered by being there; and by ``path`` where a row only leads to
    the page of a case or of its match.
    """
    conditions = {CASE: "id IN ({cases})"}
    for table in t.TABLES:
        name = table._meta.tablename
        if name != CASE and (said := [*_by_keys(table, conditions), *_by_path(table)]):
            conditions[name] = " OR ".join(said)
    return conditions


def _by_keys(table: type[Table], known: dict[str, str]) -> Iterator[str]:
    for column in table._meta.foreign_key_columns:
        target = _target(column)
        key = f'"{column._meta.db_column_name}"'
        if target is t.Case:
            yield f"COALESCE({key} IN ({{cases}}), FALSE)"
        elif target is not table and (condition := known.get(target._meta.tablename)):
            named = target._meta.primary_key._meta.db_column_name
            rows = f"SELECT {named} FROM {target._meta.tablename} WHERE {condition}"  # noqa: S608 -- constants
            yield f"COALESCE({key} IN ({rows}), FALSE)"


def _target(column: ForeignKey) -> type[Table]:  # type: ignore[type-arg]  # -- whatever it refers to
    target: type[Table] = column._foreign_key_meta.resolved_references  # noqa: SLF001 -- the library has no other name
    return target


def _by_path(table: type[Table]) -> Iterator[str]:
    if any(column._meta.name == "path" for column in table._meta.columns):
        for name, place in ((CASE, "id"), ("case_match", '"case"')):
            yield (
                f"EXISTS (SELECT 1 FROM {name} led WHERE led.{place} IN ({{cases}}) "  # noqa: S608 -- constants
                "AND path LIKE '%' || CAST(led.id AS TEXT) || '%')"
            )
