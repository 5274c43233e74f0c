"""How alike two names are, in grades, with why: what a coordinator is shown beside each hit of a conflict check.

Each word of the one name is laid beside a word of the other, the best agreement first, whatever their order. Words that
only one of them has are left out (a second surname, a middle name); where each has one that the other has not, the
names contradict each other there. The thresholds are measured: ``python -m bench conflicts``.
"""

from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

import msgspec
from rapidfuzz.distance import OSA

from core.model.conflicts.known import ABD, FORMS, LINKED, WRITTEN_TOGETHER
from core.model.conflicts.sound import CONFUSED, sounds_of, spoken, vowels_of
from core.model.conflicts.words import Name, Word

TWO: Final = 2
SHORTEST_SLIPPED: Final = 4
LONG: Final = 7


class Grade(IntEnum):
    """How alike two names are. ``SAME`` is the same but for accents, capitals, particles and order."""

    POSSIBLE = 1
    LIKELY = 2
    SAME = 3


class Agreement(StrEnum):
    """How two words agree, the strongest first."""

    SAME = "same"
    FORM = "form"
    SOUND = "sound"
    SPELLING = "spelling"
    JOINED = "joined"
    INITIAL = "initial"


WORTH: Final = {
    Agreement.SAME: 1.0,
    Agreement.FORM: 0.95,
    Agreement.JOINED: 0.95,
    Agreement.SOUND: 0.9,
    Agreement.SPELLING: 0.8,
    Agreement.INITIAL: 0.3,
}


class Pairing(msgspec.Struct, frozen=True):
    """A word looked for, the word found, and how they agree."""

    sought: str
    found: str
    how: Agreement


class Likeness(msgspec.Struct, frozen=True):
    """How alike two names are and why. ``only_sought`` and ``only_found`` are the words that one of them alone has."""

    grade: Grade
    score: float
    pairings: tuple[Pairing, ...]
    only_sought: tuple[str, ...]
    only_found: tuple[str, ...]
    reordered: bool


def compare_names(sought: Name, found: Name) -> Likeness | None:
    """How alike two names are; None where they are too unlike to be looked at."""
    pairs, ours, theirs = _laid(sought.words, found.words)
    both = min(len(ours), len(theirs))
    if both > 1 or (both and (abs(len(ours) - len(theirs)) > 1 or not _is_alike(ours, theirs))):
        return None
    whole = sum(max(len(one), len(other)) for one, other, how in pairs if how is not Agreement.INITIAL)
    grade = _grade(pairs, whole=whole, apart=both, missing=abs(len(ours) - len(theirs)), names=(sought, found))
    if grade is None:
        return None
    worth = sum(WORTH[how] for _, _, how in pairs)
    most = max(len(sought.words), len(found.words))
    return Likeness(
        grade=grade,
        score=round((worth - both) / most, 3),
        pairings=tuple(
            Pairing(" ".join(w.text for w in one), " ".join(w.text for w in other), how) for one, other, how in pairs
        ),
        only_sought=tuple(word.text for word in ours),
        only_found=tuple(word.text for word in theirs),
        reordered=_is_reordered(sought, found, pairs),
    )


