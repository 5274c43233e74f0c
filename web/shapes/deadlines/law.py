"""Rules of law for pages: what each says, where it stands, and what a change of it made of cases."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from core.model.cases.relief import reliefs
from core.model.deadlines.acts import place_of
from core.model.deadlines.counting import why_not_counted
from core.model.deadlines.law_changes import ChangeOfRule
from core.model.deadlines.rules import Counting, DeadlineRule, Span
from core.model.places import STATES
from core.model.vocabulary import Forum, Posture, PracticeArea
from core.queries.deadlines.law import Amended, Moved, Noticed
from web.addresses import address
from web.i18n import gettext as _
from web.i18n import marked as _n
from web.i18n import ngettext
from web.shapes.cases.full import title_of
from web.shapes.deadlines.following import span_words
from web.words.field import word
from web.words.times import Times

Item = dict[str, Any]
PARTS: Final[Mapping[str, str]] = {
    "title": _n("Title"),
    "fact": _n("Counted from"),
    "span": _n("Span"),
    "citation": _n("Citation"),
    "reviewed": _n("Last reviewed"),
    "counting": _n("The last day"),
    "eve": _n("Before the day"),
    "opens_days": _n("Opens so many days before"),
    "opens_only": _n("Opens only"),
    "practice_areas": _n("Practice areas"),
    "reliefs": _n("Forms of relief"),
    "forums": _n("Forums"),
    "postures": _n("Postures"),
    "states": _n("States"),
    "asks": _n("Asked for"),
    "status": _n("Status"),
    "published": _n("Published"),
    "effective_from": _n("Effective from"),
    "effective_until": _n("Effective until"),
    "facts_from": _n("For facts from"),
    "facts_until": _n("For facts until"),
    "reminders": _n("Reminders, days before"),
    "note": _n("Remark"),
    "unsure": _n("Not certain"),
}
"""The parts of a rule in words."""


def rule_item(rule: DeadlineRule, cases: int, amended: Amended | None, times: Times) -> Item:
    """One rule in the list."""
    reason = why_not_counted(rule, times.today)
    return {
        "code": rule.code,
        "title": rule.title,
        "href": f"/deadlines/rules/{rule.code}",
        "tag": {"label": word(reason), "tone": "now"} if reason else {"label": _("In force"), "tone": "ok"},
        "says": counted_words(rule),
        "holds": "; ".join(f"{part['label']}: {part['value']}" for part in which_cases(rule)),
        "citation": rule.citation,
        "facts": [fact for fact in _facts(rule, cases, times) if fact["value"]],
        "cases": address("/deadlines", rule=rule.code) if cases else "",
        "amended": amended_line(amended, times),
        "unsure": rule.unsure,
    }


def amended_line(amended: Amended | None, times: Times) -> str:
    """Who says where a rule stands, and why; empty: its plugin does."""
    if amended is None:
        return ""
    said = {"name": amended.who, "day": times.day(amended.since), "why": amended.reason}
    return _("%(name)s, %(day)s: %(why)s") % said


def _facts(rule: DeadlineRule, cases: int, times: Times) -> list[Item]:
    return [
        {"label": _("Published"), "value": times.dated(rule.published) if rule.published else ""},
        {"label": _("Effective"), "value": _effective(rule, times)},
        {"label": _("Last reviewed"), "value": times.dated(rule.reviewed)},
        {"label": _("Open cases"), "value": str(cases)},
    ]


def _effective(rule: DeadlineRule, times: Times) -> str:
    if rule.effective_from and rule.effective_until:
        return f"{times.dated(rule.effective_from)} – {times.dated(rule.effective_until)}"
    if rule.effective_until:
        return _("until %(day)s") % {"day": times.dated(rule.effective_until)}
    return times.dated(rule.effective_from) if rule.effective_from else ""


def which_cases(rule: DeadlineRule) -> list[Item]:
    """For which cases a rule holds, part by part; nothing where it holds for all."""
    wholes: Mapping[str, Iterable[str]] = {
        "practice_areas": PracticeArea,
        "reliefs": reliefs(),
        "forums": Forum,
        "postures": Posture,
        "states": STATES,
    }
    parts = ((name, getattr(rule, name), whole) for name, whole in wholes.items())
    return [{"label": _(PARTS[name]), "value": _some_of(some, whole)} for name, some, whole in parts if some]


def _some_of(some: Sequence[str], whole: Iterable[str]) -> str:
    """Some of a whole, or, where they are most of it, those that they are not."""
    others = [one for one in whole if one not in some]
    if len(others) >= len(some):
        return ", ".join(map(_named, some))
    return _("all but %(these)s") % {"these": ", ".join(map(_named, others))} if others else _("all")


def _named(one: str) -> str:
    if isinstance(one, StrEnum):
        return word(one)
    return reliefs()[one].name if one in reliefs() else one


def counted_words(rule: DeadlineRule) -> str:
    """How a rule counts, in one line."""
    fact = word(rule.fact)
    if not span_words(rule.span):
        return _("On the day itself: %(fact)s.") % {"fact": fact}
    said = {"span": span_words(rule.span), "fact": fact}
    line = (_("%(span)s before: %(fact)s") if rule.span.before else _("%(span)s after: %(fact)s")) % said
    parts = [line]
    if rule.eve:
        parts.append(_("the day before it is the last"))
    if rule.counting is Counting.NEXT_BUSINESS_DAY:
        parts.append(word(rule.counting))
    if rule.opens_days:
        parts.append(_("possible %(span)s before") % {"span": span_words(Span(days=rule.opens_days))})
    return "; ".join(parts) + "."


def change_item(one: Noticed, times: Times) -> Item:
    """A change in the list of changes."""
    moved = ngettext("%(num)s case moved", "%(num)s cases moved", one.moved) % {"num": one.moved}
    looked = ngettext("%(num)s open case counted anew", "%(num)s open cases counted anew", one.looked_at)
    return {
        "href": f"/deadlines/changes/{one.id}",
        "title": one.change.title,
        "code": one.change.code,
        "kind": word(one.change.kind),
        "when": times.moment(one.noticed_at),
        "moved": moved,
        "looked": looked % {"num": one.looked_at} if one.finished_at else _("still being counted"),
        "why": why_changed(one, times),
        "tone": "now" if one.moved else "plain",
    }


def why_changed(one: Noticed, times: Times) -> list[str]:
    """What is different, part by part."""
    if one.change.kind is ChangeOfRule.CAME:
        return [_("A rule that was not there before.")]
    if one.change.kind is ChangeOfRule.WENT:
        return [_("Its plugin is gone or switched off. Cases keep the deadlines that they have by it.")]
    different = [
        _("%(part)s: %(before)s → %(after)s")
        % {"part": _(PARTS.get(name, name)), "before": _said(before, times), "after": _said(after, times)}
        for name, before, after in one.change.differences()
    ]
    return different or [_("The day came from which it counts, or from which it counts no more.")]


def _said(value: object, times: Times) -> str:
    """A part of a rule in words."""
    if isinstance(value, StrEnum):
        return word(value)
    if isinstance(value, date):
        return times.dated(value)
    if isinstance(value, Span):
        return span_words(value) or _("that very day")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(_said(part, times) for part in value) or _("all")
    return str(value) if value not in (None, "") else _("nothing")


def moved_item(one: Moved, times: Times) -> Item:
    """A case that a change moved."""

    def days(before: date | None, after: date | None) -> str:
        said = [times.day(day) if day else _("none") for day in (before, after)]
        return said[0] if before == after else " → ".join(said)

    case = one.case
    return {
        "ref": case.ref,
        "href": place_of(case.id),
        "title": title_of(case.practice_area, case.relief, case.posture),
        "facts": [
            {"label": _("By this rule"), "value": days(one.before, one.after)},
            {"label": _("Worked by"), "value": days(one.worked_before, one.worked_after)},
        ],
    }
