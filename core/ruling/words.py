"""The words in which rules and scorers are declared: seats, fields of a case, and a field's value in a sentence."""

import string
from dataclasses import fields
from typing import Final

from core.errors import AmparoError
from core.model.columns import AREAS, GENDERS, CaseView
from core.model.vocabulary import PracticeArea, SeatRole

CASE_FIELDS: Final = frozenset(column.name for column in fields(CaseView))
NAMING_FIELDS: Final = frozenset(("barred", "prior", "proposed_attorney", "proposed_interpreters", "proposed_mentor"))
"""The fields of a case that name volunteers, by their numbers."""


def seats_of(role: str | tuple[str, ...]) -> tuple[SeatRole, ...]:
    """The seats that a provider is asked about, from one name or several."""
    return tuple(SeatRole(one) for one in ((role,) if isinstance(role, str) else role))


def checked_reads(reads: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The fields a provider reads; raises AmparoError where a case has no such field."""
    unknown = sorted(set(reads) - CASE_FIELDS)
    if unknown:
        raise AmparoError(f"{name} reads {', '.join(unknown)}, which a case does not have.")
    return reads


def checked_among(among: str, name: str) -> str:
    """The field that names whom a pair provider is about; raises AmparoError where it names nobody."""
    if among and among not in NAMING_FIELDS:
        known = ", ".join(sorted(NAMING_FIELDS))
        raise AmparoError(f"{name} is about those among {among}, which names no volunteers. Choose one of: {known}.")
    return among


def sentence_of(text: str, docstring: str | None) -> str:
    """A provider's sentence: as given, else the first line of its docstring."""
    return text or (docstring or "").strip().split("\n")[0]


def filled_in(text: str, case: CaseView) -> str:
    """A sentence with the fields of one case in place of their names in braces."""
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    return text.format(**{name: label(case, name) for name in names})


def label(case: CaseView, name: str) -> str:
    """A field of a case in words, for a rule's sentence."""
    value = getattr(case, name)
    if name == "practice_area":
        return "DACA or TPS" if AREAS[value] is PracticeArea.DACA_TPS else str(AREAS[value])
    if name == "interpreter_gender":
        return "" if value is None else str(GENDERS[value])
    return f"{value:g}" if isinstance(value, float) else str(value)
