"""What in the summary of a listing could tell whose case it is: found word by word, for the meter beside the editor.

A summary is written by a person and judged by one. What this finds is where she should look again. What tells more
than the listing around it may tell keeps the summary off the list until it is changed: a name, a number, a date, an
age, a country, or a language, an area or a detention that the listing hides. It errs on that side.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

import msgspec

from core.model.languages import languages_by_name
from core.model.listings.attributes import Attribute
from core.model.listings.listed import Told
from core.model.places import counties


class Clue(StrEnum):
    """What kind of thing in a summary points to a person."""

    NUMBER = "number"
    NAME = "name"
    PLACE = "place"
    ORIGIN = "origin"
    LANGUAGE = "language"
    DATE = "date"
    AGE = "age"
    AREA = "area"
    RELIEF = "relief"
    DETENTION = "detention"
    FAMILY = "family"
    EVENT = "event"


WEIGHTS: Final = {Clue.FAMILY: 15, Clue.EVENT: 20}
"""What clues that a coordinator may leave in add to the meter, of 100; each of the others fills it."""


class Found(msgspec.Struct, frozen=True):
    """One clue: what it is and where it stands in the text. ``blocks``: the summary is not shown with it."""

    clue: Clue
    text: str
    start: int
    blocks: bool


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBERS: Final = re.compile(
    r"\S+@\S+|(?<!\w)@\w+|https?://\S+|\b[Aa][-#: ]{1,3}\d[\d -]{5,}\d|(?<![\w-])\+?\(?A?\d(?:[ .()-]{0,2}\d){4,}"
)
_LOWER_MONTHS: Final = "january|february|april|june|july|august|september|october|november|december"
_SPANISH_MONTHS: Final = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
)
_DATES: Final = re.compile(
    rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?\b|\b(?:March|May)\b|\bmarch \d|"
    rf"\b(?i:{_LOWER_MONTHS}|{_SPANISH_MONTHS})\b"
)
"""Small "may" and "march" are words of every day."""
_AGES: Final = re.compile(
    r"\b\d{1,2}[- ](?:years?|yrs?|months?)[- ](?:old|of age)\b|\b\d{1,2} ?(?:yo|y/o)\b|\b\d{1,2} años\b|"
    r"\b(?:aged?|turns?|turned)(?: of)? \d{1,2}\b",
    re.IGNORECASE,
)
_ORIGINS: Final = re.compile(
    r"\b(?:Afghan|Afgan|Angola|Argentin|Armeni|Bangladesh|Belaru|Beliz|Bolivi|Brazil|Brasil|Burm|Burundi|Cambodi|"
    r"Cameroon|Chile|China|Colombia|Congo|Costa Ric|Cuba|Dominican|Ecuador|Ecuatorian|Egypt|El Salvador|Eritre|Ethiopi|"
    r"Gambia|Georgian|Ghana|Guatemal|Guinea|Guyan|Haiti|Hondur|Indian?s?\b|Iran|Iraq|Jamaica|Jordan|Kazakh|Kenya|Korea|Kurd|"
    r"Kyrgyz|Laos|Leban|Liberia|Libya|Mali\b|Mauritan|Mexic|Moldov|Mongoli|Morocc|Myanmar|Nepal|Nicaragu|Nigeri|"
    r"Pakistan|Palestin|Panam|Paragua|Peru(?!s)|Philippin|Roma\b|Romania|Russia|Rwanda|Salvador|Senegal|Sierra Leone|"
    r"Somali|Sri Lanka|Sudan|Syria|Tajik|Tanzania|Tibet|Togo\b|Turk|Uganda|Ukrain|Ucrani|Urugua|Uzbek|Venez|Vietnam|"
    r"Yemen|Zimbabwe|Indigenous|Indígena|Mixtec|Zapotec|Nahua|Triqui|Mazahua|Kichwa|Quichua|Garifuna|Garífuna)\w*",
    re.IGNORECASE,
)
MAYAN: Final = "mayan"
"""The family of languages whose name a listing may tell, and a summary then, too."""
_MAYAN: Final = re.compile(r"\bMayan?s?\b", re.IGNORECASE)
_TITLED: Final = re.compile(r"\b(?:mrs?|ms|dr|sra?|srta)\.? [^\W\d_]+", re.IGNORECASE)
"""Somebody by her title: a name, however it is written."""
_RELIEF_NAMES: Final = (
    r"\bI-\d{3}[A-Z]?\b|\bN-\d{3}\b|\bEOIR-\d+\w?\b|\bDS-260\b|\b[UT][- ]visa\b|\bSIJS?\b|\bVAWA\b|\bDACA\b|\bTPS\b|"
    r"\btemporary protected\b|\bcancellation\b"
)
_AREAS: Final = re.compile(
    rf"{_RELIEF_NAMES}|\basyl\w*|\brefugee|\bpersecut|\bcitizen(?:ship)?\b|\bnaturali|\bjuvenile\b|"
    r"\bpetition|\bspouse|\bmarri|\bvictim|\bviolen|\btraffick|\bappeal",
    re.IGNORECASE,
)
_RELIEFS: Final = re.compile(_RELIEF_NAMES, re.IGNORECASE)
"""The names and forms of reliefs; a listing may tell the practice area and hide which of its reliefs it is."""
_DETENTION: Final = re.compile(
    r"\bdetain|\bdetention\b|\bin custody\b|\bbond\b|\bprison\b|\bjail|\bimmigration court\b|\bjudge\b|\bhearing\b|"
    r"\bproceedings\b|\bremoval\b|\bdeport|\bcourt\b|\bNTA\b|\bEOIR\b|(?-i:\bICE\b)",
    re.IGNORECASE,
)
_FAMILIES: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ )?(?:children|sons|daughters|siblings|brothers|"
    r"sisters|kids)\b|\btwins?\b|\btriplets\b|\bpregnan\w+",
    re.IGNORECASE,
)
_EVENTS: Final = re.compile(
    r"\b(?:journalist|pastor|priest|mayor|police officer|soldier|teacher|nurse|doctor|politician|activist|witness|"
    r"land rights|kidnapp\w*|shot|murder\w*|killed|massacre|newspaper|television|transgender|trans|gay|lesbian|HIV|"
    r"wheelchair|blind|deaf)\b",
    re.IGNORECASE,
)
_CAPITALS: Final = re.compile(r"(?<![.!?:;“\"(\n] )(?<!^)(?<!\n)\b[A-ZÁÉÍÓÚÑ][\w'’áéíóúñü-]+")
_FIRST_NAMES: Final = _words(
    "Adriana Alejandra Alejandro Ahmed Ali Ana Andrea Andres Angel Angela Anna Antonio Beatriz Blanca Carlos Carmen "
    "Claudia Cristian Cristina Daniel Daniela David Diana Diego Edgar Eduardo Elena Elizabeth Emmanuel Enrique Ernesto "
    "Esperanza Eva Fatima Felipe Fernando Francisca Francisco Gabriel Gabriela Gloria Guadalupe Hassan Hector Hugo "
    "Ibrahim Isabel Jaime Javier Jean Jesus John Jorge Jose Josefa Juan Juana Julio Karla Kevin Laura Leticia Lorena "
    "Lucia Luis Luisa Manuel Marcos Maria Mariana Mario Marta Martin Mary Mateo Michael Miguel Mohamed Mohammad "
    "Mohammed Monica Nadia Natalia Nicolas Oscar Pablo Patricia Pedro Pierre Rafael Ramon Raul Ricardo Roberto Rosa "
    "Ruben Samuel Sandra Santiago Sara Sebastian Sergio Silvia Sofia Teresa Tomas Veronica Victor Yolanda"
)
"""Common first names, for the beginning of a sentence, where every word has a capital."""
_EVERYDAY: Final = _words("curry eddy grant polish quay union")
"""What is a county or a language with a capital only."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_ACCENTED: Final = re.compile(r"[ÁÉÍÓÚÑáéíóúñü]")
_USUAL: Final = _words(
    "English Spanish USCIS EOIR BIA ICE CBP DHS DOJ HHS ORR VAWA DACA TPS SIJ SIJS CAT GED DNA FBI FOIA RFE NTA LPR "
    "I-94 I-130 I-485 I-589 I-601A I-730 I-751 I-765 I-821 I-821D I-914 I-918 I-918B I-129F I-360 N-400 N-600 N-648 "
    "EOIR-26 EOIR-28 EOIR-42A EOIR-42B DS-260 G-28 Board Immigration Appeals Court State Federal Mexico New"
)


