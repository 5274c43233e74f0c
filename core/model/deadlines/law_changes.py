"""Rules of law as they change: what a coordinator says of a rule, and what is different from one day to another."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.model.deadlines.counting import NotCounted, why_not_counted
from core.model.deadlines.rules import DeadlineRule, RuleStatus


class Amendment(msgspec.Struct, frozen=True):
    """What a coordinator says of a rule in place of its plugin: where it stands, from when to when, and why.

    It is for the day on which a court decides and no plugin knows it yet. It holds until it is taken back.
    """

    code: str
    status: RuleStatus
    effective_from: date | None
    effective_until: date | None
    reviewed: date
    reason: str
    by: UUID | None = None
    at: datetime | None = None


Amendments = Mapping[str, Amendment]
"""Those in force by the codes of rules."""


def amended(rules: Iterable[DeadlineRule], amendments: Amendments) -> tuple[DeadlineRule, ...]:
    """The rules as they count in this clinic."""
    return tuple(_amended(rule, amendments.get(rule.code)) for rule in rules)


def _amended(rule: DeadlineRule, amendment: Amendment | None) -> DeadlineRule:
    if amendment is None:
        return rule
    return replace(
        rule,
        status=amendment.status,
        effective_from=amendment.effective_from,
        effective_until=amendment.effective_until,
        reviewed=amendment.reviewed,
    )


class ChangeOfRule(StrEnum):
    """What became of a rule: it came, it went, its law is another one, or a day began or ended its effect."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"
    BEGAN = "began"
    ENDED = "ended"


class KeptRule(msgspec.Struct, frozen=True):
    """A rule as this clinic counted by it last, and whether it counted then."""

    rule: DeadlineRule
    not_counted: NotCounted | None = None

    @classmethod
    def on(cls, rule: DeadlineRule, today: date) -> "KeptRule":
        """A rule as it counts on a day."""
        return cls(rule, why_not_counted(rule, today))


class RuleChange(msgspec.Struct, frozen=True):
    """What became of one rule. Where it came there is no ``before``, where it went no ``after``."""

    code: str
    kind: ChangeOfRule
    before: KeptRule | None
    after: KeptRule | None

    @property
    def title(self) -> str:
        """What the rule is about."""
        kept = self.after or self.before
        return kept.rule.title if kept else self.code

    def differences(self) -> tuple[tuple[str, Any, Any], ...]:
        """The parts of the rule that are other ones: name, before, after. Empty where a day alone made the change."""
        if self.before is None or self.after is None:
            return ()
        old, new = self.before.rule, self.after.rule
        pairs = ((name, getattr(old, name), getattr(new, name)) for name in DeadlineRule.__struct_fields__)
        return tuple(pair for pair in pairs if pair[1] != pair[2])


def changes_of(kept: Mapping[str, KeptRule], rules: Iterable[DeadlineRule], today: date) -> tuple[RuleChange, ...]:
    """What became of the rules since they were kept; a rule that reads and counts the same is not there."""
    now = {rule.code: KeptRule.on(rule, today) for rule in rules}
    return tuple(_changes(kept, now))


def _changes(kept: Mapping[str, KeptRule], now: Mapping[str, KeptRule]) -> Iterator[RuleChange]:
    for code, after in now.items():
        before = kept.get(code)
        if before is None:
            yield RuleChange(code, ChangeOfRule.CAME, None, after)
        elif before.rule != after.rule:
            yield RuleChange(code, ChangeOfRule.CHANGED, before, after)
        elif before.not_counted != after.not_counted:
            kind = ChangeOfRule.ENDED if after.not_counted else ChangeOfRule.BEGAN
            yield RuleChange(code, kind, before, after)
    for code, before in kept.items():
        if code not in now:
            yield RuleChange(code, ChangeOfRule.WENT, before, None)


class Move(msgspec.Struct, frozen=True):
    """What a change of a rule made of one case: the day of its deadline, and the day that the case is worked by."""

    case: UUID
    rule: str
    before: date | None
    after: date | None
    worked_before: date | None
    worked_after: date | None
