"""The ways in which one name is written again: made at random, the same ones for the same seed.

Each way is one that intake notes, court papers and people themselves show. What is made here knows nothing of how the
search reads names: it has rules and lists of its own.
"""

import re
import unicodedata
from collections.abc import Callable
from random import Random
from string import ascii_lowercase
from typing import Final

from bench.conflicts.people import Party
from bench.conflicts.words import ARABIC_GIVEN, ARABIC_SURNAMES, SHORT_FORMS

Words = tuple[list[str], list[str]]
"""Given names and surnames, as they are written."""
Way = Callable[[Words, Random], bool]
"""Changes the words; False where there is nothing for it to change."""
AS_HEARD: Final = (
    ("v", "b"), ("b", "v"), ("z", "s"), ("s", "z"), ("ce", "se"), ("ci", "si"), ("ge", "je"), ("gi", "ji"),
    ("je", "ge"), ("ll", "y"), ("qu", "k"), ("h", ""), ("y", "i"), ("ñ", "ny"), ("x", "j"), ("w", "hu"), ("k", "c"),
    ("rr", "r"), ("nn", "n"), ("tt", "t"), ("ph", "f"), ("th", "t"), ("ee", "i"), ("oo", "u"), ("e", "i"), ("o", "u"),
)  # fmt: skip
AS_MAYAN: Final = (
    ("tz", "ts"),
    ("x", "sh"),
    ("c", "k"),
    ("qu", "k"),
    ("j", "h"),
    ("c", "c'"),
    ("tz", "tz'"),
    ("u", "uu"),
)
GROUPS: Final = {name: group for group in (*ARABIC_GIVEN, *ARABIC_SURNAMES) for name in group}


def variant(party: Party, random: Random) -> str:
    """One way to write the name of a party anew: one change (60 of 100), two (30) or three (10), each of its own kind.

    Not every word is changed: of "Ana Ruiz" written "Anna Rius" nobody would say whether it is the same name.
    """
    words: Words = ([*party.given], [*party.surnames])
    ways = dict(WAYS)
    for _ in range(min(random.choices((1, 2, 3), (60, 30, 10))[0], len(party.given) + len(party.surnames) - 1)):
        while ways:
            way = random.choices(list(ways), list(ways.values()))[0]
            del ways[way]
            if way(words, random):
                break
    return _ordered(words, random)


def _ordered(words: Words, random: Random) -> str:
    given, surnames = (" ".join(part) for part in words)
    draw = random.random()
    if draw < 0.12:
        written = f"{surnames}, {given}"
    elif draw < 0.2:
        written = f"{surnames} {given}"
    else:
        written = f"{given} {surnames}"
    return _capitals(written, random)


def _capitals(written: str, random: Random) -> str:
    draw = random.random()
    if draw < 0.25:
        return _bare(written).upper()
    return _bare(written) if draw < 0.5 else written


def _bare(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def _one_surname(words: Words, random: Random) -> bool:
    """The second surname is left out."""
    if len(words[1]) < 2:
        return False
    words[1].pop()
    return True


def _one_given(words: Words, random: Random) -> bool:
    """One of two given names is left out, mostly the second; not the one that is left where the other is an initial."""
    if len(words[0]) < 2 or words[0][1].endswith("."):
        return False
    words[0].pop(0 if random.random() < 0.2 else 1)
    return True


def _initial(words: Words, random: Random) -> bool:
    """The second given name is an initial; two whole words stay."""
    if len(words[0]) < 2 or len(words[0][1]) < 3 or words[0][1] in GROUPS:
        return False
    words[0][1] = f"{words[0][1][0]}."
    return True


def _slip(words: Words, random: Random) -> bool:
    """One letter is left out, put in, another, or turned round with the next."""
    part, at = _place(words, random, shortest=4)
    if part is None:
        return False
    word = part[at]
    place = random.randrange(1, len(word) - 1)
    letter = random.choice(ascii_lowercase)
    part[at] = random.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
    return part[at] != word


def _heard(words: Words, random: Random) -> bool:
    """A word is written as it sounds."""
    return _replaced(words, AS_HEARD, random)


def _mayan(words: Words, random: Random) -> bool:
    """A Mayan surname is written in another of its spellings."""
    return (
        _replaced((words[1][:0], words[1]), AS_MAYAN, random) if any("tz" in one.lower() for one in words[1]) else False
    )


def _replaced(words: Words, pairs: tuple[tuple[str, str], ...], random: Random) -> bool:
    part, at = _place(words, random, shortest=3)
    if part is None:
        return False
    fits = [(old, new) for old, new in pairs if old in part[at].lower()]
    if not fits:
        return False
    old, new = random.choice(fits)
    part[at] = re.sub(re.escape(old), new, part[at], count=1, flags=re.IGNORECASE)
    return True


def _place(words: Words, random: Random, *, shortest: int) -> tuple[list[str] | None, int]:
    whole = [(part, at) for part in words for at, word in enumerate(part) if len(word) >= shortest and word.isalpha()]
    places = [(part, at) for part, at in whole if "LATIN" in unicodedata.name(part[at][0])]
    return random.choice(places) if places else (None, 0)


def _transliterated(words: Words, random: Random) -> bool:
    """An Arabic name is written in another of its spellings, or in its own script."""
    places = [(part, at) for part in words for at, word in enumerate(part) if word in GROUPS]
    if not places:
        return False
    part, at = random.choice(places)
    part[at] = random.choice([one for one in GROUPS[part[at]] if one != part[at]])
    return True


def _short(words: Words, random: Random) -> bool:
    """A name is written in its short form."""
    places = [(part, at) for part in words for at, word in enumerate(part) if word in SHORT_FORMS]
    if not places:
        return False
    part, at = random.choice(places)
    part[at] = random.choice(SHORT_FORMS[part[at]])
    return True


def _together(words: Words, random: Random) -> bool:
    """Two surnames are joined by a hyphen, or two given names are written as one."""
    part = words[1] if len(words[1]) > 1 and random.random() < 0.7 else words[0]
    if len(part) < 2 or not all(word.isalpha() for word in part):
        return False
    part[:] = ["-".join(part) if part is words[1] else part[0] + part[1].lower()]
    return True


def _particle(words: Words, random: Random) -> bool:
    """A particle is left out, joined or put in."""
    first = words[1][0]
    name = first.split()[-1]
    if " " in first:
        words[1][0] = random.choice((name, _bare(first).replace(" ", "").capitalize()))
        return True
    if len(words[1]) < 2 or not name.isalpha():
        return False
    words[1][1] = f"de {words[1][1]}"
    return True


WAYS: Final[tuple[tuple[Way, int], ...]] = (
    (_one_surname, 14),
    (_one_given, 12),
    (_initial, 10),
    (_slip, 20),
    (_heard, 20),
    (_mayan, 6),
    (_transliterated, 30),
    (_short, 8),
    (_together, 8),
    (_particle, 5),
)
"""Each way with how often it is drawn; one that finds nothing to change is drawn again."""
