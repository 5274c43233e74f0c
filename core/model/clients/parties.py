"""Who else a case is about: the client's family, whoever is on the other side, and others; for conflict checks."""

from enum import StrEnum
from uuid import UUID

import msgspec


class PartyRole(StrEnum):
    """What somebody is to the case. Whoever is ADVERSE keeps those who work for or represent them off it."""

    FAMILY = "family"
    ADVERSE = "adverse"
    OTHER = "other"


class Party(msgspec.Struct, frozen=True):
    """A person or an organisation beside the client. Names are as they were written; ``other_names`` has one a line."""

    id: UUID
    case: UUID
    role: PartyRole
    name: str
    other_names: str = ""
    is_organisation: bool = False
