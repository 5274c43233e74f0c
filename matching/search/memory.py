"""Answers remembered up to a size: the ones asked for longest ago are forgotten first, and asked for again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, Generic, TypeVar

from numpy.typing import NDArray

Column = TypeVar("Column", bound=NDArray[Any])
MOST_BYTES: Final = 192 * 2**20
"""What the answers of rules may take, and those of scorers: tens of thousands of rules' answers about 75,000
volunteers, or three hundred scorers' answers, which come in the order in which they are needed again."""


class Remembered(Generic[Column]):
    """Columns by what they answer to."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._columns: OrderedDict[Hashable, Column] = OrderedDict()
        self._most, self._bytes = most, 0

    def get(self, key: Hashable, ask: Callable[[], Column]) -> Column:
        """The column of a key, asked for where it is not known."""
        found = self._columns.get(key)
        if found is None:
            found = ask()
            self._columns[key] = found
            self._bytes += _size(found)
            while self._bytes > self._most and len(self._columns) > 1:
                self._bytes -= _size(self._columns.popitem(last=False)[1])
        else:
            self._columns.move_to_end(key)
        return found


def _size(column: NDArray[Any]) -> int:
    """What a column takes; one value for everybody takes next to nothing."""
    return column.nbytes if any(column.strides) else column.itemsize
