"""Names of people and companies as they are compared: words without accents, capitals, titles, particles and script.

A name is written in many ways: in one order or the other, with one surname or two, with "de la" apart or joined, in
another script, with a nickname. What is left here is what stays the same; ``names_sound`` says how a word sounds and
``names_grading`` how alike two names are. Order is kept for whoever reads, and means nothing when names are compared.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec
from anyascii import anyascii

from core.model.conflicts.known import (
    ALSO_NAMES,
    FORMS,
    JOINED_TO_NEXT,
    LEGAL_FORMS,
    NAMES_IF_FIRST,
    PARTICLES,
    TITLES,
)
from core.model.conflicts.sound import sound_of

LONGEST: Final = 200
TWO: Final = 2
MOST_WORDS: Final = 7
"""Words of a name that are compared; what comes behind them is not a name."""
_ARABIC: Final = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"(?<=\w)[\s\u200c]*الله\b", "ullah"),
        (r"(?<!\w)(?:ال|لل)(?=\w{3})", ""),  # the article
        (r"[عأآاىةٱ]", "a"),
        (r"إ|(?<=\w)[يئیې]", "i"),
        (r"(?<!\w)[يی]", "ya"),
        (r"(?<!\w)و", "wa"),
        (r"و|ؤ", "u"),
        (r"[حهھ]", "ha"),
        (r"ء", ""),
    )
)
"""Letters that stand for vowels, or that a vowel follows, before the rest is transliterated letter by letter."""
_IS_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_WITHOUT_VOWELS: Final = re.compile(r"[\u0590-\u06ff\u0900-\u0dff]")
"""Scripts that leave vowels out or write each into its consonant: Hebrew, Arabic, those of India."""
_NASAL: Final = re.compile(r"[\u0902\u0a02\u0a70]")
_DIN: Final = re.compile(r"(?<=[a-z]) (?:al|el|ed|ad|ud|ul) (?=d[ie]{1,2}ne?\b)")
_ASSIMILATED: Final = re.compile(r"\b[au](sh|[tdrszn]) (?=\1(?!g))")
"""The article as it is spoken, as in ar-Rahman; an Nguyễn is none."""
_ABD: Final = re.compile(
    r"\babd(?:[aeiou](?:sh|[lrtdszn]))? (?:(?:al|el|ul) )?(?=[a-z]{2})"
    r"|\babd[aeiou](?:[lr](?=[b-km-z][a-z]{2})|l(?=a[a-z]{2})|(sh|[tdszn])(?=\1))"
)
_SEPARATES: Final = re.compile(r"[^a-z0-9]+")
_CAMEL: Final = re.compile(r"(?<=[^\W\d_A-Z]{3})(?=[A-Z][^\W\d_A-Z]{2})")
_JOINS: Final = str.maketrans("", "", "'`")
_APOSTROPHE: Final = re.compile(r"(?<=\b[ODN])['’´] ")
_FORM_APART: Final = re.compile(
    rf"(?<=\w\w )(?:s de r ?l|{'|'.join(' '.join(form) for form in sorted(LEGAL_FORMS) if len(form) <= 4)})\b"
    r"(?=$| de c v$| de cv$)|\bc v$"
)
"""A legal form written letter by letter at the end of a name, as in L. L. P., S. A. de C. V. or S. de R. L."""
_ALSO: Final = re.compile(
    r"\b(?:[afn][./]?k[./]?a|d[./]?b[./]?a|alias|(?:also|formerly) known as|doing business as|conocid[oa] como)\b[.:]?"
    r"|\s/\s",
    re.IGNORECASE,
)
"""What stands between two names of the same person or company."""
_SHORT_MC: Final = re.compile(r"\bmac(?=[a-z]{4})")


class Word(msgspec.Struct, frozen=True):
    """One word of a name: ``text`` as it is compared, ``form`` what it is short or pet for, ``sound`` how that sounds.

    ``behind`` is the particle that it stands behind, which some write as one word with it (al-Masri, de León).
    ``vowels``: it is of a script that writes them.
    """

    text: str
    form: str
    sound: str
    behind: str = ""
    vowels: bool = True

    @property
    def is_initial(self) -> bool:
        """Whether it is one letter, which stands for any word that begins with it."""
        return len(self.text) == 1 and self.text.isalpha()


class Name(msgspec.Struct, frozen=True):
    """A name as it is compared. ``written`` is how it was given."""

    written: str
    words: tuple[Word, ...]

    @property
    def full(self) -> tuple[Word, ...]:
        """The words that are more than an initial."""
        return tuple(word for word in self.words if not word.is_initial)

    @property
    def initials(self) -> tuple[Word, ...]:
        """The words that are one letter."""
        return tuple(word for word in self.words if word.is_initial)

    @property
    def key(self) -> str:
        """The same for two names that differ in accents, capitals, particles and order only."""
        return " ".join(sorted(word.text for word in self.words))


def read_name(text: str) -> Name:
    """Read the name of a person or a company, in any order and script; no words where nothing can be compared."""
    written = " ".join(text.split())[:LONGEST]
    vowels = not _WITHOUT_VOWELS.search(written)
    words = tuple(_named(_joined(_plain(written)), vowels=vowels))[:MOST_WORDS]
    return Name(written, words)


def kept_text(name: Name) -> str:
    """A name as it is sealed beside its keys: as it is written, and its words, which need not be read again."""
    words = " ".join(f"{word.text}/{word.behind}" if word.behind else word.text for word in name.words)
    return "\n".join((name.written, "" if all(word.vowels for word in name.words) else "bare", words))


def name_kept(text: str) -> Name:
    """The name again."""
    written, bare, words = text.split("\n")
    return Name(written, tuple([_word_kept(word, not bare) for word in words.split()]))


@lru_cache(maxsize=16384)
def _word_kept(text: str, vowels: bool) -> Word:
    word, _, behind = text.partition("/")
    return word_of(word, behind=behind, vowels=vowels)


def read_names(text: str) -> tuple[Name, ...]:
    """Read several names, one a line, apart by semicolons or by what says that somebody is known as another."""
    parts = (part.strip(" \t\r,()") for part in re.split(r"[;\n|]+", _ALSO.sub("\n", text)))
    return tuple(name for part in parts if part and (name := read_name(part)).words)


def word_of(text: str, *, behind: str = "", vowels: bool = True) -> Word:
    """A word of plain small letters as it is compared."""
    form = FORMS.get(text, text)
    return Word(text, form, sound_of(form), behind, vowels)


def _plain(text: str) -> str:
    """The letters a to z, digits, and spaces where something separates. Apostrophes join, as in K'iche' and O'Brien."""
    apart = _APOSTROPHE.sub("'", text).replace("´", "'").replace(".ª", "ª")
    letters = unicodedata.normalize("NFKC", apart)
    letters = _NASAL.sub("n", letters)
    if _IS_ARABIC.search(letters):
        for pattern, into in _ARABIC:
            letters = pattern.sub(into, letters)
    return _SEPARATES.sub(" ", _CAMEL.sub(" ", anyascii(letters).translate(_JOINS)).casefold()).strip()


