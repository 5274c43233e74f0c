"""Keys of rows, and the columns that name a key of the clinic."""

import uuid
from typing import Final

from piccolo.columns import Column, Varchar
from uuid_utils.compat import uuid7

KEY_ID: Final = 8
"""How long the id of one of the clinic's keys is."""


def new_case_id() -> uuid.UUID:
    """A fresh key for a case, which its page carries in its address: wholly random, since an UUIDv7 tells the
    millisecond in which somebody asked for help.
    """
    return uuid.uuid4()


def new_id() -> uuid.UUID:
    """A fresh UUIDv7: random enough not to be guessed, ordered by time."""
    return uuid7()


def names_key(column: Column) -> bool:
    """Whether a column holds ids of the clinic's keys: that is how tables with blind indexes and data keys call it."""
    name = column._meta.db_column_name
    return isinstance(column, Varchar) and column.length == KEY_ID and (name == "key" or name.endswith("_key"))
