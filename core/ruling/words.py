"""The words in which rules and scorers are declared: seats, fields of a case, and a field's value in a sentence."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final, Protocol

from core.errors import AmparoError
from core.model.plans.columns import AREAS, GENDERS, MODES, CaseView
from core.model.vocabulary import PracticeArea, SeatRole

CASE_FIELDS: Final = frozenset(column.name for column in fields(CaseView))
NAMING_FIELDS: Final = frozenset(
    ("barred", "prior", "proposed_attorney", "proposed_co_counsel", "proposed_interpreters", "proposed_mentor")
)
"""The fields of a case that name volunteers, by their numbers."""
CODED: Final[Mapping[str, Sequence[str]]] = {"interpreter_gender": GENDERS, "interpreter_mode": MODES}
"""Fields of a case that are numbers of a vocabulary's codes, or None."""
LEAD: Final = "lead"
"""What a rule or scorer declares as its role that is about the lead attorney alone, and not about co-counsel."""


class Seated(Protocol):
    """Whatever is asked about seats."""

    @property
    def roles(self) -> Sequence[SeatRole]:
        """The seats that it declares."""


def seats_of(role: str | tuple[str, ...]) -> tuple[SeatRole, ...]:
    """The seats that a provider declares, from one name or several; ``lead`` is the attorney's."""
    return tuple(SeatRole.ATTORNEY if one == LEAD else SeatRole(one) for one in _names(role))


def is_lead_only(role: str | tuple[str, ...]) -> bool:
    """Whether a provider declares to be about the lead and not about attorneys."""
    return LEAD in _names(role) and SeatRole.ATTORNEY not in _names(role)


def _names(role: str | tuple[str, ...]) -> tuple[str, ...]:
    return (role,) if isinstance(role, str) else role


def is_about(provider: Seated, role: SeatRole) -> bool:
    """Whether a rule or scorer is asked about a seat.

    One for attorneys speaks for co-counsel too, unless its ``lead_only`` is set: a bar's veto holds for whoever
    represents, whether or not its author knew that there can be two.
    """
    if role is SeatRole.CO_COUNSEL and SeatRole.ATTORNEY in provider.roles:
        return role in provider.roles or not getattr(provider, "lead_only", False)
    return role in provider.roles


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
        area: PracticeArea = AREAS[value]
        return area.word
    if name in CODED:
        return "" if value is None else str(CODED[name][value])
    return f"{value:g}" if isinstance(value, float) else str(value)
