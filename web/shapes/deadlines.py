"""Deadlines for pages: what follows for a case, from what, by which law, and what is not known yet."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.model.cases import Case
from core.model.deadline_rules import DatedFact, DeadlineRule, Span
from core.model.deadlines import Deadline, deadlines_of, holds_for
from core.services.clinic import Clinic
from web.i18n import gettext as _
from web.i18n import ngettext
from web.times import Times
from web.words import word

Item = dict[str, Any]


def deadline_items(case: Case, dates: Mapping[DatedFact, date], clinic: Clinic, times: Times) -> list[Item]:
    """What the rules make of a case's dated facts, in the order in which it matters."""
    found = deadlines_of(case, dates, clinic.host.deadlines(), times.now.date())
    return [_item(one, case, times) for one in found]


def _item(one: Deadline, case: Case, times: Times) -> Item:
    works = bool(case.deadline_by) and one.rule.code == case.deadline_by
    return {
        "head": f"{one.rule.title}, {times.day(one.due)}" if one.due else one.rule.title,
        "tag": _tag(one, times, works=works),
        "says": _reason(one, times) if one.since else _ask_for(one.rule),
        "law": _law(one.rule, times, counts=one.not_counted is None),
        "note": one.rule.note,
        "quiet": one.not_counted is not None,
    }


def _tag(one: Deadline, times: Times, *, works: bool) -> dict[str, str] | None:
    if one.not_counted is not None:
        return {"label": word(one.not_counted), "tone": "plain"}
    if one.due is None:
        return {"label": _("Not known"), "tone": "soon"}
    if one.is_missed(times.now.date()):
        return {"label": _("Missed"), "tone": "now"}
    return {"label": _("Working deadline"), "tone": "info"} if works else None


def _ask_for(rule: DeadlineRule) -> str:
    return _("Ask for the date: %(fact)s.") % {"fact": word(rule.fact)}


def _reason(one: Deadline, times: Times) -> str:
    """How the day was found: the fact, the span, the eve, the move to a business day, the first possible day."""
    assert one.since is not None
    assert one.falls is not None
    if one.due == one.since:
        return ""  # the day of a hearing is the day of its fact
    parts = [_("%(fact)s on %(day)s") % {"fact": word(one.rule.fact), "day": times.day(one.since)}]
    if said := span_words(one.rule.span):
        parts.append((_("%(span)s earlier") if one.rule.span.before else _("%(span)s later")) % {"span": said})
    if one.rule.eve:
        parts.append(_("the day before it is the last"))
    if one.is_moved:
        parts.append(_("moved from %(day)s, which is no business day") % {"day": times.weekday(one.falls)})
    if one.opens is not None:
        parts.append(_("possible from %(day)s") % {"day": times.day(one.opens)})
    return "; ".join(parts) + "."


def span_words(span: Span) -> str:
    """A span in words: "30 days"; empty where it is none."""
    if span.days:
        return ngettext("%(num)s day", "%(num)s days", span.days) % {"num": span.days}
    if span.months:
        return ngettext("%(num)s month", "%(num)s months", span.months) % {"num": span.months}
    return ngettext("%(num)s year", "%(num)s years", span.years) % {"num": span.years} if span.years else ""


def _law(rule: DeadlineRule, times: Times, *, counts: bool) -> str:
    """The citation, when it was last compared with the rule, and what came of a rule that does not count."""
    parts = [rule.citation]
    if not counts and rule.published:
        parts.append(_("published %(day)s") % {"day": times.day(rule.published)})
    if not counts and rule.effective_from:
        parts.append(_("effective %(day)s") % {"day": times.day(rule.effective_from)})
    parts.append(_("last reviewed %(day)s") % {"day": times.day(rule.reviewed)})
    return " · ".join(parts)


def working_line(case: Case, clinic: Clinic, times: Times) -> Item:
    """The deadline that the case is worked by, and where it comes from."""
    said = _("No deadline")
    if case.deadline is not None:
        said = f"{case.deadline_kind or _('Deadline')}, {times.day(case.deadline)}"
    return {"said": said, "origin": _origin(case, clinic)}


def _origin(case: Case, clinic: Clinic) -> str:
    if case.deadline_why:
        return _("Given by a person: %(why)s") % {"why": case.deadline_why}
    if case.deadline is None:
        return _("Nothing follows from the dates that are known.")
    if not case.deadline_by:
        return _("Given by hand. It stays until you leave it to the rules.")
    if case.deadline_by not in {rule.code for rule in clinic.host.deadlines()}:
        return _("Its rule is gone, because its plugin is. Check the day, and give it by hand if it holds.")
    return _("It follows from the dates and the rules below.")


def date_fields(
    case: Case, typed: Mapping[str, str], clinic: Clinic, errors: Mapping[str, str]
) -> tuple[list[Item], list[Item]]:
    """The dated facts to fill in: those that matter for this case or are known, and all others."""
    matters = {rule.fact for rule in clinic.host.deadlines() if holds_for(rule, case)}
    fields: tuple[list[Item], list[Item]] = ([], [])
    for fact in DatedFact:
        known = typed.get(fact, "")
        one = {"name": str(fact), "label": word(fact), "value": known, "error": errors.get(fact)}
        fields[0 if fact in matters or known or fact in errors else 1].append(one)
    return fields
