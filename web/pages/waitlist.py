"""The waitlist, most urgent first, with why a case has no team yet."""

from typing import Any, Final

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from core.model.cases.urgency import Tier
from core.model.plans.teams import Unmatched
from core.model.vocabulary import PracticeArea
from core.queries.cases.listings import languages_waiting
from core.queries.cases.waitlist import Sieve, Tally, counties_waiting, reasons_unmatched, tally, waiting_cases
from core.store.cases.cases import find_case_by_ref
from web.access.roles import STAFF, only
from web.addresses import Text, address, chosen, plain
from web.frames.portal import Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.full import waiting_item
from web.words.field import language_options, options
from web.words.reasons import why_not

TIERS: Final = {tier.word: tier for tier in Tier}
TEAMS: Final = {"yes": True, "no": False}
Given = dict[str, str]


@get("/waitlist", opt=only(STAFF))
async def waitlist_page(
    frame: Framed,
    area: Text = "",
    language: Text = "",
    tier: Text = "",
    county: Text = "",
    team: Text = "",
    why: Text = "",
    after: Text = "",
) -> Template:
    """The waiting cases, with filters. ``why`` is a code under which the last run left cases without a team."""
    given = {"tier": tier, "area": area, "language": language, "county": county, "team": team, "why": why}
    unmatched = await reasons_unmatched()
    page = await waiting_cases(_sieve(given, unmatched), after=after)
    counted = await tally()
    return frame.page(
        "desk/waitlist.html",
        title=_title(counted),
        kicker=_kicker(given),
        figures=_figures(counted),
        cases=[waiting_item(row, _told(unmatched.get(row.case.ref)), frame.times) for row in page.rows],
        given=given,
        active=sum(bool(value) for value in given.values()),
        following=address("/waitlist", **given, after=page.next) if page.next else None,
        first=address("/waitlist", **given) if after else None,
        **await _choices(unmatched),
    )


def _sieve(given: Given, unmatched: dict[str, Unmatched]) -> Sieve:
    why = given["why"]
    return Sieve(
        area=chosen(PracticeArea, given["area"]),
        language=plain(given["language"]),
        tier=TIERS.get(given["tier"]),
        county=given["county"][:80],
        proposed=TEAMS.get(given["team"]),
        refs=tuple(ref for ref, one in unmatched.items() if one.reason == why) if why else None,
    )


def _told(unmatched: Unmatched | None) -> str:
    return unmatched.detail if unmatched else ""


async def _choices(unmatched: dict[str, Unmatched]) -> dict[str, Any]:
    """What each filter offers."""
    reasons = {one.reason: why_not(one.reason, one.detail) for one in unmatched.values()}
    return {
        "areas": options(PracticeArea),
        "languages": language_options(await languages_waiting()),
        "counties": [(county, county) for county in await counties_waiting()],
        "tiers": [("now", _("Now")), ("soon", _("Soon")), ("none", _("No date"))],
        "teams": [("yes", _("with a proposed team")), ("no", _("without a team"))],
        "whys": sorted(reasons.items(), key=lambda pair: pair[1]),
    }


def _title(counted: Tally) -> str:
    if not counted.all:
        return _("Nobody is waiting")
    waiting = ngettext("%(num)s case waits", "%(num)s cases wait", counted.all) % {"num": counted.all}
    if not counted.now:
        return waiting
    return _("%(waiting)s, %(now)s of them urgent") % {"waiting": waiting, "now": counted.now}


def _kicker(given: Given) -> list[str]:
    filtered = [_("some are left out by the filters")] if any(given.values()) else []
    return [_("Waitlist"), _("most urgent first"), *filtered]


def _figures(counted: Tally) -> list[dict[str, Any]]:
    told = {"now": _("urgent now"), "soon": _("due within weeks"), "none": _("without a date")}
    numbers = {"now": counted.now, "soon": counted.soon, "none": counted.none}
    return [
        {"number": numbers[tier], "label": label, "href": address("/waitlist", tier=tier)}
        for tier, label in told.items()
    ]


@get("/waitlist/{ref:str}", opt=only(STAFF))
async def by_reference(ref: FromPath[str]) -> Redirect:
    """Lead from a case's reference, as people say it by phone, to its file."""
    case = await find_case_by_ref(ref[:40])
    return Redirect(f"/cases/{case.id}", status_code=303)


ROUTES = (waitlist_page, by_reference)
