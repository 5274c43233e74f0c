"""Counting the deadlines of a case: from its dated facts, by the rules of law of the day, as people decided."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.deadlines.acts import ALERT, BY_HAND, Decisions, KeptDeadline, decided, kept_of, place_of
from core.model.deadlines.counting import Dates, Deadline, deadlines_of, with_followed_deadline
from core.model.deadlines.law_changes import amended
from core.model.deadlines.rules import DatedFact, DeadlineRule
from core.model.people import Actor
from core.services.clinic import Clinic
from core.store import alerts
from core.store.audit import record
from core.store.cases import case_records as records
from core.store.cases import deadlines as store
from core.store.cases import law as kept_law


class Law(msgspec.Struct, frozen=True):
    """The rules of law as they count in this clinic on a day."""

    rules: tuple[DeadlineRule, ...]
    today: date

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all rules."""
        return frozenset(rule.code for rule in self.rules)

    def rule(self, code: str) -> DeadlineRule | None:
        """The rule of a code; None where there is none, because its plugin is gone."""
        return next((rule for rule in self.rules if rule.code == code), None)

    def deadlines(self, case: Case, dates: Dates, decisions: Decisions) -> tuple[Deadline, ...]:
        """What follows for a case, as people decided about it."""
        return decided(deadlines_of(case, dates, self.rules, self.today), decisions)

    def followed(self, case: Case, dates: Dates, decisions: Decisions) -> "Followed":
        """What the dated facts of a case make of it today."""
        found = self.deadlines(case, dates, decisions)
        moved = with_followed_deadline(case, found, self.codes, self.today)
        return Followed(moved, kept_of(moved, found))

    def staying(self, before: Mapping[str, KeptDeadline], decisions: Decisions) -> frozenset[str]:
        """The kept deadlines whose rule is gone, because its plugin is: nothing urgent may vanish by that."""
        gone = before.keys() - self.codes - {BY_HAND}
        return frozenset(code for code in gone if code not in decisions)


class Followed(msgspec.Struct, frozen=True):
    """A case with the deadline that it is worked by, and all its deadlines as they are to be kept."""

    case: Case
    kept: dict[str, KeptDeadline]

    def differs(self, case: Case, before: Mapping[str, KeptDeadline], staying: Iterable[str]) -> bool:
        """Whether anything is another than it was."""
        stays = set(staying)
        was = {code: one.says() for code, one in before.items() if code not in stays}
        return self.case != case or was != {code: one.says() for code, one in self.kept.items() if code not in stays}


async def law_of(clinic: Clinic, *, now: datetime) -> Law:
    """The rules of the plugins that are on, as coordinators amended them. One statement."""
    return Law(amended(clinic.host.deadlines(), await kept_law.amendments()), clinic.today(now))


async def follow(case: Case, *, law: Law, by: Actor, now: datetime) -> Case:
    """Count the deadlines of a case anew, within the caller's transaction, and return the case as it is then.

    ``case`` is as the caller has just made it. Side effects: the kept deadlines; alerts about those that fall on
    another day now, or count no more, are closed; where the working one is another, that with the urgency, and an audit
    event that names its rule.
    """
    dates: Mapping[DatedFact, date] = await records.dates_of(case.id)
    decisions = (await store.decisions_of([case.id]))[case.id]
    before = (await store.kept_deadlines([case.id]))[case.id]
    found = law.followed(case, dates, decisions)
    staying = law.staying(before, decisions)
    await store.write_deadlines(case.id, found.kept, before, staying=staying)
    for one in before.values():
        if one.escalated_at and _is_over(one, found.kept, staying):
            await alerts.close_alerts(ALERT, path=place_of(case.id, one.rule), by=by.account, now=now)
    if found.case != case:
        await records.keep_deadline(found.case, today=law.today, now=now)
        await record(
            "deadline_moved", subject_kind="case", subject=case.id, by=by, now=now, rule=found.case.deadline_by
        )
    return found.case


def _is_over(one: KeptDeadline, kept: Mapping[str, KeptDeadline], staying: Container[str]) -> bool:
    """Whether a deadline counts no more, or falls on another day."""
    return one.rule not in staying and (one.rule not in kept or kept[one.rule].due != one.due)


async def deadlines_in(case: Case, dates: Dates, *, law: Law) -> tuple[Deadline, ...]:
    """The deadlines of a case for a page, as people decided about them. One statement."""
    return law.deadlines(case, dates, (await store.decisions_of([case.id]))[case.id])


async def kept_deadline(case: UUID, rule: str) -> KeptDeadline | None:
    """One deadline of a case as last counted; None where there is none."""
    return (await store.kept_deadlines([case]))[case].get(rule)
