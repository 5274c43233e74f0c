"""What a volunteer agrees to when she joins: numbered texts in several languages (data in ``core/data/terms``)."""

from typing import Final

import msgspec

from core.errors import BadInput
from core.model.numbered_texts import LANGUAGES, Section, language_of_text, sections_of

CURRENT: Final = "1"
"""The version that is asked for now."""


class Terms(msgspec.Struct, frozen=True):
    """The terms of one version, in one language."""

    version: str
    language: str
    sections: tuple[Section, ...]


def terms_in(language: str, version: str = CURRENT) -> Terms:
    """The terms in a language, in English where they are not written in it."""
    chosen = language_of_text(language)
    return Terms(version, chosen, sections_of("terms", version, chosen))


def require_current(version: str, language: str) -> Terms:
    """The terms that somebody has just accepted; BadInput where they are not those that hold now."""
    if version != CURRENT or language not in LANGUAGES:
        raise BadInput("The terms have changed since the page was opened. Please read them again and accept them.")
    return terms_in(language)
