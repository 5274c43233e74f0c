"""Messages between a client and the programme, read on her page by her receipt code and nowhere else."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

LONGEST: Final = 2_000
READY: Final = ("call_us", "when", "papers", "changed", "still")
"""The codes of messages that need no typing: the client reads them in her own language."""


class ClientMessage(msgspec.Struct, frozen=True):
    """One message: its ``text``, or the code of a ``ready`` one. ``written_by`` is who of the staff wrote it."""

    id: UUID
    from_client: bool
    written_by: str
    text: str
    ready: str
    written_at: datetime
    read_at: datetime | None = None
