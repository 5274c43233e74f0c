"""What a client is asked when she asks for help: one question a screen, each in words that the pages know.

An answer is a text by the name of its question. What was not asked, since an earlier answer makes it needless, does
not count; so answers may be changed in any order.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec


class Kind(StrEnum):
    """What an answer looks like."""

    CHOICE = "choice"
    MANY = "many"
    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    COUNTY = "county"
    LANGUAGE = "language"
    PHONE = "phone"
    EMAIL = "email"


class Question(msgspec.Struct, frozen=True):
    """One question. ``asked_if`` names an earlier one and the answers to it that make this one worth asking.

    ``past``: the day lies behind. ``most`` is the longest text, or the largest number.
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    required: bool = False
    most: int = 200
    past: bool = False
    asked_if: tuple[str, tuple[str, ...]] | None = None


Answers = Mapping[str, str]
ELSEWHERE: Final = "elsewhere"
"""The answer of whoever does not live in New Mexico."""
OTHER: Final = "other:"
"""What an answer begins with that names a language outside of the list, in the client's words."""
TONGUES: Final = ("es", "en", "mam", "quc", "kek", "kjb", "knj", "cac", "jac", "ixl", "cak", "nv", "ht", "pt", "zh")
"""The languages to choose from: those that the programme meets most."""

QUESTIONS: Final = (
    Question("who", Kind.CHOICE, ("me", "child", "other"), required=True),
    Question(
        "help",
        Kind.CHOICE,
        ("afraid", "court", "family", "victim", "citizen", "daca_tps", "unsure"),
        required=True,
    ),
    Question("detained", Kind.CHOICE, ("no", "yes", "unsure"), required=True),
    Question("hearing", Kind.DAY),
    Question("arrival", Kind.DAY, past=True, asked_if=("help", ("afraid", "court", "victim", "unsure"))),
    Question("county", Kind.COUNTY, required=True),
    Question("language", Kind.LANGUAGE, TONGUES, required=True),
    Question("also", Kind.MANY, ("es", "en")),
    Question("name", Kind.LINE, required=True),
    Question("helper", Kind.LINE, asked_if=("who", ("child", "other"))),
    Question("other_names", Kind.LINE),
    Question("birth", Kind.DAY, past=True),
    Question("country", Kind.LINE, most=80),
    Question("a_number", Kind.LINE, most=20),
    Question("household", Kind.NUMBER, most=30),
    Question("income", Kind.NUMBER, most=100_000),
    Question("family", Kind.TEXT, most=600),
    Question("against", Kind.TEXT, most=600),
    Question("reach", Kind.CHOICE, ("call", "text", "email", "person", "page"), required=True),
    Question("phone", Kind.PHONE, required=True, asked_if=("reach", ("call", "text"))),
    Question("email", Kind.EMAIL, required=True, asked_if=("reach", ("email",))),
    Question("person", Kind.TEXT, required=True, asked_if=("reach", ("person",))),
    Question(
        "times",
        Kind.MANY,
        ("morning", "midday", "afternoon", "evening", "weekend"),
        asked_if=("reach", ("call", "text", "person")),
    ),
    Question(
        "careful",
        Kind.MANY,
        ("no_voicemail", "no_name", "only_me", "no_text"),
        asked_if=("reach", ("call", "text", "person")),
    ),
    Question("story", Kind.TEXT, most=4_000),
)
"""All questions, in the order in which they are asked: the easy ones first, the name when it is clear what for."""

BY_NAME: Final = {question.name: question for question in QUESTIONS}
AGAINST: Final = {("careful", "no_text"): ("reach", "text")}
"""A choice that an earlier answer contradicts: it is not offered then."""


def asked(answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked of somebody who has answered so far like this."""
    return tuple(one for one in QUESTIONS if _is_asked(one, answers))


def _is_asked(question: Question, answers: Answers) -> bool:
    if question.asked_if is None:
        return True
    earlier, wanted = question.asked_if
    return answers.get(earlier) in wanted


def fitted(question: Question, answers: Answers) -> Question:
    """A question as it is asked of somebody who has answered so far like this: without choices that contradict it."""
    choices = tuple(one for one in question.choices if _fits(question.name, one, answers))
    return msgspec.structs.replace(question, choices=choices)


def _fits(name: str, choice: str, answers: Answers) -> bool:
    earlier = AGAINST.get((name, choice))
    return earlier is None or answers.get(earlier[0]) != earlier[1]


def without_contradictions(answers: Answers) -> dict[str, str]:
    """The answers but those that a later change of mind contradicts: they are asked for once more."""
    gone = {
        name
        for name, choice in AGAINST
        if choice in answers.get(name, "").split(",") and not _fits(name, choice, answers)
    }
    return {name: answer for name, answer in answers.items() if name not in gone}


def after(name: str, answers: Answers) -> Question | None:
    """The question that follows; None after the last."""
    place = QUESTIONS.index(BY_NAME[name])
    return next((one for one in QUESTIONS[place + 1 :] if _is_asked(one, answers)), None)


def before(name: str, answers: Answers) -> Question | None:
    """The question that goes before; None before the first."""
    place = QUESTIONS.index(BY_NAME[name])
    return next((one for one in reversed(QUESTIONS[:place]) if _is_asked(one, answers)), None)


def counted(answers: Answers) -> dict[str, str]:
    """The answers that count: to questions that are asked, and not empty."""
    return {one.name: answers[one.name] for one in asked(answers) if answers.get(one.name)}


def unanswered(answers: Answers) -> tuple[Question, ...]:
    """The questions that must be answered and are not."""
    return tuple(one for one in asked(answers) if one.required and not answers.get(one.name))


def first_open(answers: Answers) -> Question | None:
    """Where somebody goes on who comes back: the first question that she has not seen; None where she saw all.

    A question that was skipped is kept as an empty answer, so it counts as seen.
    """
    return next((one for one in asked(answers) if one.name not in answers), None)
