"""What we tell people. A message carries no client data: that there is something, and where to read it."""

from datetime import datetime
from uuid import UUID

import msgspec


class Message(msgspec.Struct, frozen=True):
    """A message in the outbox. ``path`` is the page of the portal that it points to.

    It goes to an account, or to an ``address`` where somebody has none yet.
    """

    id: UUID
    account: UUID | None
    kind: str
    subject: str
    body: str
    path: str
    created_at: datetime
    address: str = ""


class Envelope(msgspec.Struct, frozen=True):
    """What a channel gets: the words, an absolute link, the address, and a key that makes a repeat harmless."""

    idempotency_key: str
    to_name: str
    to_address: str
    subject: str
    body: str
    link: str


class Receipt(msgspec.Struct, frozen=True):
    """What a channel says after a delivery: its own reference, in words a coordinator can read."""

    detail: str
