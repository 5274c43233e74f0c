"""How a word of a name sounds, coarsely, to a Spanish, English, Arabic or Mayan ear: what survives being spelled anew.

Consonants only, as vowels are what transliterations differ in, with one letter for each group that is spelled in
several ways; a vowel at the beginning stays as A. "Ximénez" differs from "Jiménez" still, by one letter, which
``names_keys`` allows for. In the manner of Philips's Metaphone (1990), with the groups of the spellings met here: b/v,
s/z/soft c/x/tz, k/c/qu/q, silent h, j/soft g/y/ll, w/hu/gu before a.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_STEPS: Final = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"(.)\1{2,}", r"\1\1"),
        (r"llah", "la"),
        (r"^(?:hu|gu)(?=[ao])|^hu(?=[ei])|^w|^ou(?=[aei])", "W"),
        (r"sch|sh", "S"),
        (r"t?ch", "C"),
        (r"ph", "F"),
        (r"[td]h", "T"),
        (r"[kqg]h", "K"),
        (r"t[zs]", "S"),
        (r"gu(?=[ei])|qu(?=[ei])", lambda found: "G" if found[0][0] == "g" else "K"),
        (r"dj|dzh|zh", "J"),
        (r"^y(?=[aeiou])", "J"),
        (r"g(?=[eiy])|j", "J"),
        (r"c(?=[eiy])|[szx]", "S"),
        (r"[ckq]", "K"),
        (r"g", "G"),
        (r"[bv]", "B"),
        (r"f", "F"),
        (r"p", "P"),
        (r"d", "D"),
        (r"t", "T"),
        (r"n(?=[BPF])|m", "M"),
        (r"n", "N"),
        (r"l", "L"),
        (r"r", "R"),
        (r"([A-Z0-9])\1+", r"\1"),
        (r"^h", ""),
        (r"^[aeiouy]+", "A"),
        (r"[a-z]", ""),
    )
)
SPOKEN_LETTERS: Final = "AIUBCDFGJKLMNPRSTW"
"""All that ``spoken`` is made of, but for digits."""
_DOUBLE: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """The sound of a word of small letters a to z; a word of nothing but sounds that are not kept is itself.

    >>> sound_of("hernandez"), sound_of("ernandes"), sound_of("mohammed"), sound_of("muhamad")
    ('ARNNDS', 'ARNNDS', 'MMD', 'MMD')
    """
    heard = word
    for pattern, into in _STEPS:
        heard = pattern.sub(into, heard)
    return heard or word


_OTHERWISE: Final = (
    (re.compile(r"x"), "j"),
    (re.compile(r"j|g(?=[eiy])"), "x"),
    (re.compile(r"kh|^j(?=[aeiou])"), "h"),
    (re.compile(r"^[jh](?=[aeiou])"), "kh"),
    (re.compile(r"(?<=[aeiou])ll(?=[aeiou])(?!ah$)|^ll"), "y"),
    (re.compile(r"(?<=[aeiou])y(?=[aeiou])"), "ll"),
    (re.compile(r"^w"), "v"),
    (re.compile(r"ch"), "sh"),
    (re.compile(r"sh"), "ch"),
    (re.compile(r"ch(?=[aeiou]|$)"), "k"),
    (re.compile(r"dh|th"), "z"),
    (re.compile(r"q|gh"), "g"),
    (re.compile(r"ay(?=[aeiou])"), "a"),
)
_VOWELS: Final = str.maketrans("aeiouyw", "AIIUUIU")


@lru_cache(maxsize=65536)
def sounds_of(word: str) -> Mapping[str, str]:
    """Every sound that a word may have, each with how it is spoken: x as j or s, ll as l, kh as j or nothing, ..."""
    others = dict.fromkeys([word, *(pattern.sub(into, word) for pattern, into in _OTHERWISE)])
    return {sound_of(one): spoken(one) for one in reversed(others)}


@lru_cache(maxsize=65536)
def spoken(word: str) -> str:
    """The sound with its vowels, those that are confused being one: a; e, i, y; o, u, w."""
    return _DOUBLE.sub(r"\1", _consonants(word).translate(_VOWELS))


CONFUSED: Final = {"a": "ae", "e": "aeiy", "i": "eiy", "y": "eiyu", "o": "ouw", "u": "ouwy", "w": "ouw"}
"""For which vowels one is written: in transliterations, and where e and i or o and u are hardly told apart."""
_BETWEEN: Final = re.compile(r"[^aeiouyw]+")


@lru_cache(maxsize=65536)
def vowels_of(word: str) -> tuple[str, ...]:
    """The vowels before, between and behind the consonants of a word, in the order in which ``sound_of`` has those."""
    return tuple(_BETWEEN.split(_consonants(word)))


def _consonants(word: str) -> str:
    """A word with its consonants as they sound and its vowels as they are written."""
    heard = word
    for pattern, into in _STEPS[:-3]:
        heard = pattern.sub(into, heard)
    return heard.replace("h", "")
