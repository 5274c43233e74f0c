"""Languages out of free text, such as "Spanish (fluent), some French", with how sure the reading is.

A word like "fluent" is no level: only what the ILR scale itself names is (core.spreadsheets.words.ILR_WORDS).
"""

import difflib
import re
from functools import cache, lru_cache
from typing import Final

from core.errors import BadInput
from core.model.languages import INDIGENOUS, language_name, language_tag
from core.model.rosters.entries import Spoken
from core.spreadsheets.cells import ilr
from core.spreadsheets.columns import key_of
from core.spreadsheets.problems import Unfit

CERTAIN: Final = 1.0
BY_CODE: Final = 0.9
"""A bare code of two or three letters may be an abbreviation of something else."""
HEDGED: Final = 0.5
"""Some, a little, basic: the language is sure, that she can work in it is not."""
MISSPELT: Final = 0.6

_SEPARATORS: Final = re.compile(r"[;,|/&\r\n•·]+|\s\+\s|\band\b|\by\b|\bet\b", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_NOT_WITHIN: Final = re.compile(r"[;,|/&](?=[^(\[]*[)\]])")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SURE: Final = _words(
    "fluent fluently fluency native bilingual proficient advanced professional working full speaks speak spoken "
    "written reads writes read write and in language languages mother tongue near speaker excellent good very "
    "conversational intermediate conversant fluido nativo habla level only"
)
_UNSURE: Final = _words("some little a bit basic limited beginner elementary poco poor rusty learning fair")
_NOBODY: Final = _words("none no n_a na nil not_applicable other ninguno unknown") | {""}
_SIGNED: Final = dict.fromkeys(("asl", "american_sign_language", "sign_language"), "ase")
"""ASL is also the code of Asilulu, which nobody in a bar's roster means."""
_LIKELY: Final = _words(
    "es fr pt ht ru uk zh yue ar fa prs ps ur hi bn pa gu ta te ne vi km th lo my tl ko ja am ti so sw de it pl ro hu "
    "el tr he ase sq hy az ka mn id ms mam quc kek kjb cak knj ixl cac acr jac nv qu en"
)
"""What a bare code or a misspelt name may be meant for: languages that the people around a clinic speak. "The" and
"law" are the codes of others."""


@cache
def _names() -> dict[str, str]:
    return {language_name(tag).casefold(): tag for tag in sorted(_LIKELY)}


@lru_cache(maxsize=8192)
def languages_in(text: str) -> tuple[tuple[Spoken, ...], tuple[str, ...]]:
    """The languages that a cell names, each once and the surest reading of it, and the words that name none."""
    if key_of(text) in _NOBODY:
        return (), ()
    found: dict[str, Spoken] = {}
    lost: list[str] = []
    for part in _SEPARATORS.split(_NOT_WITHIN.sub(" ", text)):
        spoken = _spoken(part.strip(" .:-"))
        if spoken is not None and (spoken.tag not in found or found[spoken.tag].confidence < spoken.confidence):
            found[spoken.tag] = spoken
        elif spoken is None and key_of(part) not in _NOBODY and set(key_of(part).split("_")) - _SURE - _UNSURE:
            lost.append(part.strip())
    return tuple(found.values()), tuple(lost)


def _spoken(part: str) -> Spoken | None:
    """One language with its level and confidence; None: there is none."""
    if key_of(part) in _NOBODY:
        return None
    name, _, told = part.partition(":")
    inside = " ".join(_BRACKETS.findall(name))
    words = _BRACKETS.sub(" ", name).split()
    said = {key_of(word) for word in (*words, *inside.split(), *told.split())}
    bare = " ".join(word for word in words if key_of(word) not in _SURE | _UNSURE)
    tag, confidence = _tag(inside, sure_only=True) if inside and bare else ("", 0.0)
    if not tag:
        tag, confidence = _tag(bare or name)
    if not tag:
        return None
    level = _level(told) or _level(inside)
    if level and confidence == BY_CODE:
        confidence = CERTAIN
    hedged = HEDGED if said & _UNSURE and not level else CERTAIN
    return Spoken(tag, min(confidence, hedged), level)


def _tag(name: str, *, sure_only: bool = False) -> tuple[str, float]:
    """The tag for a name or a code, and how sure that is. A dialect in brackets counts only by its name."""
    plain = name.strip(' ."-')
    if signed := _SIGNED.get(key_of(plain)):
        return signed, CERTAIN
    code = bool(re.fullmatch(r"[A-Za-z]{2,3}", plain))
    try:
        if len(plain) > 1 and not (sure_only and code):
            tag = language_tag(plain)
            if not code or tag in _LIKELY | INDIGENOUS:
                return tag, BY_CODE if code else CERTAIN
    except BadInput:
        pass
    near = (
        [] if sure_only or len(plain) < 5 else difflib.get_close_matches(plain.casefold(), _names(), n=1, cutoff=0.82)
    )
    return (_names()[near[0]], MISSPELT) if near else ("", 0.0)


def _level(text: str) -> float:
    try:
        return ilr(re.sub(r"(?i)^ilr\s*", "", text.strip())) if text.strip() else 0.0
    except Unfit:
        return 0.0
