"""By which keys a name is found without reading any name: what is kept of each, and what is looked up for one.

A single word of a name would tell too much in an index (the commonest surname is the commonest key), so a key joins two
words wherever a name has two. Kept are, without order, each two sounds of a name (six for four words), and for names of
up to four words each sound with the spelling of another word. Looked up are the same; and for what has two words only,
where one wrong consonant would break the one pair there is, every spelling that is one slip away.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, permutations
from string import ascii_lowercase
from typing import Final

from core.model.conflicts.known import ABD, LINKED, WRITTEN_TOGETHER
from core.model.conflicts.sound import SPOKEN_LETTERS, sound_of, sounds_of, spoken
from core.model.conflicts.words import Name, Word, word_of

SPELT_UP_TO: Final = 4
"""Names of more words are found by their sounds alone: a slip in one leaves the others."""
MOST_PAIRED: Final = 6
TWO: Final = 2
LONG_WORD: Final = 7
"""Words of so many letters may be two written as one."""
SHORTEST_PART: Final = 3
_TURNS: Final = "cgq"
"""Letters that are spoken by what comes behind them."""


def kept_keys(name: Name) -> frozenset[str]:
    """What the index keeps of a name; nothing where there is nothing to compare."""
    words = name.full[:MOST_PAIRED]
    sounds = [word.sound for word in words]
    if len(words) >= TWO:
        spelt = permutations(words, 2) if len(words) <= SPELT_UP_TO else ()
        spoken_too = (_spelt(one.sound, spoken(way)) for one, other in spelt for way in (other.form, other.text))
        return frozenset([*(_pair(*two) for two in combinations(sounds, 2)), *spoken_too])
    if not name.initials:
        return frozenset(_single(sound) for sound in sounds)
    initials = (_initial(one.text, sound) for one in name.initials for sound in sounds)
    return frozenset([*initials, *_by_monogram(name, words)])


def looked_up(name: Name) -> frozenset[str]:
    """What is looked up for a name."""
    words = name.full[:MOST_PAIRED]
    if not words:
        return frozenset()
    heard = [_heard(word) for word in words]
    keys = {_pair(one, other) for two in combinations(heard, 2) for one in two[0] for other in two[1]}
    keys |= {_single(sound) for sounds in heard for sound in sounds}
    keys |= set(_by_initials(name, words)) | set(_by_monogram(name, words))
    keys |= set(_joined(words)) | {key for word in words for key in _parted(word)}
    if len(words) == TWO:
        keys |= {key for one, other in permutations(words, 2) for key in _slips(one, other)}
    return frozenset(keys)


def pairs_in(name: Name) -> dict[str, tuple[Word, Word]]:
    """The key of each two words of a name as they sound, where a crowd may share it and be asked for a further word.

    None for a name that has no further word, an initial, which may stand for any, or too many for slips.
    """
    if name.initials or not TWO < len(name.full) <= SPELT_UP_TO:
        return {}
    return {_pair(one.sound, other.sound): (one, other) for one, other in combinations(name.full, TWO)}


def looked_up_beside(name: Name, pairs: Iterable[str]) -> frozenset[str]:
    """What tells, of many names that share one of these pairs with a name, those that are like it in a further word.

    Every way to find it but by two words that sound the same, and each further word with a slip in it beside the pair.
    """
    known = pairs_in(name)
    slips = {
        key
        for one, other in map(known.__getitem__, pairs)
        for word in name.full
        if word not in (one, other)
        for key in _slips(one, word)
    }
    return frozenset((looked_up(name) - known.keys()) | (slips - kept_keys(name)))


def is_narrow(name: Name) -> bool:
    """Whether a name has one word beside its initials, and so finds no name that has two."""
    return len(name.full) < TWO


def counted(name: Name) -> int:
    """How many words of a name its keys are made of."""
    return len({word.sound for word in name.full[:MOST_PAIRED]})


def _heard(word: Word) -> set[str]:
    """Every sound of a word, with the particle that it stands behind as one word with it, and without one in it."""
    sounds = set(sounds_of(word.form))
    if word.behind:
        sounds.add(sound_of(word.behind + word.text))
    for particle in WRITTEN_TOGETHER:
        if word.text.startswith(particle) and len(word.text) >= len(particle) + SHORTEST_PART:
            sounds.add(sound_of(word.text.removeprefix(particle)))
    return sounds


def _by_initials(name: Name, words: tuple[Word, ...]) -> Iterator[str]:
    """A name may be kept as an initial and one word."""
    for one, other in permutations(name.words[:MOST_PAIRED], 2):
        if not other.is_initial:
            yield from (_initial(one.text[0], sound) for sound in sounds_of(other.form))


def _by_monogram(name: Name, words: tuple[Word, ...]) -> Iterator[str]:
    """Several initials may be kept as one word: J & J Construction, J. L. Pérez."""
    if len(name.initials) > 1:
        monogram = sound_of("".join(one.text for one in name.initials))
        yield from (_pair(monogram, word.sound) for word in words)


def _joined(words: tuple[Word, ...]) -> Iterator[str]:
    """Two words next to each other may be kept as one, with one further word."""
    for at in range(len(words) - 1):
        one, other = words[at], words[at + 1]
        sounds = {sound_of(one.text + other.text), sound_of(one.text + (other.behind and "ul") + other.text)}
        for sound in sounds:
            yield from (_pair(sound, further.sound) for further in (*words[:at], *words[at + 2 :]))
            if len(words) == TWO:
                yield _single(sound)
    if len(words) == TWO and words[1].form == ABD:
        yield _single(sound_of(words[1].form + words[0].form))


def _parted(word: Word) -> Iterator[str]:
    """A long word may be kept as two."""
    text = word.text
    if len(text) >= LONG_WORD and word.form == text:
        for at in range(SHORTEST_PART, len(text) - SHORTEST_PART + 1):
            one, other = word_of(text[:at]).sound, text[at:]
            yield _pair(one, word_of(other).sound)
            if linked := LINKED.match(other):
                yield _pair(one, word_of(linked[1]).sound)


def _slips(one: Word, other: Word) -> Iterator[str]:
    """The one word as it sounds, with everything that is one slip away from the other."""
    return (_spelt(one.sound, slip) for slip in slips_of(other.form) | slips_of(other.text))


@lru_cache(maxsize=1024)
def slips_of(word: str) -> frozenset[str]:
    """How a word may be spoken if there is one slip in it: a letter left out, put in, another one, two turned round.

    Damerau 1964. Slips are made in what is spoken, and in what is written where one letter changes how its neighbours
    are spoken.
    """
    written = {spoken(slip) for slip in (*_fewer_or_turned(word), *_with_letters(word, ascii_lowercase, _TURNS))}
    heard = spoken(word)
    return frozenset([*written, *_fewer_or_turned(heard), *_with_letters(heard, SPOKEN_LETTERS, "")])


def _fewer_or_turned(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at : at + TWO][::-1] + word[at + TWO :]


def _with_letters(word: str, letters: str, behind: str) -> Iterator[str]:
    """One letter more or another one: anywhere, or ``behind`` these letters and between two that are the same."""
    for at in range(len(word) + 1):
        if not behind or (at and (word[at - 1] in behind or word[at - 1] == word[at : at + 1])):
            yield from (word[:at] + letter + word[at:] for letter in letters)
            yield from (word[:at] + letter + word[at + 1 :] for letter in letters)


def _pair(one: str, other: str) -> str:
    return f"2 {one} {other}" if one <= other else f"2 {other} {one}"


def _spelt(sound: str, spelling: str) -> str:
    return f"s {sound} {spelling}"


def _single(sound: str) -> str:
    return f"1 {sound}"


def _initial(letter: str, sound: str) -> str:
    return f"i {letter} {sound}"
