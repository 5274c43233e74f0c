"""References between tables, as quick to ask as other columns."""

from typing import Any, Final, Self, TypeVar

from piccolo.columns import Column
from piccolo.columns import ForeignKey as PiccolosForeignKey
from piccolo.table import Table

Referenced = TypeVar("Referenced", bound=Table)

ITS_OWN: Final = frozenset(dir(PiccolosForeignKey))
JOINED: Final = "_joined"
"""Where a reference keeps the columns that were asked for through it."""


class ForeignKey(PiccolosForeignKey[Referenced]):
    """Piccolo's, without a look through all its attributes each time that one of its own is wanted.

    Any attribute of a reference may be a column of the table it refers to, so Piccolo lists them all first, and then
    copies the column, which has to know the way to it; where that is a reference too, it copies the columns of both
    tables. A query wants methods of the reference itself, dozens of times, and the same columns again and again. So
    the former are told from the latter at once, and a column is copied once: nobody changes one that has its way.
    """

    def __getattribute__(self, name: str) -> Any:
        """A method or value of its own at once; a column of the other table as Piccolo gives it."""
        if name in ITS_OWN:
            value = object.__getattribute__(self, name)
            if Column not in type(value).__mro__:
                return value
        known: dict[str, Any] = object.__getattribute__(self, "__dict__").setdefault(JOINED, {})
        if name not in known:
            value = super().__getattribute__(name)
            if not isinstance(value, Column):
                return value
            known[name] = value
        return known[name]

    def copy(self) -> Self:
        """A copy may be reached another way, so it has columns of its own."""
        column: Self = super().copy()  # type: ignore[assignment]  # -- Piccolo tells of the class only
        column.__dict__.pop(JOINED, None)
        return column
