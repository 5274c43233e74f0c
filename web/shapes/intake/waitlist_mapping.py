"""Which column of a waitlist is which, for pages: what is proposed, what was chosen, and what the rows become."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from core.model.clients.client import ClientField
from core.model.clients.households import Period
from core.model.vocabulary import Forum, Gender, Posture, PracticeArea
from core.services.cases.importing import Imported, Outcome
from core.spreadsheets.columns import key_of
from core.spreadsheets.problems import Problem, Severity, alike
from core.spreadsheets.table import Table
from core.waitlists import DayOrder, Understood, WaitlistMapping, WaitlistRow, undecided_words
from core.waitlists.mapping import NAMES, is_understood
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.full import title_of
from web.shapes.clients.client_form import PERIODS, line_in, told
from web.shapes.intake.place_reading import state_choices
from web.words.field import languages, options
from web.words.field import marked as _n

Item = dict[str, Any]
ROWS: Final = 4
CASES_SHOWN: Final = 12
PROBLEMS_SHOWN: Final = 25
LONGEST: Final = 40
FIELDS: Final[Mapping[str, str]] = {
    "ref": _n("Reference"),
    "name": _n("Client's name"),
    "first_name": _n("First name"),
    "last_name": _n("Last name"),
    "second_last_name": _n("Second last name"),
    "other_names": _n("Other names"),
    "birth_date": _n("Date of birth"),
    "a_number": _n("A-number"),
    "nationality": _n("Nationality"),
    "practice_area": _n("Practice area"),
    "relief": _n("Relief"),
    "language": _n("Language"),
    "county": _n("County"),
    "state": _n("State"),
    "received": _n("Received"),
    "detained": _n("Detained"),
    "deadline": _n("Deadline"),
    "deadline_kind": _n("What the deadline is"),
    "phone": _n("Telephone"),
    "email": _n("E-mail"),
    "address": _n("Address"),
    "safe_contact": _n("Safe contact"),
    "household": _n("Persons in the household"),
    "income": _n("Household income"),
    "story": _n("Notes, the story"),
    "summary": _n("Summary for volunteers"),
    "forum": _n("Forum"),
    "posture": _n("Posture"),
    "level": _n("Level"),
    "hours": _n("Attorney hours"),
    "attorneys": _n("Attorneys"),
    "interpreter_hours": _n("Interpreter hours"),
    "needs_interpreter_gender": _n("Interpreter's gender"),
    "remote_ok": _n("Remote work will do"),
}
OTHERWISE: Final = ("practice_area", "language", "state", "forum")
"""Columns for which one answer may hold for every row that says nothing."""
ORDERS: Final = {
    DayOrder.MONTH_FIRST: _n("month first: 3/9/2026 is 9 March"),
    DayOrder.DAY_FIRST: _n("day first: 3/9/2026 is 3 September"),
    DayOrder.YEAR_FIRST: _n("year first: 2026-03-09"),
}
OUTCOMES: Final = {
    Outcome.NEW: (_n("New"), "ok"),
    Outcome.CHANGED: (_n("Corrected"), "info"),
    Outcome.UNCHANGED: (_n("As it is"), "plain"),
    Outcome.PASSED_OVER: (_n("Left as it is"), "soon"),
    Outcome.LEFT_OUT: (_n("Left out"), "soon"),
}


def mapping_in(form: Any, table: Table) -> WaitlistMapping:
    """What was chosen in the form. Headings that the file does not have count as left out."""
    headings = {heading for heading in table.header if heading}
    columns = {name: text if (text := line_in(form, f"column-{name}")) in headings else "" for name in NAMES}
    words: dict[str, dict[str, str]] = {}
    for at in range(len(form)):
        column, word = str(form.get(f"of-{at}", "")), str(form.get(f"word-{at}", ""))
        if column in _MEANINGS and word and (means := line_in(form, f"means-{at}")):
            words.setdefault(column, {})[word] = means
    return WaitlistMapping(
        columns=columns,
        words=words,
        otherwise={name: text for name in OTHERWISE if (text := line_in(form, f"otherwise-{name}"))},
        days=DayOrder(text) if (text := line_in(form, "days")) in set(DayOrder) else DayOrder.YEAR_FIRST,
        income_period=Period(text) if (text := line_in(form, "income_period")) in set(Period) else Period.YEAR,
    )


def field_items(table: Table, mapping: WaitlistMapping, missing: Iterable[str]) -> list[Item]:
    """Our columns, each with the headings to choose from and the one that is chosen."""
    headings = list(dict.fromkeys(heading for heading in table.header if heading))
    choices = [(heading, heading[:LONGEST]) for heading in headings]
    lacking = set(missing)
    return [
        {
            "name": f"column-{name}",
            "label": _(label),
            "choices": choices,
            "chosen": mapping.columns.get(name, ""),
            "error": _("Choose the column, or say further down what holds for all.") if name in lacking else None,
        }
        for name, label in FIELDS.items()
    ]


def unmapped(table: Table, mapping: WaitlistMapping) -> list[str]:
    """The headings that are not taken over."""
    taken = {key_of(heading) for heading in mapping.columns.values() if heading}
    return [heading for heading in table.header if heading and key_of(heading) not in taken]


def first_rows(table: Table, mapping: WaitlistMapping) -> Item:
    """The first rows as they stand, each column with what it is taken for."""
    ours = {key_of(heading): name for name, heading in mapping.columns.items() if heading}
    names = [ours.get(key_of(heading), "") for heading in table.header]
    return {
        "columns": [
            {"heading": heading[:LONGEST], "taken": _(FIELDS[name]) if name else _("not taken over")}
            for heading, name in zip(table.header, names, strict=True)
        ],
        "rows": [{"line": row.line, "cells": [_short(cell) for cell in row.cells]} for row in table.rows[:ROWS]],
    }


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


_MEANINGS: Final[Mapping[str, Any]] = {
    "practice_area": lambda: options(PracticeArea),
    "forum": lambda: options(Forum),
    "posture": lambda: options(Posture),
    "needs_interpreter_gender": lambda: [("any", _("any")), *options(Gender)[:3]],
    "detained": lambda: [("yes", _("yes")), ("no", _("no"))],
    "remote_ok": lambda: [("yes", _("yes")), ("no", _("no"))],
    "state": state_choices,
    "language": list,
}
"""What the words of a column may mean, to choose from; for languages it is written."""


def word_items(table: Table, mapping: WaitlistMapping) -> list[Item]:
    """The words of the file that we do not know, and those that somebody has explained, with what each means."""
    blank = WaitlistMapping(columns=mapping.columns)
    items: list[Item] = []
    for column, words in undecided_words(table, blank).items():
        explained = {key_of(word): means for word, means in mapping.words.get(column, {}).items()}
        for word, count in words.items():
            means = explained.get(key_of(word), "")
            items.append(
                {
                    "at": len(items),
                    "column": column,
                    "label": f"{_(FIELDS[column])}: {word[:LONGEST]}",
                    "word": word,
                    "hint": ngettext("%(num)s row", "%(num)s rows", count) % {"num": count},
                    "choices": _MEANINGS[column](),
                    "means": means,
                    "doubtful": not means or not _is_known(column, means),
                }
            )
    return items


def _is_known(column: str, means: str) -> bool:
    return all(is_understood(column, part.strip()) for part in means.split(";") if part.strip())


def otherwise_items(mapping: WaitlistMapping) -> list[Item]:
    """What holds for every row whose cell says nothing."""
    return [
        {
            "name": f"otherwise-{name}",
            "label": _(FIELDS[name]),
            "choices": _MEANINGS[name](),
            "chosen": mapping.otherwise.get(name, ""),
        }
        for name in OTHERWISE
    ]


def order_choices() -> list[tuple[str, str]]:
    """How a file may write days."""
    return told(ORDERS)


def period_choices() -> list[tuple[str, str]]:
    """How often the income of a file may come."""
    return told(PERIODS)


def case_items(understood: Understood, foreseen: Iterable[Imported]) -> list[Item]:
    """The first cases as they would be taken over, with what becomes of each."""
    outcomes = {one.line: one for one in foreseen}
    return [_case_item(row, outcomes[row.case.line]) for row in understood.rows[:CASES_SHOWN]]


def _case_item(row: WaitlistRow, one: Imported) -> Item:
    case, client = row.case, row.client
    known = [_(FIELDS[str(field)]) for field in client if field is not ClientField.NAME and str(field) in FIELDS]
    return {
        "line": case.line,
        "ref": case.ref or _("next reference"),
        "name": client.get(ClientField.NAME, ""),
        "tag": outcome_tag(one.outcome),
        "note": one.note,
        "about": [
            title_of(case.practice_area, case.relief, case.posture),
            languages(case.languages),
            ", ".join(filter(None, (case.county, case.us_state))) or _("county not given"),
        ],
        "more": known,
    }


def outcome_tag(outcome: Outcome) -> Item:
    """What became of a row, as a tag."""
    label, tone = OUTCOMES[outcome]
    return {"label": _(label), "tone": tone}


def problem_lines(problems: Iterable[Problem], severity: Severity) -> Item:
    """Problems of one severity in sentences, those that are alike in one; how many lines are too many to show."""
    told = alike(one for one in problems if one.severity is severity)
    lines = [said[:1].upper() + said[1:] for one in told[:PROBLEMS_SHOWN] if (said := one.sentence())]
    return {"lines": lines, "others": len(told) - len(lines)}
