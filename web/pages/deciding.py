"""Deciding on proposals: one or many, with the numbers behind each, and why some could not be approved."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import AmparoError, BadInput
from core.model.states import ProposalState
from core.queries.board import Proposed, proposal
from core.services import approval
from web.access import STAFF, only
from web.frame import Frame, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.pages.engagements import Form, written
from web.shapes.cases import case_facts, title_of, urgency_item
from web.shapes.teams import legs_of, proposed_seats, reserves_line, seat_scores
from web.words import tone, word

MOST = 200


@get("/proposals/{key:uuid}", opt=only(STAFF))
async def proposal_page(frame: Frame, key: UUID) -> Template:
    """One proposed team: why, the numbers behind it, the reserves, and the decision."""
    found = await proposal(key)
    return frame.page(
        "coordinator/proposal.html",
        proposal=found,
        case=found.case,
        title=_("A team for %(ref)s") % {"ref": found.case.ref},
        case_title=title_of(found.case.practice_area, found.case.relief, found.case.posture),
        mark=urgency_item(found.case, frame.times),
        facts=case_facts(found.case, frame.times),
        open=found.state is ProposalState.OPEN,
        state={"label": word(found.state), "tone": tone(found.state)},
        seats=proposed_seats(found.seats),
        legs=legs_of(found.seats),
        numbers=_numbers(found),
    )


def _numbers(found: Proposed) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{word(seat.role)}: {seat.name}",
            "scores": seat_scores(seat),
            "total": f"{seat.score:g}",
            "reserves": reserves_line(seat),
        }
        for seat in found.seats
    ]


@post("/proposals/{key:uuid}/approve", opt=only(STAFF))
async def approve(frame: Frame, key: UUID) -> Redirect:
    """Approve one team: its offers go out."""
    run = (await proposal(key)).run
    match = await approval.approve_proposal(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"/runs/{run}" if run else "/claims", "approved", match=match)


@post("/proposals/approve", opt=only(STAFF), status_code=200)
async def approve_many(frame: Frame) -> Template:
    """Approve the chosen teams one by one; say how many were, and why others were not."""
    form = await frame.visit.form()
    chosen = _chosen([str(one) for one in form.getall("proposal", [])])
    run = str(form.get("run", ""))
    failures = [failure for key in chosen if (failure := await _try(frame, key))]
    done = len(chosen) - len(failures)
    said = ngettext("%(num)s of %(all)s team approved", "%(num)s of %(all)s teams approved", len(chosen))
    return frame.page(
        "coordinator/approved.html",
        title=said % {"num": done, "all": len(chosen)},
        done=done,
        failures=failures,
        back=f"/runs/{UUID(run)}" if run else "/runs",
    )


def _chosen(given: list[str]) -> list[UUID]:
    if not given:
        raise BadInput(_("No team was chosen. Tick those that you want to approve."))
    try:
        return [UUID(one) for one in dict.fromkeys(given)][:MOST]
    except ValueError as problem:
        raise BadInput(_("A chosen team is not known here. Load the page again.")) from problem


async def _try(frame: Frame, key: UUID) -> dict[str, Any] | None:
    """Approve one team; None when it worked, else the case and the reason."""
    try:
        await approval.approve_proposal(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    except AmparoError as problem:
        found = await proposal(key)
        return {"ref": found.case.ref, "href": f"/proposals/{key}", "reason": str(problem)}
    return None


@post("/proposals/{key:uuid}/reject", opt=only(STAFF))
async def reject(frame: Frame, key: UUID, data: Form) -> Redirect:
    """Reject a team with a reason; these people are not proposed for this case again."""
    found = await proposal(key)
    reason = written(data, 200)
    await approval.reject_proposal(key, reason=reason, by=frame.by, now=frame.house.clock())
    return onward(f"/runs/{found.run}" if found.run else "/claims", "rejected")


ROUTES = (proposal_page, approve, approve_many, reject)
