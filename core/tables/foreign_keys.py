"""References between tables, as quick to ask as other columns."""

from typing import Any, Final, TypeVar

from piccolo.columns import Column
from piccolo.columns import ForeignKey as PiccolosForeignKey
from piccolo.table import Table

Referenced = TypeVar("Referenced", bound=Table)

ITS_OWN: Final = frozenset(dir(PiccolosForeignKey))


class ForeignKey(PiccolosForeignKey[Referenced]):
    """Piccolo's, without a look through all its attributes each time that one of its own is wanted.

    Any attribute of a reference may be a column of the table it refers to, so Piccolo lists them all first. A query
    wants methods of the reference itself, dozens of times: a tenth of the demo's making went into that.
    """

    def __getattribute__(self, name: str) -> Any:
        """A method or value of its own at once; a column of the other table as Piccolo gives it."""
        if name in ITS_OWN:
            value = object.__getattribute__(self, name)
            if not isinstance(value, Column):
                return value
        return super().__getattribute__(name)
