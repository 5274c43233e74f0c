"""Tables that remember how the questions to them are written.

Piccolo writes a query anew each time that it is asked: each column, each join, each condition. That is most of what a
short query costs. A program asks the same few hundred questions again and again, and only the values are others.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from piccolo.columns import And, Column, Or, Where
from piccolo.columns.combination import UNDEFINED
from piccolo.query import Select as PiccolosSelect
from piccolo.querystring import QueryString, Selectable
from piccolo.table import Table as PiccolosTable

REMEMBERED: Final = 2048
"""How many questions are remembered: more than there are, but for lists of ever other lengths."""
_written: dict[tuple[object, ...], tuple[str, list[Column]]] = {}
"""How each question is written, and the columns that it is known by, so that none makes room for another one."""


class Unfamiliar(Exception):
    """Part of a query may be written otherwise the next time although it looks the same. Piccolo can write it."""


class Question:
    """What a query asks, told apart from the values in it, which are in the order in which they are written."""

    def __init__(self, query: "Select") -> None:
        """Unfamiliar where the query has a part that is not known here."""
        if query.is_rare():
            raise Unfamiliar
        self.columns: list[Column] = []
        self.values: list[Any] = []
        condition, order = query.where_delegate._where, query.order_by_delegate._order_by.order_by_items
        limit, offset = query.limit_delegate._limit, query.offset_delegate._offset
        self.key = (
            query.engine_type,
            query.table,
            self._names(query.columns_delegate.selected_columns or query.table._meta.columns),
            condition and self._asked(condition),
            tuple((item.ascending, self._names(item.columns)) for item in order),
            limit and limit.number,
            offset and offset.number,
        )

    def _names(self, columns: Iterable[Any]) -> tuple[object, ...]:
        """Columns by their identity: Piccolo takes all that are called the same for equal."""
        for column in columns:
            if type(column).get_select_string is not Column.get_select_string:
                raise Unfamiliar
            self.columns.append(column)
        return tuple(_called(column) if column._alias else id(column) for column in columns)

    def _asked(self, condition: Any) -> tuple[object, ...]:
        kind = type(condition)
        if kind is And or kind is Or:
            return kind, self._asked(condition.first), self._asked(condition.second)
        if kind is not Where:
            raise Unfamiliar
        one = [] if condition.value is UNDEFINED else [condition.value]
        many = [] if condition.values is UNDEFINED else condition.values
        return condition.operator, self._names((condition.column,)), self._places(one), self._places(many)

    def _places(self, values: object) -> int:
        if not isinstance(values, list) or any(Selectable in type(value).__mro__ for value in values):
            raise Unfamiliar
        self.values += values
        return len(values)


def _called(column: Column) -> tuple[object, ...]:
    """One with an alias is copied for each query, so it is known by all that is written of it."""
    meta = column._meta
    return column._alias, meta.db_column_name, meta.table, *map(id, meta.call_chain)


class Whole(QueryString):
    """A statement that has nothing but values in its places."""

    def process_args(self, args: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Column]]:
        """Piccolo looks for columns among them."""
        return args, ()


class Select(PiccolosSelect[Any]):
    """Piccolo's, put together once for all queries that differ in nothing but their values."""

    def is_rare(self) -> bool:
        """Whether it has something that is asked for too seldom to be remembered."""
        return bool(
            self._frozen_querystrings
            or self.exclude_secrets
            or self.as_of_delegate._as_of
            or self.distinct_delegate._distinct.enabled
            or self.group_by_delegate._group_by
            or self.having_delegate._where
            or self.lock_rows_delegate._lock_rows
        )

    @property
    def querystrings(self) -> Sequence[QueryString]:
        """The statement that Piccolo would write."""
        try:
            asked = Question(self)
        except Unfamiliar:
            return super().querystrings
        if known := _written.get(asked.key):
            chosen = self.columns_delegate
            chosen.selected_columns = chosen.selected_columns or self.table._meta.columns  # by these JSON is loaded
            return [Whole(known[0], *asked.values)]
        (query,) = super().querystrings
        if len(_written) >= REMEMBERED:
            _written.clear()
        _written[asked.key] = _flat(query), asked.columns
        return [query]


def _flat(query: QueryString) -> str:
    """The template of a query and of all those within it."""
    _, parts, _ = query.bundle()
    return "".join(part.prefix + "{}" * (not part.no_arg) for part in parts)


class Table(PiccolosTable):
    """Piccolo's, with that way to select rows."""

    @classmethod
    def select(cls, *columns: Selectable | str, exclude_secrets: bool = False) -> Select:
        """A query for these columns, or for all of them."""
        return Select(cls, columns, exclude_secrets)


delattr(Table, "id")  # Piccolo gives every table a key, and each of ours would inherit this one
