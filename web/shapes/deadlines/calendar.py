"""The calendar of deadlines for pages: week by week, each with its case, who sees to it, and how near it is."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from core.model.cases.case import Case
from core.model.cases.urgency import NOW_DAYS, SOON_DAYS
from core.model.deadlines.acts import KeptDeadline, place_of
from core.model.deadlines.rules import DatedFact, DeadlineRule
from core.model.states import CaseState
from core.queries.deadlines.calendar import Line, View
from web.i18n import gettext as _
from web.i18n import ngettext
from web.icalendar import Day
from web.shapes.cases.full import title_of
from web.shapes.deadlines.following import law_line
from web.words.field import word
from web.words.times import Times

Item = dict[str, Any]


def weeks_of(lines: Iterable[Line], view: View, times: Times) -> list[Item]:
    """The lines as groups: by weeks, or by what must be asked for."""
    if view is View.UNKNOWN:
        groups = groupby(_dates_to_ask_for(lines), key=lambda line: _asked(line.fact))
    else:
        groups = groupby(lines, key=lambda line: _week(line, times))
    return [{"label": label, "rows": [line_item(line, times) for line in rows]} for label, rows in groups]


def _dates_to_ask_for(lines: Iterable[Line]) -> list[Line]:
    """One line for each date of a case, with all that follows from it."""
    found: dict[tuple[str, UUID], list[Line]] = {}
    for line in lines:
        found.setdefault((line.fact, line.case.id), []).append(line)
    one = [replace(same[0], title=" · ".join(line.title for line in same)) for same in found.values()]
    return sorted(one, key=lambda line: line.fact)


def _asked(fact: str) -> str:
    return _("Ask for: %(fact)s") % {"fact": word(DatedFact(fact))} if fact else _("Ask for the date")


def _week(line: Line, times: Times) -> str:
    day = line.due or line.opens
    assert day is not None
    if line.due is not None and day < times.today:
        return _("Missed")
    monday = day - timedelta(days=day.weekday())
    this = times.today - timedelta(days=times.today.weekday())
    if monday == this:
        return _("This week")
    if monday == this + timedelta(days=7):
        return _("Next week")
    return _("Week of %(day)s") % {"day": times.day(monday)}


def line_item(line: Line, times: Times) -> Item:
    """One deadline as a row."""
    day = line.due or line.opens
    case = line.case
    return {
        "code": line.rule,
        "title": line.title or _("Deadline"),
        "day": times.weekday(day) if day else "",
        "iso": day.isoformat() if day else "",
        "year": str(day.year) if day and day.year != times.today.year else "",
        "near": _near(line.due, times),
        "case": str(case.id),
        "ref": case.ref,
        "href": place_of(case.id),
        "about": title_of(case.practice_area, case.relief, case.posture),
        "who": _who(line),
        "tags": _tags(line),
        "free": line.due is not None and line.in_hand_at is None,
        "may_end": line.due is not None,
    }


def kept_item(one: KeptDeadline, rule: DeadlineRule | None, me: UUID | None, times: Times) -> Item:
    """One deadline for whoever works on the case, with its law where a rule makes it; ``me``: her account."""
    return {
        "code": one.rule,
        "case": str(one.case),
        "title": one.title or _("Deadline"),
        "day": times.weekday(one.due) if one.due else "",
        "iso": one.due.isoformat() if one.due else "",
        "near": _near(one.due, times),
        "hand": _("In hand since %(day)s") % {"day": times.day(one.in_hand_at)} if one.in_hand_at else "",
        "mine": one.in_hand_at is not None and one.in_hand_by == me,
        "law": law_line(rule, times, counts=True) if rule else "",
        "note": rule.note if rule else "",
        "unsure": rule.unsure if rule else "",
    }


def _near(due: date | None, times: Times) -> dict[str, str] | None:
    """How far away the day is, with the urgency that it gives."""
    if due is None:
        return None
    left = (due - times.today).days
    if left < 0:
        said = ngettext("%(num)s day ago", "%(num)s days ago", -left) % {"num": -left}
        return {"tier": "now", "text": said}
    if left == 0:
        return {"tier": "now", "text": _("today")}
    text = ngettext("in %(num)s day", "in %(num)s days", left) % {"num": left}
    return {"tier": "now" if left <= NOW_DAYS else "soon" if left <= SOON_DAYS else "none", "text": text}


def _who(line: Line) -> str:
    if line.attorney:
        return _("Attorney: %(name)s") % {"name": line.attorney}
    return word(line.case.state)


def _tags(line: Line) -> list[Item]:
    tags: list[Item] = []
    if line.case.detained:
        tags.append({"label": _("Detained"), "tone": "now"})
    if line.in_hand_at:
        who = line.in_hand_by
        tags.append({"label": _("In hand: %(name)s") % {"name": who} if who else _("In hand"), "tone": "ok"})
    elif line.escalated_at:
        tags.append({"label": _("Nobody acts"), "tone": "now"})
    elif line.reminded_at:
        tags.append({"label": _("Reminded"), "tone": "info"})
    if line.is_by_hand:
        tags.append({"label": _("Given by hand"), "tone": "plain"})
    return tags


def day_of(line: Line, base_url: str) -> Day | None:
    """The deadline in a calendar that leaves the portal: the case by its reference alone."""
    day = line.due or line.opens
    link = base_url.rstrip("/") + place_of(line.case.id, line.rule)
    return _calendar_day(line.id, day, line.title, line.case, link) if day else None


def kept_day(one: KeptDeadline, case: Case, link: str) -> Day | None:
    """The same for whoever works on the case."""
    return _calendar_day(one.id, one.due, one.title, case, link) if one.id and one.due else None


def _calendar_day(key: UUID, day: date, title: str, case: Case, link: str) -> Day:
    about = title_of(case.practice_area, case.relief, case.posture)
    return Day(key, day, f"{case.ref}: {title or _('Deadline')}", about, link)


OPEN_STATES = tuple(
    state
    for state in (CaseState.RECEIVED, CaseState.SCREENING, CaseState.WAITLISTED, CaseState.MATCHED, CaseState.ENGAGED)
)
"""The states that the filter offers, in the order of a case's life."""