def _joined(plain: str) -> list[str]:
    """The words, those that belong together joined: Abd al-Rahman, San Juan, Mc Donald."""
    plain = _FORM_APART.sub(lambda found: found[0].replace(" ", ""), plain)
    text = _ABD.sub("abd", _ASSIMILATED.sub("al ", _DIN.sub("", plain)))
    words: list[str] = []
    pending = ""
    for word in text.split():
        if word in JOINED_TO_NEXT:
            pending += JOINED_TO_NEXT[word]
            continue
        words.append(_SHORT_MC.sub("mc", pending + word) if pending else word)
        pending = ""
    return words + ([pending] if pending else [])


def _named(words: list[str], *, vowels: bool) -> Iterator[Word]:
    """The words that name somebody: no titles, suffixes, particles and legal forms, unless there is nothing else.

    Particles that are names elsewhere name somebody at the end, and where one word alone would be left.
    """
    naming = {at for at, word in enumerate(words) if not _is_left_out(word, first=not at)}
    also = {at for at, word in enumerate(words) if word in ALSO_NAMES}
    naming |= also if len(naming) < TWO else also & {len(words) - 1}
    particles = ""
    for at, word in enumerate(words):
        if at in naming:
            yield word_of(word, behind=particles, vowels=vowels)
            particles = ""
        elif word in PARTICLES:
            particles += word
    if not naming:
        yield from map(word_of, words)


def _is_left_out(word: str, *, first: bool) -> bool:
    if first:
        return word in TITLES or (word in PARTICLES and word not in NAMES_IF_FIRST)
    return word in TITLES or word in PARTICLES or word in LEGAL_FORMS