def _is_alike(ours: list[Word], theirs: list[Word]) -> bool:
    """Whether a word of the one may be one of the other, badly misspelt: two letters in six, three in eight."""
    return any(
        _within(one.text, other.text, max(len(one.text), len(other.text), 2) * 3 // 8)
        and not _is_of_other_gender(one.text, other.text)
        for one in ours
        for other in theirs
    )


Laid = tuple[tuple[Word, ...], tuple[Word, ...], Agreement]


def _laid(sought: tuple[Word, ...], found: tuple[Word, ...]) -> tuple[list[Laid], list[Word], list[Word]]:
    """Words beside words, the strongest agreements first, and what is left over on both sides."""
    ours, theirs = list(sought), list(found)
    pairs: list[Laid] = []
    for one in sought:
        for word in theirs:
            if word.text == one.text:
                _lay(one, word, Agreement.SAME, ours, theirs, pairs)
                break
    if not ours or not theirs:
        return pairs, ours, theirs
    agreeing = [
        (how, one, other)
        for one in ours
        for other in theirs
        if (how := _agreement(one.text, other.text, one.vowels and other.vowels))
    ]
    for wanted in (Agreement.FORM, Agreement.SOUND, Agreement.SPELLING):
        _lay_agreeing(agreeing, wanted, ours, theirs, pairs)
    if ours and theirs:
        _lay_joined(ours, theirs, pairs)
    _lay_agreeing(agreeing, Agreement.INITIAL, ours, theirs, pairs)
    return pairs, ours, theirs


def _lay_agreeing(
    agreeing: list[tuple[Agreement, Word, Word]],
    wanted: Agreement,
    ours: list[Word],
    theirs: list[Word],
    pairs: list[Laid],
) -> None:
    for how, one, other in agreeing:
        if how is wanted and one in ours and other in theirs:
            _lay(one, other, how, ours, theirs, pairs)


def _lay(one: Word, other: Word, how: Agreement, ours: list[Word], theirs: list[Word], pairs: list[Laid]) -> None:
    ours.remove(one)
    theirs.remove(other)
    pairs.append(((one,), (other,), how))


@lru_cache(maxsize=65536)
def _agreement(one: str, other: str, vowels: bool) -> Agreement | None:
    """How two words agree that are not the same; kept, as the same few words meet again and again."""
    mine, hers = FORMS.get(one, one), FORMS.get(other, other)
    if mine == hers or _is_together(one, other) or _is_together(other, one):
        return Agreement.FORM
    if len(one) == 1 or len(other) == 1:
        return Agreement.INITIAL if one[0] == other[0] else None
    if _is_sound(mine, hers, vowels=vowels):
        return Agreement.SOUND
    return Agreement.SPELLING if _is_spelling(one, other, mine, hers) else None


def _lay_joined(ours: list[Word], theirs: list[Word], pairs: list[Laid]) -> None:
    """Two words that the other name writes as one."""
    for several, single, turned in ((ours, theirs, False), (theirs, ours, True)):
        beside = _beside(several)
        for one in tuple(single) if beside else ():
            for two in beside:
                if _is_written_together(*two, one):
                    several.remove(two[0])
                    several.remove(two[1])
                    single.remove(one)
                    pairs.append(((one,), two, Agreement.JOINED) if turned else (two, (one,), Agreement.JOINED))
                    beside = _beside(several)
                    break


def _beside(words: list[Word]) -> list[tuple[Word, Word]]:
    """Words next to each other, and "Abdul" behind a name that it belongs before."""
    found = list(pairwise(words))
    found += [(other, one) for one, other in found if other.form == ABD]
    return found


def _is_written_together(one: Word, other: Word, single: Word) -> bool:
    """Whether two words are a single one, with or without the article that links them.

    An initial is joined by its very letter alone (J J): else "Juan J." would be a misspelling of "Juana".
    """
    if one.is_initial or other.is_initial:
        return one.text + other.text == single.text
    short = len(single.text) - len(one.text) - len(other.text)
    if -1 <= short <= 1 and _within(one.text + other.text, single.text, 1):
        return True
    if one.form + other.form == single.text:
        return True
    if not other.behind:
        return False
    rest = LINKED.fullmatch(single.text, len(one.text) - 1) or LINKED.fullmatch(single.text, len(one.text))
    if rest is None:
        return False
    begin = single.text[: rest.start()]
    return _within(spoken(one.form), spoken(begin), 0) and _within(spoken(other.form), spoken(rest[1]), 1)


def _is_together(longer: str, text: str) -> bool:
    """Whether the one is the other with a particle written as one word with it."""
    return longer.endswith(text) and len(text) > TWO and longer.removesuffix(text) in WRITTEN_TOGETHER


def _is_sound(one: str, other: str, *, vowels: bool) -> bool:
    """Whether two words sound alike: their consonants, and their vowels but for one or two that are confused."""
    mine, hers = sounds_of(one), sounds_of(other)
    if mine.keys().isdisjoint(hers):
        return False
    if vowels and any(map(_is_other_vowel, vowels_of(one), vowels_of(other))):
        return False
    return any(_is_spoken(mine[sound], hers[sound], vowels=vowels) for sound in mine.keys() & hers)


def _is_other_vowel(one: str, other: str) -> bool:
    """Jamal and Jamil, Gómez and Gámez: vowels that are not written for each other. A missing one may be any."""
    return bool(one and other) and not any(hers in CONFUSED[mine] for mine in one for hers in other)


def _is_spoken(mine: str, hers: str, *, vowels: bool) -> bool:
    if not vowels:
        return True
    shortest = min(len(mine), len(hers))
    most = (shortest >= SHORTEST_SLIPPED) + (shortest >= LONG)
    return _within(mine, hers, most) and not _is_of_other_gender(mine, hers)


def _is_spelling(one: str, other: str, form: str, other_form: str) -> bool:
    """Whether two words may be one with a slip, or in a long word two; or sound as if there were one slip."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SHORTEST_SLIPPED - 1 or longer < SHORTEST_SLIPPED or longer - shorter > TWO:
        return False
    if _within(one, other, 1 + (shorter >= LONG)) or (form != one and _within(form, other_form, 1)):
        return not _is_of_other_gender(one, other)
    mine, hers = spoken(form), spoken(other_form)
    if min(len(mine), len(hers)) < SHORTEST_SLIPPED or not _within(mine, hers, 1):
        return False
    return not _is_of_other_gender(one, other) and not _is_of_other_gender(mine, hers)


def _within(one: str, other: str, most: int) -> bool:
    return OSA.distance(one, other, score_cutoff=most) <= most


def _is_of_other_gender(one: str, other: str) -> bool:
    """Mario and Maria, Gabriel and Gabriela: two people, not a slip."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == len(longer):
        return shorter[:-1] == longer[:-1] and {shorter[-1], longer[-1]} in ({"a", "o"}, {"A", "U"})
    return len(shorter) >= SHORTEST_SLIPPED and longer in (f"{shorter}a", f"{shorter}A")


def _grade(pairs: list[Laid], *, whole: int, apart: int, missing: int, names: tuple[Name, Name]) -> Grade | None:
    """``whole`` words agree, ``apart`` contradict each other, ``missing`` are of one name only."""
    slips = sum(how is Agreement.SPELLING for _, _, how in pairs)
    clear = sum(how in (Agreement.SAME, Agreement.FORM) for _, _, how in pairs)
    if apart:
        return Grade.POSSIBLE if clear > 1 or whole - slips > TWO else None
    if not missing and all(how is Agreement.SAME for _, _, how in pairs):
        return Grade.SAME
    if whole < TWO:
        short = min(len(one.words) for one in names)
        return Grade.POSSIBLE if whole and (short == 1 or len(pairs) == TWO) else None
    if whole == TWO and missing > 1 and clear < TWO:
        return None
    if whole - slips > 1 and (whole > TWO or not missing):
        return Grade.LIKELY
    return Grade.POSSIBLE if whole - slips else None


def _is_reordered(sought: Name, found: Name, pairs: list[Laid]) -> bool:
    places = sorted((sought.words.index(one[0]), found.words.index(other[0])) for one, other, _ in pairs)
    return [place for _, place in places] != sorted(place for _, place in places)
