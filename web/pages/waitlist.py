"""The waitlist, most urgent first, with why a case has no team yet."""

from litestar import get
from litestar.response import Template

from core.model.urgency import Tier
from core.model.vocabulary import PracticeArea
from core.queries.listings import languages_waiting
from core.queries.waitlist import Sieve, Tally, reasons_unmatched, tally, waiting_cases
from web.access import STAFF, only
from web.addresses import address, chosen, plain
from web.frame import Frame
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases import waiting_item
from web.words import language_options, options

TIERS = {tier.word: tier for tier in Tier}


@get("/waitlist", opt=only(STAFF))
async def waitlist_page(
    frame: Frame, area: str = "", language: str = "", tier: str = "", team: str = "", after: str = ""
) -> Template:
    """The waiting cases, with filters."""
    sieve = Sieve(
        area=chosen(PracticeArea, area),
        language=plain(language),
        tier=TIERS.get(tier),
        proposed={"yes": True, "no": False}.get(team),
    )
    given = {"area": area, "language": language, "tier": tier, "team": team}
    page = await waiting_cases(sieve, after=after)
    reasons = await reasons_unmatched()
    counted = await tally()
    return frame.page(
        "coordinator/waitlist.html",
        title=_title(counted),
        tally=counted,
        cases=[
            waiting_item(row, reasons[row.case.ref].detail if row.case.ref in reasons else "", frame.times)
            for row in page.rows
        ],
        given=given,
        active=sum(bool(value) for value in given.values()),
        areas=options(PracticeArea),
        languages=language_options(await languages_waiting()),
        tiers=[("now", _("Now")), ("soon", _("Soon")), ("none", _("No date"))],
        teams=[("yes", _("with a proposed team")), ("no", _("without a team"))],
        following=address("/waitlist", **given, after=page.next) if page.next else None,
        first=address("/waitlist", **given) if after else None,
    )


def _title(counted: Tally) -> str:
    if not counted.all:
        return _("Nobody is waiting")
    waiting = ngettext("%(num)s case waits", "%(num)s cases wait", counted.all) % {"num": counted.all}
    if not counted.now:
        return waiting
    return _("%(waiting)s, %(now)s of them urgent") % {"waiting": waiting, "now": counted.now}


ROUTES = (waitlist_page,)
