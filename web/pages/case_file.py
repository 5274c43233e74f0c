"""One case as a coordinator reads it: facts, what stands in the way, who is barred, what happened."""

from typing import Any
from uuid import UUID

from litestar.response import Template

from core.model.states import CaseState, may_become
from core.model.vocabulary import DeclineReason
from core.queries.matches import history_of_case, matches_of_case
from core.queries.waitlist import Barred, CaseFile, case_file, reasons_unmatched
from web.frame import Frame
from web.i18n import gettext as _
from web.shapes.cases import case_facts, title_of, urgency_item
from web.shapes.records import history
from web.shapes.teams import match_item
from web.words import WORDS, tone, why_not, word


async def case_file_page(frame: Frame, key: UUID) -> Template:
    """The page of one case in any state."""
    file = await case_file(key)
    teams = await matches_of_case(key)
    reasons = await reasons_unmatched() if file.case.state is CaseState.WAITLISTED else {}
    unmatched = reasons.get(file.case.ref)
    events = await history_of_case(key, teams)
    return frame.page(
        "coordinator/case.html",
        file=file,
        case=file.case,
        title=title_of(file.case.practice_area, file.case.relief, file.case.posture),
        mark=urgency_item(file.case, frame.times),
        state={"label": word(file.case.state), "tone": tone(file.case.state)},
        waiting=frame.times.waiting(file.case.waiting_since),
        facts=case_facts(file.case, frame.times),
        unmatched={"reason": why_not(unmatched.reason, unmatched.detail), "detail": unmatched.detail}
        if unmatched and not file.proposal
        else None,
        barred=[_barred_item(one) for one in file.barred],
        matches=[match_item(team, frame.times) for team in teams],
        history=history(events, frame.times),
        may={str(target): may_become(file.case.state, target) for target in CaseState},
        next_act=_next_act(file),
    )


def _barred_item(barred: Barred) -> dict[str, Any]:
    reasons = {"rejected": _("the team was rejected")}
    told = WORDS[DeclineReason].get(barred.reason)
    said = _(told) if told else reasons.get(barred.reason, barred.reason)
    return {"name": barred.name, "href": f"/volunteers/{barred.id}", "reason": said}


def _next_act(file: CaseFile) -> dict[str, str] | None:
    """The likely next step: a link, or an act of screening."""
    if file.proposal:
        return {"label": _("See the proposed team"), "href": f"/proposals/{file.proposal}"}
    if file.match:
        return {"label": _("See the match"), "href": f"/matches/{file.match}"}
    return None
