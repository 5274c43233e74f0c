"""A bar's roster as we hear it: one entry for each member, in our words, and nothing of our own in it."""

from collections.abc import Mapping
from typing import Final

import msgspec

from core.model.vocabulary import PracticeArea, Standing

LONGEST: Final[Mapping[str, int]] = {
    "number": 40,
    "name": 200,
    "status": 100,
    "email": 254,
    "phone": 60,
    "firm": 200,
    "county": 80,
    "us_state": 2,
    "origin": 200,
}
"""How many characters each text of an entry may have."""


class Spoken(msgspec.Struct, frozen=True, gc=False):
    """A language that a member is said to speak: BCP 47 tag, and how sure the reading is, from 0 to 1.

    ``level`` is the ILR level where the roster tells one; 0: it does not.
    """

    tag: str
    confidence: float = 1.0
    level: float = 0.0


class RosterEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a bar says of one of its members.

    ``number`` is her number at the bar, as the bar writes it; ``status`` the bar's own word for her ``standing``;
    ``admitted`` the year, 0 where it is not told; ``origin`` says where the entry comes from, such as "row 12", for
    messages only: entries that differ in nothing else are the same.
    """

    number: str
    name: str
    standing: Standing = Standing.UNKNOWN
    status: str = ""
    email: str = ""
    phone: str = ""
    firm: str = ""
    county: str = ""
    us_state: str = ""
    admitted: int = 0
    languages: tuple[Spoken, ...] = ()
    practice: tuple[PracticeArea, ...] = ()
    pro_bono: bool | None = None
    origin: str = ""
