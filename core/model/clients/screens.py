"""Who is screened off a case: kept out of all of it (ABA Model Rules 1.0(k) and 1.10)."""

from datetime import datetime
from uuid import UUID

import msgspec


class Screen(msgspec.Struct, frozen=True):
    """One person who is screened off a case, in force until it is lifted.

    ``account`` is what she signs in with and ``volunteer`` her record; at least one of the two is there.
    """

    id: UUID
    case: UUID
    reason: str
    made_at: datetime
    account: UUID | None = None
    volunteer: UUID | None = None
    made_by: UUID | None = None
    lifted_at: datetime | None = None
