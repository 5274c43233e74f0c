"""The questions of clients as pages show them, and what a form sends as answers are kept."""

import re
from collections.abc import Mapping
from typing import Any, Final

from babel.dates import format_date, get_month_names

from core.model.help.answering import HOME_STATE, earliest_day
from core.model.help.asking import ELSEWHERE, OTHER, Answers, Kind, Question
from core.model.places import counties
from web.i18n import gettext as _
from web.i18n import locale
from web.words.help import CHOICE_WORDS, OTHER_PERSON, QUESTION_WORDS, TONGUE_NAMES

Item = dict[str, Any]
NOT_A_NUMBERS: Final = re.compile(r"[\s$]|[.,](?=\d{3}\b)|[.,]\d\d$")
"""What stands in a sum beside its whole dollars: "$1,200.50" and "1.200,50" are both 1200."""


def heading_of(question: Question, answers: Answers) -> str:
    """The question in words, of the person who needs help where somebody else answers."""
    words = QUESTION_WORDS[question.name][0]
    if answers.get("who", "me") != "me":
        words = OTHER_PERSON.get(question.name, words)
    return _(words)


def question_item(question: Question, answers: Answers, answer: str | None = None) -> Item:
    """A question with its answer, or with one that was typed and not taken."""
    hint, given = QUESTION_WORDS[question.name][1], answers.get(question.name, "") if answer is None else answer
    return {
        "name": question.name,
        "kind": str(question.kind),
        "heading": heading_of(question, answers),
        "hint": _(hint) if hint else "",
        "required": question.required,
        "most": question.most,
        "answer": given,
        **_parts(question, given, answers),
    }


def _parts(question: Question, given: str, answers: Answers) -> Item:
    match question.kind:
        case Kind.CHOICE | Kind.MANY:
            options = [
                one for one in _choices(question) if (question.name, one[0]) != ("also", answers.get("language"))
            ]
            return {"options": options, "chosen": given.split(",")}
        case Kind.LANGUAGE:
            other = given.removeprefix(OTHER) if given.startswith(OTHER) else ""
            return {"options": list(TONGUE_NAMES.items()), "chosen": [given], "other": other}
        case Kind.COUNTY:
            return {"options": county_options()}
        case Kind.DAY:
            year, month, day = (*given.split("-"), "", "", "")[:3]
            return {"months": _months(), "year": year, "month": month, "day": day.lstrip("0")}
        case _:
            return {}


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(code, _(CHOICE_WORDS[question.name][code])) for code in question.choices]


def county_options() -> list[tuple[str, str]]:
    """The counties of New Mexico, and every other place as one."""
    names = sorted(county.name for (state, _name), county in counties().items() if state == HOME_STATE)
    return [*((name, name) for name in names), (ELSEWHERE, _("Outside of New Mexico"))]


def _months() -> list[tuple[str, str]]:
    names = get_month_names("wide", context="stand-alone", locale=locale())
    return [(f"{number:02}", f"{number} · {names[number]}") for number in range(1, 13)]


def answer_in(question: Question, form: Mapping[str, Any], many: list[str]) -> str:
    """What a form says, as it is kept. ``many`` are all values of its field ``answer``."""
    if question.kind is Kind.MANY:
        return ",".join(choice for choice in question.choices if choice in many)
    if question.kind is Kind.DAY:
        return _typed_day(*(str(form.get(name, "")).strip() for name in ("year", "month", "day")))
    typed = str(form.get("answer", "")).replace("\r\n", "\n").strip()
    if question.kind is Kind.LANGUAGE:
        other = " ".join(str(form.get("other", "")).split())
        return OTHER + other if other else typed
    if question.kind is Kind.NUMBER:
        return NOT_A_NUMBERS.sub("", typed)
    return typed if question.kind is Kind.TEXT else " ".join(typed.split())


def _typed_day(year: str, month: str, day: str) -> str:
    """``2026-03-09``, ``2026-03`` without a day, ``2026`` without a month; else as typed, which is no day."""
    parts = (year, month and month.zfill(2), day and day.zfill(2))
    return "-".join(parts).rstrip("-")


def told(question: Question, answer: str) -> str:
    """An answer as people read it."""
    if not answer:
        return ""
    match question.kind:
        case Kind.CHOICE | Kind.MANY:
            return "\n".join(_(CHOICE_WORDS[question.name][code]) for code in answer.split(","))
        case Kind.LANGUAGE:
            return TONGUE_NAMES.get(answer, answer.removeprefix(OTHER))
        case Kind.COUNTY:
            return _("Outside of New Mexico") if answer == ELSEWHERE else answer
        case Kind.DAY:
            return _told_day(answer)
        case _ if question.name == "income":
            return f"${int(answer):,}"
        case _:
            return answer


def _told_day(answer: str) -> str:
    earliest = earliest_day(answer)
    if earliest is None:
        return answer
    return format_date(earliest, ("y", "LLLL y", "long")[answer.count("-")], locale=locale())
