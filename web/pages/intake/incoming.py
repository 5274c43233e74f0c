"""The cases that came in, by state, each with what it still lacks before it can wait for a team."""

from typing import Any, Final

from litestar import get
from litestar.response import Template

from core.model.cases.eligibility import Verdict
from core.model.states import CaseState
from core.queries.cases.incoming import INCOMING, Incoming, incoming_cases, incoming_tally
from web.access.roles import STAFF, only
from web.addresses import After, Text, address, chosen
from web.frames.portal import Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.eligibility import result_tag
from web.shapes.cases.full import case_item
from web.words.field import languages, word
from web.words.times import Times

BEGIN: Final = {CaseState.RECEIVED: "received", CaseState.SCREENING: "screening"}


@get("/intake", opt=only(STAFF))
async def intake_page(frame: Framed, shown: Text = "", after: After = None) -> Template:
    """What came in and nobody has looked at yet; and what is being screened."""
    counted = await incoming_tally()
    asked = chosen(CaseState, shown)
    state = asked if asked in INCOMING else _first(counted)
    page = await incoming_cases(state, after=after)
    return frame.page(
        "intake/list.html",
        title=_title(counted),
        cases=[incoming_item(row, frame.times) for row in page.rows],
        shown=state,
        tabs=[
            {
                "label": _("%(state)s (%(num)s)") % {"state": word(one), "num": counted[one]},
                "href": address("/intake", shown=str(one)),
                "current": one is state,
            }
            for one in INCOMING
        ],
        following=address("/intake", shown=str(state), after=page.next) if page.next else None,
        first=address("/intake", shown=str(state)) if after else None,
    )


def _first(counted: dict[CaseState, int]) -> CaseState:
    """What nobody has looked at comes first, unless there is none and something is being screened."""
    nothing_new = counted[CaseState.SCREENING] and not counted[CaseState.RECEIVED]
    return CaseState.SCREENING if nothing_new else CaseState.RECEIVED


def _title(counted: dict[CaseState, int]) -> str:
    new, screening = counted[CaseState.RECEIVED], counted[CaseState.SCREENING]
    if not new + screening:
        return _("Nothing waits to be screened")
    if not new:
        return ngettext("%(num)s case is being screened", "%(num)s cases are being screened", screening) % {
            "num": screening
        }
    return ngettext("%(num)s case has come in", "%(num)s cases have come in", new) % {"num": new}


def incoming_item(row: Incoming, times: Times) -> dict[str, Any]:
    """A case on its way to the waitlist, with what it still lacks."""
    case = row.case
    item = case_item(case, times)
    item["line"] = [word(case.came_by)] if case.came_by else []
    item["facts"] = [
        {"label": _("Came"), "value": times.day(case.received)},
        {"label": _("Language"), "value": languages(case.languages)},
        {"label": _("County"), "value": case.county or case.us_state or _("not given")},
    ]
    if row.decided:
        item["tags"].append(result_tag(row.decided))
    if lacks := _lacking(row):
        item["fit"] = {"fits": False, "text": _("Still lacks: %(what)s") % {"what": ", ".join(lacks)}}
    elif case.state is CaseState.SCREENING:
        item["fit"] = {"fits": True, "text": _("Ready for the waitlist")}
    return item


def _lacking(row: Incoming) -> list[str]:
    if row.case.state is CaseState.RECEIVED:
        return []
    lacks = [] if row.decided is Verdict.ELIGIBLE else [_("eligibility")]
    return lacks if row.case.summary else [*lacks, _("a summary")]


ROUTES = (intake_page,)
