"""Texts that people agree to: numbered, in several languages, each a file of ``core/data``.

A text that somebody has accepted is never changed: a new wording is a new number beside the old one.
"""

from functools import cache
from importlib import resources
from typing import Final

import msgspec

LANGUAGES: Final = ("en", "es")
"""The languages that every text is written in."""


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands below it; the introduction has no heading."""

    heading: str
    text: str


def language_of_text(language: str) -> str:
    """The language that a text is read in by somebody of this language: English where it is not written in hers."""
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def sections_of(folder: str, version: str, language: str) -> tuple[Section, ...]:
    """A text of one version in one of ``LANGUAGES``, section by section."""
    path = resources.files("core").joinpath("data", folder, f"{version}.{language}.txt")
    introduction, *parts = path.read_text(encoding="utf-8").split("\n## ")
    headed = [part.split("\n", 1) for part in parts]
    return Section("", introduction.strip()), *(Section(head.strip(), body.strip()) for head, body in headed)
