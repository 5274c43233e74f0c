"""Whether a client may be served, in sentences: what was found, by which thresholds, and what they are."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from core.model.cases.case import Case
from core.model.cases.eligibility import Criterion, Exemption, Finding, Met, Thresholds, Verdict, percent_of
from core.model.cases.eligibility_checks import Check, CheckedBy, ThresholdsKept
from core.model.cases.poverty import Guideline, guidelines
from core.model.clients.households import Household
from core.model.places import counties
from core.model.vocabulary import PracticeArea
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import marked as _n
from web.words.field import word
from web.words.times import Times, iso

Item = dict[str, Any]

EXEMPTIONS: Final[Mapping[Exemption, str]] = {
    Exemption.DETAINED: _n("the client is detained"),
    Exemption.VICTIM: _n("the client is a victim of crime, trafficking or violence at home (U, T, VAWA)"),
    Exemption.CHILD: _n("the client is a child, or a young person who asks for juvenile status"),
    Exemption.BENEFITS: _n("the household lives on means-tested benefits (SNAP, TANF, SSI, Medicaid)"),
}
_LACKING: Final = {"persons": _n("how many persons live on the same money"), "income": _n("how much money it is")}
_PLACE: Final = {
    Met.YES: _n("%(place)s is served."),
    Met.NO: _n("%(place)s is not among the places that are served."),
    Met.UNKNOWN: _n("Ask in which county the client lives."),
}
_INCOME: Final = {
    Met.YES: _n("The income is within %(limit)s %% of the poverty guideline of %(year)s."),
    Met.NO: _n("The income is above %(limit)s %% of the poverty guideline of %(year)s."),
    Met.EXEMPT: _n("The income does not matter: %(exemption)s."),
    Met.UNKNOWN: _n("Ask for the income: %(lacking)s."),
}
RESULTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.ELIGIBLE: (_n("May be served"), "ok"),
    Verdict.INELIGIBLE: (_n("May not be served"), "now"),
    Verdict.UNKNOWN: (_n("Something must be asked"), "soon"),
}
TITLES: Final = {
    Verdict.ELIGIBLE: _n("%(ref)s may be served"),
    Verdict.INELIGIBLE: _n("%(ref)s may not be served"),
    Verdict.UNKNOWN: _n("%(ref)s: something must still be asked"),
    None: _n("May the client of %(ref)s be served?"),
}


def title_for(case: Case, check: Check | None) -> str:
    """The answer, as the title of the page."""
    return _(TITLES[check.decided if check else None]) % {"ref": case.ref}


def finding_items(findings: Iterable[Finding]) -> list[Item]:
    """What was found, as lines of a check list; what must still be asked counts as something to look at."""
    return [{"fits": one.met in (Met.YES, Met.EXEMPT), "text": said_of(one)} for one in findings]


def said_of(finding: Finding) -> str:
    """One finding in a sentence."""
    rests = finding.rests_on
    if finding.criterion is Criterion.PLACE:
        place = ", ".join(filter(None, (rests.get("county"), rests.get("state"))))
        return _(_PLACE[finding.met]) % {"place": place}
    if finding.criterion is Criterion.KIND:
        taken = finding.met is Met.YES
        said = _("Cases about %(area)s are taken.") if taken else _("Cases about %(area)s are not taken.")
        return said % {"area": _(PracticeArea(rests["area"]).word)}
    exemption = rests.get("exemption")
    return _(_INCOME[finding.met]) % {
        "limit": rests["limit"],
        "year": rests["year"],
        "exemption": _(EXEMPTIONS[Exemption(exemption)]) if exemption else "",
        "lacking": ", ".join(_(_LACKING[name]) for name in rests.get("lacking", "").split()),
    }


def result_tag(verdict: Verdict) -> Item:
    """A result as a tag."""
    label, tone = RESULTS[verdict]
    return {"label": _(label), "tone": tone}


def check_item(check: Check, times: Times) -> Item:
    """An earlier check as a line of its history."""
    return {
        "tag": result_tag(check.decided),
        "how": _how(check),
        "reason": check.reason,
        "who": check.made_by,
        "when": times.moment(check.made_at),
        "iso": iso(check.made_at),
    }


def _how(check: Check) -> str:
    if check.source is CheckedBy.ELSEWHERE:
        return _("found elsewhere")
    if check.source is CheckedBy.RULES:
        return _("by the thresholds")
    by_rules = _(RESULTS[check.by_rules][0]).lower()
    return _("decided by a person; the thresholds said: %(result)s") % {"result": by_rules}


def money(dollars: int) -> str:
    """Whole dollars: "$15,960"."""
    return f"${dollars:,}"


def household_lines(household: Household, guideline: Guideline, percent: int) -> list[str]:
    """What the household has beside what it may have, in sentences; empty where nothing is known."""
    lines = []
    if household.persons:
        line = guideline.line(household.persons) * percent // 100
        persons = ngettext("%(num)s person", "%(num)s persons", household.persons) % {"num": household.persons}
        said = _("%(percent)s %% of the guideline for %(persons)s is %(year)s a year, %(month)s a month.")
        figures = {"percent": percent, "persons": persons, "year": money(line), "month": money(line // 12)}
        lines.append(said % figures)
    if household.persons and household.yearly is not None:
        share = percent_of(household.yearly, household.persons, guideline)
        said = _("The household has %(year)s a year: %(percent)s %% of the guideline.")
        lines.append(said % {"year": money(household.yearly), "percent": share})
    return lines


def threshold_lines(kept: ThresholdsKept, times: Times) -> list[str]:
    """What the programme asks of its clients, in sentences."""
    asks = kept.asks
    limit = _("Income up to %(num)s %% of the poverty guideline") % {"num": asks.percent}
    if asks.by_area:
        own = "; ".join(f"{word(area)}: {percent} %" for area, percent in asks.by_area.items())
        limit = f"{limit}; {own}"
    exempt = [_(EXEMPTIONS[one]) for one in asks.exempt]
    lines = [
        _("Places: %(places)s") % {"places": places_of(asks)},
        _("Cases: %(areas)s") % {"areas": ", ".join(word(area) for area in asks.areas)},
        limit,
        _("No test of income where: %(exempt)s") % {"exempt": "; ".join(exempt) or _("nowhere")},
    ]
    since = _("Since %(day)s") % {"day": times.day(kept.since)} if kept.since else _("As delivered; nobody set them.")
    return [*lines, since]


def places_of(asks: Thresholds) -> str:
    """The places that are served, in words."""
    states = ", ".join(asks.states)
    if not asks.counties:
        return _("every county of %(states)s") % {"states": states}
    names = [county.name for county in counties().values() if county.fips in asks.counties]
    return _("%(counties)s in %(states)s") % {"counties": ", ".join(sorted(names)), "states": states}


def history_item(kept: ThresholdsKept, times: Times) -> Item:
    """Thresholds as a line of their history."""
    return {
        "lines": threshold_lines(kept, times)[:-1],
        "why": kept.why,
        "who": kept.set_by,
        "when": times.moment(kept.since) if kept.since else "",
        "iso": iso(kept.since) if kept.since else "",
    }


def guideline_rows(times: Times) -> list[list[str]]:
    """The poverty guidelines that are known, the newest first."""
    return [
        [
            f"{one.year}, {one.area}",
            one.source,
            times.day(one.effective),
            money(one.one_person),
            money(one.each_additional),
        ]
        for one in guidelines()
    ]


def guideline_columns() -> list[Item]:
    """The heads of their table."""
    return [
        {"label": _("Year and area")},
        {"label": _("Source")},
        {"label": _("In force from")},
        {"label": _("One person"), "numeric": True},
        {"label": _("Each further one"), "numeric": True},
    ]
