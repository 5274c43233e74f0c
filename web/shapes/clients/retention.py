"""How long clients are kept, as pages show it."""

from datetime import date, timedelta
from typing import Any

from core.model.clients.retention import Hold, RetentionRule, in_force, to_come, years_after
from core.model.states import OPEN_CASE
from core.queries.privacy.keeping import HeldCase, Keeping, Known, ReducedCase
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.privacy import ERASURES
from web.words.times import Times

Item = dict[str, Any]
Rules = tuple[RetentionRule, ...]


def for_years(years: int | None) -> str:
    """How long clients are kept after a case has ended: "7 years", "without end"."""
    if years is None:
        return _("without end")
    return ngettext("%(num)s year", "%(num)s years", years) % {"num": years}


def keeping_title(one: Keeping, holds: tuple[Hold, ...], rules: Rules, times: Times) -> str:
    """How long this client is kept."""
    if one.reduced_at is not None:
        return _("%(ref)s was reduced to statistics") % {"ref": one.case.ref}
    if any(hold.lifted_at is None for hold in holds):
        return _("%(ref)s is under a legal hold") % {"ref": one.case.ref}
    if one.case.state in OPEN_CASE:
        return _("%(ref)s is kept as long as it is open") % {"ref": one.case.ref}
    until = kept_until(one, in_force(rules, times.now), times)
    if until is None:
        return _("%(ref)s is kept without end") % {"ref": one.case.ref}
    return _("%(ref)s is kept until %(day)s") % {"ref": one.case.ref, "day": times.day(until)}


def kept_until(one: Keeping, rule: RetentionRule | None, times: Times) -> date | None:
    """The day after whose night nothing but statistics is left; None: there is none yet."""
    if one.ended_at is None or rule is None or rule.years is None:
        return None
    return years_after(times.day_of(one.ended_at), rule.years)


def keeping_facts(one: Keeping, rules: Rules, times: Times) -> list[Item]:
    """When the case ended, and what the rule says of it."""
    rule, later = in_force(rules, times.now), to_come(rules, times.now)
    ended = times.day(one.ended_at) if one.ended_at else _("not yet")
    facts = [
        {"label": _("Ended"), "value": ended},
        {"label": _("Clients are kept"), "value": for_years(rule.years if rule else None)},
    ]
    if later is not None:
        said = _("%(long)s from %(day)s on") % {"long": for_years(later.years), "day": times.day(later.begins_at)}
        facts.append({"label": _("Decided"), "value": said})
    return facts


def known_facts(known: Known) -> list[Item]:
    """How much an erasure takes away."""
    counted = (
        (_("Details of the client"), known.fields),
        (_("Other people"), known.people),
        (_("Documents"), known.documents),
        (_("Notes and contacts"), known.notes),
    )
    return [{"label": label, "value": str(count)} for label, count in counted]


def hold_item(hold: Hold, times: Times) -> Item:
    """A hold: who set it when and why, and who lifted it."""
    item = {
        "reason": hold.reason,
        "set": _("Set by %(name)s on %(day)s") % {"name": hold.set_by, "day": times.day(hold.set_at)},
        "lifted": "",
        "why": hold.lifted_why,
    }
    if hold.lifted_at is not None:
        lifted = {"name": hold.lifted_by, "day": times.day(hold.lifted_at)}
        item["lifted"] = _("Lifted by %(name)s on %(day)s") % lifted
    return item


def rule_item(rule: RetentionRule, current: RetentionRule | None, times: Times) -> Item:
    """One decision, and whether it holds."""
    item = {
        "long": for_years(rule.years),
        "reason": rule.reason,
        "by": _("%(name)s, %(moment)s") % {"name": rule.set_by, "moment": times.moment(rule.set_at)},
        "tag": None,
        "tone": "plain",
    }
    if rule == current:
        return item | {"tag": _("holds now"), "tone": "ok"}
    if rule.begins_at > times.now:
        return item | {"tag": _("from %(day)s on") % {"day": times.day(rule.begins_at)}, "tone": "soon"}
    return item


def rule_items(rules: Rules, times: Times) -> list[Item]:
    """All decisions, the newest first. One that another has overtaken before it began never holds."""
    current = in_force(rules, times.now)
    newest = rules[0] if rules else None
    shown = []
    for rule in rules:
        item = rule_item(rule, current, times)
        overtaken = rule is not newest and rule.begins_at > times.now
        shown.append(item | ({"tag": _("taken back before it began"), "tone": "plain"} if overtaken else {}))
    return shown


def retention_title(rules: Rules, times: Times) -> str:
    """How long clients are kept now."""
    rule = in_force(rules, times.now)
    if rule is None or rule.years is None:
        return _("Clients are kept until they ask to be forgotten")
    said = ngettext(
        "Clients are kept for %(num)s year after their case has ended",
        "Clients are kept for %(num)s years after their case has ended",
        rule.years,
    )
    return said % {"num": rule.years}


def held_item(one: HeldCase, times: Times) -> Item:
    """A case under a hold, as a list shows it."""
    said = _("held since %(day)s by %(name)s") % {"day": times.day(one.set_at), "name": one.set_by}
    return {"ref": one.ref, "href": f"/cases/{one.id}/privacy", "said": said}


def reduced_item(one: ReducedCase, times: Times) -> Item:
    """A case that was reduced, as a list shows it."""
    why = _(ERASURES.get(one.reason, one.reason))
    return {"ref": one.ref, "href": f"/cases/{one.id}/privacy", "said": f"{times.day(one.at)}. {why}. {one.by}"}


SPANS = (timedelta(days=30), timedelta(days=91), timedelta(days=365))
"""How far ahead the page of retention counts."""


def due_items(now_due: int, ahead: list[int]) -> list[Item]:
    """How many cases are reduced tonight, and until when."""
    labels = (_("Tonight"), _("Within 30 days"), _("Within three months"), _("Within a year"))
    return [{"label": label, "value": str(n)} for label, n in zip(labels, (now_due, *ahead), strict=True)]
