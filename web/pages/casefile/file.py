"""One case as a coordinator reads it: facts, what stands in the way, who is barred, what happened."""

from typing import Any, Final
from uuid import UUID

from litestar.response import Template

from core.model.cases.case import Case
from core.model.events import AuditEvent
from core.model.plans.settled import Settling
from core.model.plans.teams import Unmatched
from core.model.plugins.showing import PanelPlace
from core.model.states import OPEN_CASE, CaseState, may_become
from core.queries.cases.waitlist import Barred, CaseFile, case_file, reasons_unmatched
from core.queries.matches.teams import history_of_case, matches_of_case
from core.queries.runs.board import Proposed, proposal
from core.queries.runs.settled import Pinned, settled_lines
from core.services.deadlines.following import deadlines_in, law_of
from core.services.matches.pinning import broken_pins
from core.store.cases.relating import reopenings_of
from web.addresses import address
from web.frames.portal import Frame
from web.i18n import gettext as _
from web.shapes.cases.answers import answer_cards
from web.shapes.cases.case_tabs import case_tabs
from web.shapes.cases.full import case_facts, title_of, urgency_item
from web.shapes.cases.relating import ended_before
from web.shapes.cases.settled import settled_item
from web.shapes.deadlines.following import deadline_items, working_line
from web.shapes.plugins.panels import panel_slots
from web.shapes.records import history
from web.shapes.runs.teams import legs_of, match_item, proposed_seats
from web.words.field import marked as _n
from web.words.field import tone, word
from web.words.reasons import in_the_way, said_no, why_not

Item = dict[str, Any]

WITHDRAWING: Final = {
    CaseState.MATCHED: _n("The case ends. Its team is released and told that nothing more is needed."),
    CaseState.ENGAGED: _n("The case ends. The work of its team stops, and the volunteers are told."),
}


async def case_file_page(frame: Frame, key: UUID) -> Template:
    """The page of one case in any state."""
    file = await case_file(key)
    teams = await matches_of_case(key)
    events = await history_of_case(key, teams)
    proposed = await proposal(file.proposal) if file.proposal else None
    case = file.case
    settled = await _settled(case, frame)
    law = await law_of(frame.house.clinic, now=frame.times.now)
    return frame.page(
        "casefile/case.html",
        file=file,
        case=case,
        tabs=case_tabs(frame, key),
        title=_title(file) % {"ref": case.ref, "name": file.claimed_by},
        back=_back(case),
        about=title_of(case.practice_area, case.relief, case.posture),
        mark=_mark(file, frame),
        waiting=frame.times.waiting(case.waiting_since),
        facts=case_facts(case, frame.times),
        unmatched=await _unmatched(file),
        proposal=_proposal_item(proposed, _pins(case, settled)) if proposed else None,
        settled=settled,
        settling=_settling(case),
        barred=[_barred_item(one) for one in file.barred],
        matches=[match_item(team, frame.times) for team in teams],
        history=history(events, frame.times),
        ended_before=await _ended_before(key, events, frame),
        deadlines=deadline_items(case, await deadlines_in(case, file.dates, law=law), frame.times),
        working=working_line(case, law, frame.times),
        answer_cards=answer_cards(case, file.answers, frame.house.clinic),
        is_open=case.state in OPEN_CASE,
        may={str(target): may_become(case.state, target) for target in CaseState},
        withdrawing=_withdrawing(case),
        next_act=_next_act(file),
        panels=panel_slots(frame, PanelPlace.CASE, case.id),
    )


async def _ended_before(key: UUID, events: list[AuditEvent], frame: Frame) -> list[str]:
    """How the case had ended before; the database is asked only where it was opened again."""
    if not any(one.kind == "case_reopened" for one in events):
        return []
    return ended_before(await reopenings_of(key), frame.times)


