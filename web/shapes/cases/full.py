"""Cases for pages, in full, for coordinators and for those who have taken one on."""

from typing import Any

from core.model.cases.case import Case
from core.model.cases.urgency import Tier
from core.model.states import OPEN_CASE
from core.model.vocabulary import Posture, PracticeArea
from core.queries.cases.waitlist import Waiting
from web.i18n import gettext as _
from web.i18n import ngettext, remembered
from web.words.field import languages, word
from web.words.reasons import in_the_way
from web.words.times import Times, number

Item = dict[str, Any]


@remembered
def title_of(area: PracticeArea, relief: str, posture: Posture) -> str:
    """What a case is about: "Asylum, defensive", "U visa". The relief says more than its practice area, and whoever
    is in removal proceedings defends herself in any case. Clinics write the posture into the relief, too ("Asylum in
    defense"): then it is not said twice.
    """
    about = relief or word(area)
    tells = posture is Posture.DEFENSIVE and area is not PracticeArea.REMOVAL and not _tells_posture(about)
    return f"{about}, {word(posture)}" if tells else about


def _tells_posture(about: str) -> bool:
    return any(told in about.casefold() for told in ("defence", "defens", "removal proceedings"))


def marked(tier: Tier, reasons: list[str]) -> Item:
    """The mark of an urgency with its reasons in words, the first of them beside it."""
    tone = {Tier.NOW: "now", Tier.SOON: "soon"}.get(tier, "plain")
    return {
        "urgency": tier.word,
        "urgency_word": reasons[0] if reasons else None,
        "tags": [{"label": reason, "tone": tone} for reason in reasons[1:]],
    }


def urgency_item(case: Case, times: Times) -> Item:
    """The urgency of a case with its reasons: the mark first, then tags. What has ended presses nobody."""
    if case.state not in OPEN_CASE:
        return {"urgency": None, "urgency_word": None, "tags": []}
    urgency = case.urgency(times.today)
    return marked(urgency.tier, [_(reason) for reason in urgency.reasons])


def where(case: Case) -> str:
    """Where the work happens."""
    place = case.county or case.us_state or _("county not given")
    return _("%(place)s, remote") % {"place": place} if case.remote_ok else _("%(place)s, in person") % {"place": place}


def case_item(case: Case, times: Times) -> Item:
    """A case as coordinators read it in a list."""
    return {
        "ref": case.ref,
        "href": f"/cases/{case.id}",
        "title": title_of(case.practice_area, case.relief, case.posture),
        **urgency_item(case, times),
        "line": [times.waiting(case.waiting_since), hours(case.hours), word(case.forum), where(case)],
    }


def waiting_item(row: Waiting, why: str, times: Times) -> Item:
    """A row of the waitlist: the case, what stands in the way, what has happened."""
    item = case_item(row.case, times)
    if row.claimed_by:
        item["tags"].append({"label": _("Claimed by %(name)s") % {"name": row.claimed_by}, "tone": "info"})
    elif row.proposal:
        item["tags"].append({"label": _("Team proposed"), "tone": "ok"})
    if row.declines:
        said = ngettext("%(num)s volunteer said no", "%(num)s volunteers said no", row.declines)
        item["tags"].append({"label": said % {"num": row.declines}, "tone": "info"})
    if why and not row.proposal:
        first, rest = in_the_way(why)
        item["fit"] = {"fits": False, "text": first, "rest": rest}
    case = row.case
    item["line"] = [word(case.forum), _("level %(num)s") % {"num": case.skill_level}]
    item["facts"] = [
        {"label": _("Waiting"), "value": times.days_waited(case.waiting_since)},
        {"label": _("Language"), "value": languages(case.languages)},
        {"label": _("Work"), "value": hours(case.hours)},
        {"label": _("Where"), "value": where(case)},
    ]
    if row.proposal:
        item["more"] = {"label": _("See the team"), "href": f"/proposals/{row.proposal}"}
    return item


def case_facts(case: Case, times: Times) -> list[Item]:
    """The facts of a case for a coordinator."""
    facts = [
        (_("Language"), languages(case.languages)),
        (_("Work"), hours(case.hours)),
        (_("Forum"), f"{word(case.forum)}, {word(case.posture)}"),
        (_("Where"), f"{case.county or _('county not given')}, {_('remote') if case.remote_ok else _('in person')}"),
        (_("Level"), str(case.skill_level)),
        (_("Received"), times.day(case.received)),
    ]
    if case.deadline:
        facts.append((case.deadline_kind or _("Deadline"), times.day(case.deadline)))
    if case.attorneys > 1:
        facts.append((_("Attorneys"), _("two")))
    if case.interpreter_hours:
        facts.append((_("Interpreting"), hours(case.interpreter_hours)))
    if case.interpreter_gender:
        facts.append((_("Interpreter's gender"), word(case.interpreter_gender)))
    if case.interpreter_mode:
        facts.append((_("How the interpreter must work"), word(case.interpreter_mode)))
    return [{"label": label, "value": value} for label, value in facts]


def work_facts(case: Case, times: Times) -> list[Item]:
    """The facts of a case for those who have taken it on, without its county."""
    facts = [
        (_("Language"), languages(case.languages)),
        (_("Work"), hours(case.hours)),
        (_("Forum"), f"{word(case.forum)}, {word(case.posture)}"),
        (_("Where"), _("remote") if case.remote_ok else _("in person")),
    ]
    if case.deadline:
        facts.append((case.deadline_kind or _("Deadline"), times.day(case.deadline)))
    if case.attorneys > 1:
        facts.append((_("Attorneys"), _("two")))
    return [{"label": label, "value": value} for label, value in facts]


@remembered
def hours(value: float) -> str:
    """A number of hours: "45 h"."""
    return _("%(num)s h") % {"num": number(value)}
