"""What a client agrees to before she tells us anything: numbered texts (data in ``core/data/consent``), and who did.

A record keeps the version and the language of the text that she read or heard, so that it can be shown years later.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.errors import BadInput
from core.model.numbered_texts import LANGUAGES, Section, language_of_text, sections_of

CURRENT: Final = "1"
"""The version that is asked for now."""


class Manner(StrEnum):
    """How a client came to know the text: she read it herself, or somebody read or interpreted it to her."""

    READ = "read"
    READ_TO = "read_to"


class ConsentText(msgspec.Struct, frozen=True):
    """The text of one version, in one language."""

    version: str
    language: str
    sections: tuple[Section, ...]


class Consent(msgspec.Struct, frozen=True):
    """That a client agreed. ``noted_by`` is who of the staff heard it; empty: she did it herself."""

    id: UUID
    case: UUID
    version: str
    language: str
    manner: Manner
    given_at: datetime
    noted_by: str = ""


def consent_text(language: str, version: str = CURRENT) -> ConsentText:
    """The text in a language, in English where it is not written in it."""
    chosen = language_of_text(language)
    return ConsentText(version, chosen, sections_of("consent", version, chosen))


def require_current_consent(version: str, language: str) -> ConsentText:
    """The text that somebody has just agreed to; BadInput where it is not the one that holds now."""
    if version != CURRENT or language not in LANGUAGES:
        raise BadInput("The text has changed since the page was opened. Please read it again.")
    return consent_text(language)
