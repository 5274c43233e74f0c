"""Languages as BCP 47 tags, and what an ability in one of them lets a person do (DOMAIN "Languages")."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final

import msgspec

from core.errors import BadInput
from core.model.vocabulary import InterpretingMode

ENGLISH: Final = "en"
DIRECT_ILR: Final = 3.0
"""ILR in speaking and listening from which a representative talks with the client without an interpreter."""
INTERPRETING_ILR: Final = 4.0
"""ILR in both languages from which a person may interpret in a legal matter."""

_ALSO_CALLED: Final = {
    "akateko": "knj",
    "q'anjob'al": "kjb",
    "kanjobal": "kjb",
    "q'eqchi'": "kek",
    "qeqchi": "kek",
    "k'iche'": "quc",
    "quiche": "quc",
    "kiche": "quc",
    "popti'": "jac",
    "achi": "acr",
    "chuj": "cac",
    "ixil": "ixl",
    "mandarin": "zh",
    "mandarin chinese": "zh",
    "haitian creole": "ht",
    "creole": "ht",
    "farsi": "fa",
    "dari": "prs",
    "tagalog": "fil",
    "español": "es",
}
INDIGENOUS: Final = frozenset(
    ("acr", "cac", "cak", "ixl", "jac", "kek", "kjb", "knj", "mam", "quc", "qu", "nv", "mix", "zap")
)
"""Indigenous languages of the Americas that the programme meets, for reports by language group."""


OTHER_FAMILY: Final = "other"


class LanguageAbility(msgspec.Struct, frozen=True):
    """How well a volunteer speaks one language. ``ilr`` runs from 0 to 5 in halves (a plus is a half)."""

    language: str
    ilr: float
    certification: str = ""


class InterpretingPair(msgspec.Struct, frozen=True):
    """Two languages between which a volunteer interprets, both ways."""

    source: str
    target: str
    modes: tuple[InterpretingMode, ...] = (InterpretingMode.CONSECUTIVE,)


def modes_of(pairs: Iterable[InterpretingPair]) -> tuple[InterpretingMode, ...]:
    """How an interpreter can work in any of her pairs; one after the other where she states no pair."""
    known = {mode for pair in pairs for mode in pair.modes} or {InterpretingMode.CONSECUTIVE}
    return tuple(mode for mode in InterpretingMode if mode in known)


@lru_cache(maxsize=4096)
def language_tag(text: str) -> str:
    """Bring a tag or an English name of a language to its shortest BCP 47 tag; raise BadInput otherwise.

    A region stays out of the tag unless it changes who is understood: "es-MX" is "es".
    """
    wanted = text.strip()
    if not wanted:
        raise BadInput("No language is given. Write a tag such as es, mam or quc.")
    known = wanted.casefold()
    met = known if known in _families() else languages_by_name().get(known)
    tag = met or _standard(wanted) or _by_name(wanted)
    if tag is None:
        raise BadInput(f"“{wanted}” is not a language that we know. Write a BCP 47 tag such as es, mam or quc.")
    return tag


def _standard(text: str) -> str | None:
    import langcodes  # here, since programs start that never need its tables, and these take long to read

    if not langcodes.tag_is_valid(text):
        return None
    language = langcodes.Language.get(text, normalize=True)
    if (language.language, language.territory) == ("fa", "AF"):  # which is how CLDR writes Dari
        return "prs"
    return None if language.language in (None, "und", "mul", "zxx") else language.language


def _by_name(text: str) -> str | None:
    """Find a language by its English, Spanish or own name. The library also guesses: a guess is not taken.

    It looks names up by their bytes, and one with a control character can make it read beyond its table.
    """
    import langcodes  # as above

    if not text.isprintable():
        return None
    try:
        found = langcodes.find(text)
    except LookupError:
        return None
    names = {found.display_name(), found.display_name("es"), found.autonym()}
    return found.language if text.casefold() in {name.casefold() for name in names} else None


@lru_cache(maxsize=4096)
def language_name(tag: str) -> str:
    """The English name of a language, as pages and explanations write it."""
    if tag in _named():
        return _named()[tag]
    import langcodes  # as above

    return langcodes.Language.get(tag).display_name()


@cache
def languages_by_name() -> Mapping[str, str]:
    """The languages of our families by what they are called in small letters, their other names too."""
    return _ALSO_CALLED | {language_name(tag).casefold(): tag for tag in languages_known()}


def language_group(languages: tuple[str, ...]) -> str:
    """The group in which a client's case is counted: English, Spanish, Indigenous or Other."""
    if ENGLISH in languages:
        return "English"
    if "es" in languages:
        return "Spanish"
    return "Indigenous" if any(tag in INDIGENOUS for tag in languages) else "Other"


@cache
def _met() -> tuple[dict[str, str], ...]:
    """The languages that programmes meet, each with its name and its family."""
    text = resources.files("core").joinpath("data", "language_families.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _named() -> dict[str, str]:
    return {row["tag"]: row["name"] for row in _met()}


@cache
def _families() -> dict[str, str]:
    return {row["tag"]: row["family"] for row in _met()}


def family_of(tag: str) -> str:
    """The family or group of languages that an anonymised listing may name instead of the language.

    A language that is in no group of ours is in ``other``. Somebody of the same family is not understood by that.
    """
    return _families().get(tag, OTHER_FAMILY)


def languages_in(family: str) -> frozenset[str]:
    """The languages that we know to be in a family."""
    return frozenset(tag for tag, its in _families().items() if its == family)


def languages_known() -> frozenset[str]:
    """The languages that stand in a family or group of ours."""
    return frozenset(_families())
