"""What people decide about single deadlines of a case: done, set aside, another day; and who has one in hand."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.model.cases.case import Case
from core.model.deadlines.counting import Deadline, NotCounted

BY_HAND: Final = "by-hand"
"""The code under which a deadline that a person gave to the whole case is kept beside those of rules."""

ALERT: Final = "deadline"
"""The kind of alert that says that nobody acts on a deadline."""


def place_of(case: UUID, rule: str = "") -> str:
    """The page on which a coordinator sees to the deadlines of a case, and there to one of them."""
    return f"/cases/{case}/dates" + (f"#{rule}" if rule else "")


class Act(StrEnum):
    """What somebody decided: it was done, it does not apply to this case, or another day holds for it."""

    MET = "met"
    SET_ASIDE = "set_aside"
    GIVEN = "given"


class Decision(msgspec.Struct, frozen=True):
    """A decision about the deadline that one rule makes in a case.

    ``about`` is the day as it was counted when the decision was made; None: it was not known. Where facts or rules
    make another day of it later, the decision does not hold any more: a new hearing is not done because the last one
    was. ``due`` is the other day of ``GIVEN``.
    """

    rule: str
    act: Act
    about: date | None
    due: date | None = None
    reason: str = ""
    by: UUID | None = None
    at: datetime | None = None


Decisions = Mapping[str, Decision]
"""The decisions in force of a case, by the codes of rules."""


def decided(deadlines: Iterable[Deadline], decisions: Decisions) -> tuple[Deadline, ...]:
    """The deadlines as people have decided about them; what does not count by law stays as it is."""
    return tuple(_decided(one, decisions.get(one.rule.code)) for one in deadlines)


def _decided(one: Deadline, decision: Decision | None) -> Deadline:
    if decision is None or one.not_counted is not None or not holds(decision, one):
        return one
    if decision.act is Act.GIVEN:
        return replace(one, due=decision.due, why=decision.reason)
    return replace(one, not_counted=NotCounted(decision.act), why=decision.reason)


def holds(decision: Decision, counted: Deadline) -> bool:
    """Whether a decision is about the day that is counted now."""
    return decision.about == counted.due


class KeptDeadline(msgspec.Struct, frozen=True):
    """A deadline of a case as it was counted last, with who has been reminded and who sees to it.

    ``reminded`` is the reminder that was sent last, in days before the deadline. All but the first six parts begin
    anew when ``due`` becomes another day.
    """

    case: UUID
    rule: str
    title: str
    fact: str = ""
    due: date | None = None
    opens: date | None = None
    id: UUID | None = None
    reminded: int | None = None
    reminded_at: datetime | None = None
    in_hand_at: datetime | None = None
    in_hand_by: UUID | None = None
    escalated_at: datetime | None = None

    def says(self) -> tuple[str, str, str, date | None, date | None]:
        """What it tells of the deadline, without what people did about it."""
        return self.rule, self.title, self.fact, self.due, self.opens


def kept_of(case: Case, deadlines: Iterable[Deadline]) -> dict[str, KeptDeadline]:
    """What is to be kept of the deadlines of a case: those that count, and the one that a person gave to the case."""
    kept = {
        one.rule.code: KeptDeadline(case.id, one.rule.code, one.rule.title, str(one.rule.fact), one.due, one.opens)
        for one in deadlines
        if one.not_counted is None
    }
    if not case.follows_rules and case.deadline is not None:
        kept[BY_HAND] = KeptDeadline(case.id, BY_HAND, case.deadline_kind, due=case.deadline)
    return kept
