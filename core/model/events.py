"""Audit events: who did what to which thing, chained by hash so that no line can be altered unseen."""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec

GENESIS = "0" * 64


class AuditEvent(msgspec.Struct, frozen=True):
    """One committed change. ``detail`` holds codes and ids only: never a name, an address or a word of a story.

    What staff wrote about a case, such as why a match ended, is in its ``sealed``, for nobody but the portal to open.
    """

    sequence: int
    at: datetime
    kind: str
    subject_kind: str
    subject: UUID
    actor: UUID | None
    actor_label: str
    detail: dict[str, str | int | float | bool | None]
    previous: str
    digest: str


def digest_of(event: AuditEvent) -> str:
    """The SHA-256, in hex, over everything in the event but its own digest."""
    material = msgspec.json.encode(msgspec.structs.replace(event, digest=""), order="deterministic")
    return hashlib.sha256(material).hexdigest()


def chain_breaks(events: list[AuditEvent], *, previous: str = GENESIS) -> int | None:
    """The sequence number of the first event whose digest or link is wrong; None when the chain holds.

    ``previous`` is the digest before the first of them, where they do not begin the chain.
    """
    for event in events:
        if event.previous != previous or event.digest != digest_of(event):
            return event.sequence
        previous = event.digest
    return None
