"""What a volunteer agrees to when she joins: numbered texts in several languages (data in ``core/data/terms``).

A text that somebody has accepted is never changed: a new wording is a new number beside the old one.
"""

from functools import cache
from importlib import resources
from typing import Final

import msgspec

from core.errors import BadInput

CURRENT: Final = "1"
"""The version that is asked for now."""
LANGUAGES: Final = ("en", "es")


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands below it; the introduction has no heading."""

    heading: str
    text: str


class Terms(msgspec.Struct, frozen=True):
    """The terms of one version, in one language."""

    version: str
    language: str
    sections: tuple[Section, ...]


@cache
def terms_in(language: str, version: str = CURRENT) -> Terms:
    """The terms in a language, in English where they are not written in it."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    text = resources.files("core").joinpath("data", "terms", f"{version}.{chosen}.txt").read_text(encoding="utf-8")
    introduction, *parts = text.split("\n## ")
    headed = [part.split("\n", 1) for part in parts]
    sections = (Section("", introduction.strip()), *(Section(head.strip(), body.strip()) for head, body in headed))
    return Terms(version, chosen, sections)


def require_current(version: str, language: str) -> Terms:
    """The terms that somebody has just accepted; BadInput where they are not those that hold now."""
    if version != CURRENT or language not in LANGUAGES:
        raise BadInput("The terms have changed since the page was opened. Please read them again and accept them.")
    return terms_in(language)
