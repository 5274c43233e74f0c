"""Deciding on proposals: one or many, with the numbers behind each, and why some could not be approved."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput, NotFound, Refused, TooLate
from core.model.states import ProposalState
from core.queries.matches.seats import NamedSeat
from core.queries.runs.board import Proposed, clear_proposals, proposal
from core.queries.runs.results import newest_board
from core.queries.runs.settled import Pinned, pinned_seats
from core.services.matches import approval
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.pages.matches.engagements import Form, written
from web.shapes.cases.full import case_facts, title_of, urgency_item
from web.shapes.runs.teams import (
    against,
    is_pinned,
    legs_of,
    proposed_seats,
    reserves_line,
    runner_up_line,
    seat_scores,
)
from web.words.field import tone, word

MOST: Final = 1000
"""How many teams can be approved at once."""

Item = dict[str, Any]


@get("/proposals/{key:uuid}", opt=only(STAFF))
async def proposal_page(frame: Framed, key: Key) -> Template:
    """One proposed team: why, the numbers behind it, the reserves, and the decision."""
    found = await proposal(key)
    back = await _board_of(found)
    pins = await pinned_seats([found.case.id])
    return frame.page(
        "runs/proposal.html",
        proposal=found,
        case=found.case,
        title=_("A team for %(ref)s") % {"ref": found.case.ref},
        case_title=title_of(found.case.practice_area, found.case.relief, found.case.posture),
        mark=_mark(found, frame),
        waiting=frame.times.waiting(found.case.waiting_since),
        facts=case_facts(found.case, frame.times),
        open=found.state is ProposalState.OPEN,
        against=against(found),
        state=word(found.state),
        seats=proposed_seats(found, pins),
        legs=legs_of(found.seats),
        numbers=[_numbers(found, seat, pins) for seat in found.seats],
        back={"label": _("Today") if found.claimed else _("Proposals"), "href": back},
        rejecting=_rejecting(found),
    )


async def _board_of(found: Proposed) -> str:
    """Where a coordinator goes on after deciding: today for a claim, else the board as it is now."""
    if found.claimed:
        return "/today"
    run = await newest_board()
    return f"/runs/{run}" if run else "/runs"


def _mark(found: Proposed, frame: Frame) -> Item:
    mark = urgency_item(found.case, frame.times)
    if found.claimed:
        mark["tags"].append({"label": _("Claimed by the volunteer"), "tone": "info"})
    if found.state is not ProposalState.OPEN:
        mark["tags"].append({"label": word(found.state), "tone": tone(found.state)})
    return mark


def _numbers(found: Proposed, seat: NamedSeat, pins: Pinned) -> Item:
    """The numbers behind one seat; ``may_settle`` where it can be pinned to her, or she can be ruled out."""
    return {
        "label": f"{word(seat.role)}: {seat.name}",
        "name": seat.name,
        "fields": {"volunteer": seat.id, "role": seat.role},
        "pinned": is_pinned(found, seat, pins),
        "may_settle": found.state is ProposalState.OPEN and seat.id != found.claimed_by,
        "scores": seat_scores(seat),
        "total": f"{seat.score:g}",
        "reserves": reserves_line(seat),
        "runner_up": runner_up_line(seat),
    }


def _rejecting(found: Proposed) -> str:
    if found.claimed:
        return _(
            "The volunteer is told kindly that it was decided differently, the case is listed again, and the people of "
            "this team are not proposed for it any more."
        )
    return _("The case goes on waiting, and the people of this team are not proposed for it any more.")


@post("/proposals/{key:uuid}/approve", opt=only(STAFF))
async def approve(frame: Framed, key: Key) -> Redirect:
    """Approve one team: its offers go out."""
    found = await proposal(key)
    match = await approval.approve_proposal(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(await _board_of(found), "approved", match=match)


@post("/proposals/{key:uuid}/reject", opt=only(STAFF))
async def reject(frame: Framed, key: Key, data: Form) -> Redirect:
    """Reject a team with a reason; these people are not proposed for this case again."""
    found = await proposal(key)
    reason = written(data, 200)
    await approval.reject_proposal(key, reason=reason, by=frame.by, now=frame.house.clock())
    return onward(await _board_of(found), "rejected")


@post("/proposals/approve", opt=only(STAFF), status_code=200)
async def approve_many(frame: Framed) -> Template:
    """Approve teams one by one, each in a transaction of its own; say how many were, and why others were not."""
    form = await frame.visit.form()
    given = [str(one) for one in form.getall("proposal", [])]
    chosen = await _all_clear(str(form.get("run", ""))) if form.get("which") == "clear" else _chosen(given)
    results = [await _try(frame, key) for key in chosen]
    approved = [one for one in results if one["match"]]
    run = await newest_board()
    return frame.page(
        "runs/approved.html",
        title=_title(len(approved), len(results)),
        approved=approved,
        failures=[one for one in results if not one["match"]],
        back=f"/runs/{run}" if run else "/runs",
    )


def _title(done: int, chosen: int) -> str:
    if done == chosen:
        return ngettext("%(num)s team is approved", "%(num)s teams are approved", done) % {"num": done}
    said = ngettext("%(done)s of %(num)s team is approved", "%(done)s of %(num)s teams are approved", chosen)
    return said % {"num": chosen, "done": done}


async def _all_clear(board: str) -> list[UUID]:
    """Every clear proposal of the board that was looked at; TooLate when a newer run has replaced it."""
    if board != str(await newest_board()):
        raise TooLate(_("A newer run has replaced the proposals that you saw. Look at the new ones first."))
    return list(await clear_proposals(MOST))


def _chosen(given: list[str]) -> list[UUID]:
    if not given:
        raise BadInput(_("No team was chosen. Tick those that you want to approve."))
    try:
        return [UUID(one) for one in dict.fromkeys(given)][:MOST]
    except ValueError as problem:
        raise BadInput(_("A chosen team is not known here. Load the page again.")) from problem


async def _try(frame: Frame, key: UUID) -> Item:
    """Approve one team; ``match`` is None where it was refused, and then ``reason`` says why."""
    try:
        found = await proposal(key)
    except NotFound as problem:
        return {"ref": _("A proposal"), "href": "/runs", "match": None, "reason": str(problem)}
    told = {"ref": found.case.ref, "href": f"/proposals/{key}", "people": ", ".join(one.name for one in found.seats)}
    try:
        match = await approval.approve_proposal(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    except Refused as problem:
        return told | {"match": None, "reason": str(problem)}
    return told | {"match": match}


ROUTES = (proposal_page, approve, reject, approve_many)
