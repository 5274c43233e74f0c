"""Keys of rows."""

import uuid

from uuid_utils.compat import uuid7


def new_case_id() -> uuid.UUID:
    """A fresh key for a case, which its page carries in its address: wholly random, since an UUIDv7 tells the
    millisecond in which somebody asked for help.
    """
    return uuid.uuid4()


def new_id() -> uuid.UUID:
    """A fresh UUIDv7: random enough not to be guessed, ordered by time."""
    return uuid7()
