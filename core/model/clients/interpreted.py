"""Who interpreted when somebody of the clinic spoke with a client: sealed as JSON in ``ClientField.INTERPRETED``.

A relative, a child or somebody of her own town may help to make an appointment, and must not interpret what the case
rests on (DOMAIN "Languages"): it is kept who it was, so that what was said that way is asked again.
"""

from enum import StrEnum

import msgspec


class Helper(StrEnum):
    """Who somebody is who interprets in the room or on the line."""

    NOBODY = "nobody"
    STAFF = "staff"
    VOLUNTEER = "volunteer"
    LINE = "line"
    FRIEND = "friend"
    RELATIVE = "relative"

    @property
    def must_be_repeated(self) -> bool:
        """Whether what was said is asked again with an interpreter."""
        return self in (Helper.FRIEND, Helper.RELATIVE)


class Interpreted(msgspec.Struct, frozen=True, omit_defaults=True):
    """``helper`` is who it was, ``name`` her name and how to find her again, ``languages`` as they were said."""

    helper: Helper | None = None
    name: str = ""
    languages: str = ""

    def kept(self) -> str:
        """As it is sealed; empty where nothing was noted."""
        return "" if self == Interpreted() else msgspec.json.encode(self).decode()


def interpreted_in(kept: str) -> Interpreted:
    """What was kept; nothing noted where nothing was."""
    return msgspec.json.decode(kept, type=Interpreted) if kept else Interpreted()
