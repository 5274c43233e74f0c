"""How a client may be reached without putting her in danger: kept sealed as JSON in ``ClientField.SAFE_CONTACT``."""

from enum import StrEnum

import msgspec


class Way(StrEnum):
    """How she wants to be reached. ``PERSON``: through somebody whom she trusts. ``PAGE``: on her own page alone."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    PERSON = "person"
    PAGE = "page"


class TimeOfDay(StrEnum):
    """When a call is safe: 8 to 11, 11 to 2, 2 to 5, 5 to 8, Saturday or Sunday."""

    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    WEEKEND = "weekend"


class Care(StrEnum):
    """What to be careful about."""

    NO_VOICEMAIL = "no_voicemail"
    NO_NAME = "no_name"
    ONLY_ME = "only_me"
    NO_TEXT = "no_text"


class SafeContact(msgspec.Struct, frozen=True, omit_defaults=True):
    """What she said of being reached. ``person`` is whom she trusts and what may be said there; ``note`` the rest."""

    way: Way | None = None
    times: tuple[TimeOfDay, ...] = ()
    care: tuple[Care, ...] = ()
    person: str = ""
    note: str = ""

    @property
    def contradicts_itself(self) -> bool:
        """Whether she wants text messages and none: one of the two was not meant."""
        return self.way is Way.TEXT and Care.NO_TEXT in self.care

    def kept(self) -> str:
        """As it is sealed; empty where nothing was said."""
        return "" if self == SafeContact() else msgspec.json.encode(self).decode()


def safe_contact_in(kept: str) -> SafeContact:
    """What was kept; nothing said where nothing was."""
    return msgspec.json.decode(kept, type=SafeContact) if kept else SafeContact()