@cache
def _language_names() -> re.Pattern[str]:
    names = sorted(languages_by_name(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


@cache
def _county_names() -> re.Pattern[str]:
    spelt = {name for county in counties().values() for name in (county.name, _unaccented(county.name))}
    small = [name for name in spelt if name.casefold() not in _EVERYDAY]
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(spelt)))}|(?i:{'|'.join(map(re.escape, sorted(small)))}))\b"
    )


def _unaccented(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def clues_in(summary: str, told: Told) -> tuple[Found, ...]:
    """What in a summary points to a person, in the order of the text, beside a listing that tells this much."""
    return _clues(summary, told.languages, told.family, told.us_state, told.hidden)


@lru_cache(maxsize=8192)
def _clues(
    summary: str, languages: tuple[str, ...], family: str, us_state: str, hidden: tuple[Attribute, ...]
) -> tuple[Found, ...]:
    """The list is worked out at every change of an open case, and nearly all its summaries are as they were."""
    found = [
        *_always(summary),
        *_places(summary, us_state),
        *_languages_in(summary, languages, family),
        *_beyond(summary, hidden),
    ]
    found += [
        Found(Clue.NAME, match[0], match.start(), True) for match in _CAPITALS.finditer(summary) if _is_name(match[0])
    ]
    found += [
        Found(Clue.NAME, match[0], match.start(), True) for match in _WORD.finditer(summary) if _is_first_name(match[0])
    ]
    first: dict[int, Found] = {}
    for one in found:
        first.setdefault(one.start, one)
    return tuple(sorted(first.values(), key=lambda one: one.start))


def gives_away(summary: str, told: Told) -> bool:
    """Whether a summary tells more than the listing around it, and so is not shown."""
    return any(one.blocks for one in clues_in(summary, told))


def meter(found: tuple[Found, ...]) -> int:
    """How far a summary points to a person: 0 to 100, and 100 where it is not shown."""
    if any(one.blocks for one in found):
        return 100
    return min(95, sum(WEIGHTS[one.clue] for one in found))


def _always(text: str) -> Iterator[Found]:
    for clue, pattern, blocks in (
        (Clue.NUMBER, _NUMBERS, True),
        (Clue.DATE, _DATES, True),
        (Clue.AGE, _AGES, True),
        (Clue.NAME, _TITLED, True),
        (Clue.ORIGIN, _ORIGINS, True),
        (Clue.FAMILY, _FAMILIES, False),
        (Clue.EVENT, _EVENTS, False),
    ):
        for match in pattern.finditer(text):
            if match[0].casefold() != "mexico" or text[: match.start()][-4:].casefold() != "new ":
                yield Found(clue, match[0], match.start(), blocks)


def _places(text: str, us_state: str) -> Iterator[Found]:
    for match in _county_names().finditer(text):
        yield Found(Clue.PLACE, match[0], match.start(), True)
    for match in re.finditer(r"\bNew Mexico\b", text, re.IGNORECASE):
        if not us_state:
            yield Found(Clue.PLACE, match[0], match.start(), True)


def _languages_in(text: str, languages: tuple[str, ...], family: str) -> Iterator[Found]:
    for match in _language_names().finditer(text.replace("’", "'")):
        tag = languages_by_name()[match[0].casefold()]
        if tag not in languages and match[0] not in _EVERYDAY:
            yield Found(Clue.LANGUAGE, text[match.start() : match.end()], match.start(), True)
    if family != MAYAN:
        yield from (Found(Clue.LANGUAGE, match[0], match.start(), True) for match in _MAYAN.finditer(text))


def _beyond(text: str, hidden: tuple[Attribute, ...]) -> Iterator[Found]:
    """What the listing itself hides."""
    if Attribute.AREA in hidden:
        yield from (Found(Clue.AREA, match[0], match.start(), True) for match in _AREAS.finditer(text))
    if Attribute.RELIEF in hidden:
        yield from (Found(Clue.RELIEF, match[0], match.start(), True) for match in _RELIEFS.finditer(text))
    if Attribute.POSTURE in hidden:
        yield from (Found(Clue.DETENTION, match[0], match.start(), True) for match in _DETENTION.finditer(text))


def _is_name(word: str) -> bool:
    plain = word.removesuffix("'s").removesuffix("’s")
    return (
        plain not in _USUAL
        and plain.casefold() not in languages_by_name()
        and not (_ORIGINS.match(word) or _MAYAN.match(word))
    )


def _is_first_name(word: str) -> bool:
    return word[0].isupper() and (word in _FIRST_NAMES or bool(_ACCENTED.search(word)))
