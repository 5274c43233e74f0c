"""Keys of rows."""

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A fresh UUIDv7: random enough not to be guessed, ordered by time."""
    return uuid7()
