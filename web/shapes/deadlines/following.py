"""Deadlines for pages: what follows for a case, from what, by which law, and what is not known yet."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.model.cases.case import Case
from core.model.deadlines.acts import BY_HAND, KeptDeadline
from core.model.deadlines.counting import Deadline, NotCounted, holds_for
from core.model.deadlines.rules import DatedFact, DeadlineRule, Span
from core.model.vocabulary import Forum, Posture
from core.services.deadlines.following import Law
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import word
from web.words.times import Times

Item = dict[str, Any]
DECIDED = frozenset({NotCounted.MET, NotCounted.SET_ASIDE})
"""Reasons not to count that a person gave, and may take back."""


def deadline_items(
    case: Case, found: Iterable[Deadline], times: Times, kept: Mapping[str, KeptDeadline] | None = None
) -> list[Item]:
    """What the rules make of a case's dated facts, in the order in which it matters.

    ``kept`` tells who has one in hand.
    """
    return [_item(one, case, times, (kept or {}).get(one.rule.code)) for one in found]


def _item(one: Deadline, case: Case, times: Times, kept: KeptDeadline | None) -> Item:
    works = bool(case.deadline_by) and one.rule.code == case.deadline_by
    return {
        "code": one.rule.code,
        "title": one.rule.title,
        "head": _head(one, times),
        "tag": _tag(one, times, works=works),
        "hand": _("In hand since %(day)s") % {"day": times.day(kept.in_hand_at)} if kept and kept.in_hand_at else "",
        "says": _reason(one, times) if one.since else _ask_for(one),
        "why": _("A person decided: %(why)s") % {"why": one.why} if one.why else "",
        "law": law_line(one.rule, times, counts=one.not_counted is None),
        "note": one.rule.note,
        "unsure": one.rule.unsure,
        "quiet": one.not_counted is not None,
        "counts": one.not_counted is None,
        "due": one.due.isoformat() if one.due else "",
        "ahead": one.not_counted is None and one.due is not None,
        "undo": one.not_counted in DECIDED or (one.not_counted is None and bool(one.why)),
    }


def _head(one: Deadline, times: Times) -> str:
    if one.due:
        return f"{one.rule.title}, {times.day(one.due)}"
    if one.opens:
        return _("%(title)s from %(day)s") % {"title": one.rule.title, "day": times.day(one.opens)}
    return one.rule.title


def _tag(one: Deadline, times: Times, *, works: bool) -> dict[str, str] | None:
    if one.not_counted is not None:
        return {"label": word(one.not_counted), "tone": "ok" if one.not_counted is NotCounted.MET else "plain"}
    if one.opens is not None and one.due is None:
        if one.opens <= times.today:
            return {"label": _("Possible now"), "tone": "ok"}
        return {"label": _("Not yet"), "tone": "info"}
    if one.due is None:
        return {"label": _("Not known"), "tone": "soon"}
    if one.is_missed(times.today):
        return {"label": _("Missed"), "tone": "now"}
    return {"label": _("Working deadline"), "tone": "info"} if works else None


def _ask_for(one: Deadline) -> str:
    return "" if one.why else _("Ask for the date: %(fact)s.") % {"fact": word(one.rule.fact)}


def _reason(one: Deadline, times: Times) -> str:
    """How the day was found: the fact, the span, the eve, the move to a business day, the first possible day."""
    assert one.since is not None
    if one.due == one.since:
        return ""  # the day of a hearing is the day of its fact
    parts = [_("%(fact)s on %(day)s") % {"fact": word(one.rule.fact), "day": times.day(one.since)}]
    if said := span_words(one.rule.span):
        parts.append((_("%(span)s earlier") if one.rule.span.before else _("%(span)s later")) % {"span": said})
    if one.rule.opens_only and one.rule.opens_days:
        parts.append(_("less %(span)s") % {"span": span_words(Span(days=one.rule.opens_days))})
    if one.rule.eve:
        parts.append(_("the day before it is the last"))
    if one.why and one.falls is not None:
        parts.append(_("by the rule %(day)s") % {"day": times.day(one.falls)})
    elif one.is_moved and one.falls is not None:
        parts.append(_("moved from %(day)s, which is no business day") % {"day": times.weekday(one.falls)})
    if one.opens is not None and one.due is not None:
        parts.append(_("possible from %(day)s") % {"day": times.day(one.opens)})
    return "; ".join(parts) + "."


def span_words(span: Span) -> str:
    """A span in words: "30 days"; empty where it is none."""
    if span.days:
        return ngettext("%(num)s day", "%(num)s days", span.days) % {"num": span.days}
    if span.months:
        return ngettext("%(num)s month", "%(num)s months", span.months) % {"num": span.months}
    return ngettext("%(num)s year", "%(num)s years", span.years) % {"num": span.years} if span.years else ""


def law_line(rule: DeadlineRule, times: Times, *, counts: bool) -> str:
    """The citation, when it was last compared with the rule, and what came of a rule that does not count."""
    parts = [rule.citation]
    if not counts and rule.published:
        parts.append(_("published %(day)s") % {"day": times.dated(rule.published)})
    if not counts and rule.effective_from:
        parts.append(_("effective %(day)s") % {"day": times.dated(rule.effective_from)})
    parts.append(_("last reviewed %(day)s") % {"day": times.dated(rule.reviewed)})
    return " · ".join(parts)


def working_line(case: Case, law: Law, times: Times) -> Item:
    """The deadline that the case is worked by, and where it comes from."""
    said = _("No deadline")
    if case.deadline is not None:
        said = f"{case.deadline_kind or _('Deadline')}, {times.day(case.deadline)}"
    return {"said": said, "origin": _origin(case, law), "rule": BY_HAND if _is_given(case) else ""}


def _is_given(case: Case) -> bool:
    return case.deadline is not None and not case.follows_rules


def _origin(case: Case, law: Law) -> str:
    if case.deadline_why:
        return _("Given by a person: %(why)s") % {"why": case.deadline_why}
    if case.deadline is None:
        return _("Nothing follows from the dates that are known.")
    if not case.deadline_by:
        return _("Given by hand. It stays until you leave it to the rules.")
    if case.deadline_by not in law.codes:
        return _("Its rule is gone, because its plugin is. Check the day, and give it by hand if it holds.")
    return _("It follows from the dates and the rules below.")


def _for_all(rule: DeadlineRule) -> bool:
    return not (rule.practice_areas or rule.reliefs or rule.forums or rule.postures or rule.states)


def date_fields(
    case: Case, typed: Mapping[str, str], law: Law, errors: Mapping[str, str]
) -> tuple[list[Item], list[Item]]:
    """The dated facts to fill in: those that matter for this case or are known, and all others.

    What is asked for comes first. Of a rule for all cases, as those of hearings, the fact matters in court.
    """
    hold = [rule for rule in law.rules if holds_for(rule, case)]
    asked = {rule.fact for rule in hold if rule.asks}
    in_court = case.forum is Forum.EOIR or case.posture is Posture.DEFENSIVE
    matters = asked | {rule.fact for rule in hold if in_court or not _for_all(rule)}
    counted = {rule.fact for rule in hold}
    fields: tuple[list[Item], list[Item]] = ([], [])
    for fact in sorted(DatedFact, key=lambda fact: fact not in asked):
        known = typed.get(fact, "")
        one = {"name": str(fact), "label": word(fact), "value": known, "error": errors.get(fact)}
        one["hint"] = _("No deadline is counted from it in this case.") if known and fact not in counted else ""
        fields[0 if fact in matters or known or fact in errors else 1].append(one)
    return fields