def _title(file: CaseFile) -> str:
    """Where the case stands, which is what a coordinator opens it for."""
    if file.claimed_by:
        return _("%(ref)s is claimed by %(name)s")
    if file.proposal:
        return _("%(ref)s has a proposed team")
    return {
        CaseState.RECEIVED: _("%(ref)s waits to be screened"),
        CaseState.SCREENING: _("%(ref)s is being screened"),
        CaseState.WAITLISTED: _("%(ref)s waits for a team"),
        CaseState.MATCHED: _("%(ref)s has a team"),
        CaseState.ENGAGED: _("%(ref)s is being worked on"),
        CaseState.CLOSED: _("%(ref)s is closed"),
        CaseState.DECLINED: _("%(ref)s was declined"),
        CaseState.WITHDRAWN: _("%(ref)s was withdrawn"),
    }[file.case.state]


def _back(case: Case) -> Item:
    """The list in which a case that stands like this is found."""
    if case.state in (CaseState.RECEIVED, CaseState.SCREENING):
        return {"label": _("Intake"), "href": address("/intake", shown=case.state)}
    return {"label": _("Waitlist"), "href": "/waitlist"}


def _mark(file: CaseFile, frame: Frame) -> Item:
    """The urgency of the case, where it stands, and who claims it."""
    mark = urgency_item(file.case, frame.times)
    mark["tags"].append({"label": word(file.case.state), "tone": tone(file.case.state)})
    if file.claimed_by:
        mark["tags"].append({"label": _("Claimed by %(name)s") % {"name": file.claimed_by}, "tone": "info"})
    return mark


async def _unmatched(file: CaseFile) -> Item | None:
    """Why the last run found no team for a case that waits without one."""
    if file.case.state is not CaseState.WAITLISTED or file.proposal:
        return None
    found: Unmatched | None = (await reasons_unmatched()).get(file.case.ref)
    if found is None:
        return None
    others = address("/waitlist", why=found.reason)
    first, rest = in_the_way(found.detail)
    return {"reason": why_not(found.reason, found.detail), "detail": first, "rest": rest, "href": others}


def _proposal_item(proposed: Proposed, pins: Pinned) -> Item:
    return {
        "seats": proposed_seats(proposed, pins),
        "legs": legs_of(proposed.seats),
        "why": proposed.why,
        "why_link": {"label": _("The numbers, and the decision"), "href": f"/proposals/{proposed.id}"},
    }


async def _settled(case: Case, frame: Frame) -> list[Item]:
    """What is settled about the case while it is open, with the pins that cannot be kept flagged."""
    if case.state not in OPEN_CASE:
        return []
    lines = await settled_lines(case.id)
    pins = any(line.kind is Settling.PIN for line in lines)
    broken = await broken_pins(case, clinic=frame.house.clinic, now=frame.times.now) if pins else {}
    return [settled_item(line, broken, frame.times) for line in lines]


def _pins(case: Case, settled: list[Item]) -> Pinned:
    return frozenset((case.id, str(one["role"]), str(one["volunteer"])) for one in settled if one["role"])


def _settling(case: Case) -> dict[str, str] | None:
    """Where to pin somebody or rule somebody out, while that is possible."""
    if case.state not in (CaseState.WAITLISTED, CaseState.SCREENING, CaseState.RECEIVED, CaseState.MATCHED):
        return None
    label = _("Pin somebody or rule somebody out")
    if case.state is not CaseState.WAITLISTED:
        label = _("Rule somebody out")
    return {"label": label, "href": f"/cases/{case.id}/settle"}


def _barred_item(barred: Barred) -> Item:
    return {"name": barred.name, "href": f"/volunteers/{barred.id}", "reason": said_no(barred.reason)}


def _withdrawing(case: Case) -> str:
    ends = WITHDRAWING.get(case.state, _n("The case ends. An open proposal for it is taken back."))
    return " ".join([_(ends), _("This cannot be undone.")])


def _next_act(file: CaseFile) -> dict[str, str] | None:
    """The likely next step: where the case is decided on or worked."""
    if file.proposal:
        return {"label": _("Decide on the team"), "href": f"/proposals/{file.proposal}"}
    if file.match:
        return {"label": _("See the match"), "href": f"/matches/{file.match}"}
    return None
