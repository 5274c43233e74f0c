"""Matches as coordinators work them: the list by state, and one match with its answers, acts and history."""

from typing import Any, Final
from uuid import UUID

from litestar.response import Template

from core.model.clients.checks import NameCheck
from core.model.states import LIVE_MATCH, MatchState, OfferState, SeatState, may_become
from core.model.vocabulary import DeclineReason, SeatRole
from core.queries.matches.seats import TeamSeat
from core.queries.matches.teams import Team, history_of_team, matches
from core.store.clients.checks import checks_of
from web.addresses import address, chosen
from web.frames.portal import Frame
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.full import case_facts, hours, title_of, urgency_item
from web.shapes.clients.checks import all_clear, checks_title
from web.shapes.records import history
from web.shapes.runs.teams import legs_of, match_item, team_seats
from web.words.field import options, tone, word
from web.words.times import Times

LIVE: Final = tuple(state for state in MatchState if state in LIVE_MATCH)
YES: Final = frozenset((SeatState.ACCEPTED, SeatState.CONFLICT_CLEARED, SeatState.ENGAGED, SeatState.COMPLETED))
UNDOABLE: Final = (MatchState.OFFERED, MatchState.ACCEPTED)
Item = dict[str, Any]


async def team_matches_page(frame: Frame, stage: str, after: UUID | None) -> Template:
    """The matches under way, or those in one state, the newest first."""
    wanted = chosen(MatchState, stage)
    page = await matches((wanted,) if wanted else LIVE, after=after)
    return frame.page(
        "matches/list.html",
        title=_list_title(frame, wanted),
        matches=[_list_item(team, frame.times) for team in page.rows],
        stage=stage,
        states=options(MatchState),
        following=address("/matches", stage=stage, after=page.next) if page.next else None,
        first=address("/matches", stage=stage) if after else None,
    )


def _list_title(frame: Frame, wanted: MatchState | None) -> str:
    if wanted:
        return _("Matches: %(state)s") % {"state": word(wanted).lower()}
    total = frame.counts.matches
    if not total:
        return _("No match is under way")
    return ngettext("%(num)s match is under way", "%(num)s matches are under way", total) % {"num": total}


def _list_item(team: Team, times: Times) -> Item:
    """A match in the list, its seats side by side."""
    facts = [{"label": word(seat.role), "value": f"{seat.name}, {word(seat.state)}"} for seat in team.seats]
    return match_item(team, times) | {"line": times.waiting(team.case.waiting_since), "facts": facts[:5]}


async def team_match_page(frame: Frame, team: Team) -> Template:
    """One match with everything that may be done to it now."""
    events = await history_of_team(team)
    checks = await checks_of(team.id)
    return frame.page(
        "matches/team.html",
        match=team,
        case=team.case,
        title=_title(team),
        case_title=title_of(team.case.practice_area, team.case.relief, team.case.posture),
        mark=urgency_item(team.case, frame.times),
        facts=case_facts(team.case, frame.times),
        state={"label": word(team.state), "tone": tone(team.state)},
        seats=_seats(team, frame.times),
        legs=legs_of(team.seats),
        acts=_acts(team),
        open_offers=[_offer_item(seat, frame.times) for seat in team.seats if seat.offer_state is OfferState.OPEN],
        frozen=[_offer_item(seat, frame.times) for seat in team.seats if seat.offer_state is OfferState.FROZEN],
        at_work=[_seat_item(seat) for seat in team.seats if seat.state is SeatState.ENGAGED],
        conflictable=[_seat_item(seat) for seat in team.seats if _may_conflict(team, seat)],
        kept=frame.times.waiting(team.case.waiting_since),
        undoing=_undoing(team),
        ending=_ending(team),
        history=history(events, frame.times),
        reasons=options(DeclineReason),
        checks=_checks(team, checks),
    )


def _checks(team: Team, known: dict[UUID, NameCheck]) -> Item | None:
    """How far the team's own conflict checks are, from the moment at which they can begin."""
    if team.state is not MatchState.ACCEPTED and not known:
        return None
    clear = all_clear(team, known)
    return {"said": checks_title(team, known), "clear": clear, "href": f"/matches/{team.id}/checks"}


def _seats(team: Team, times: Times) -> list[Item]:
    shown = team_seats(team.seats, linked=True)
    for item, seat in zip(shown, team.seats, strict=True):
        if seat.offer_state is OfferState.OPEN and seat.expires_at:
            item["fact"] = _("answer by %(moment)s, %(left)s") % {
                "moment": times.moment(seat.expires_at),
                "left": times.left(seat.expires_at),
            }
        elif seat.offer_state is OfferState.FROZEN:
            item["fact"] = _("offer on hold")
        elif seat.hours is not None:
            item["fact"] = _("gave %(hours)s") % {"hours": hours(seat.hours)}
    return shown


def _acts(team: Team) -> dict[str, bool]:
    """What the state machines allow next."""
    return {
        "may_clear": may_become(team.state, MatchState.CLEARED),
        "may_engage": may_become(team.state, MatchState.ENGAGED),
        "may_close": may_become(team.state, MatchState.COMPLETED),
        "may_undo": team.state in UNDOABLE,
        "may_end": team.state in LIVE_MATCH and team.state not in UNDOABLE,
    }


def _may_conflict(team: Team, seat: TeamSeat) -> bool:
    return team.state in LIVE_MATCH and may_become(seat.state, SeatState.CONFLICTED)


def _seat_item(seat: TeamSeat) -> Item:
    return {"id": seat.id, "name": seat.name, "role": word(seat.role)}


def _offer_item(seat: TeamSeat, times: Times) -> Item:
    left = times.left(seat.expires_at) if seat.expires_at else ""
    return _seat_item(seat) | {"offer": seat.offer, "left": left}


def _title(team: Team) -> str:
    """What happens next with this match."""
    attorney = next((seat.name for seat in team.seats if seat.role is SeatRole.ATTORNEY), _("The team"))
    told = {
        MatchState.OFFERED: _("%(ref)s: %(num)s of %(all)s have accepted"),
        MatchState.ACCEPTED: _("%(ref)s: check for conflicts next"),
        MatchState.CLEARED: _("%(ref)s: have the letter signed next"),
        MatchState.ENGAGED: _("%(ref)s: %(name)s is at work"),
        MatchState.COMPLETED: _("%(ref)s is closed"),
        MatchState.ENDED: _("%(ref)s: this match has ended"),
    }[team.state]
    yes = sum(seat.state in YES for seat in team.seats)
    return told % {"ref": team.case.ref, "name": attorney, "num": yes, "all": len(team.seats)}


def _undoing(team: Team) -> str:
    if any(seat.state in YES for seat in team.seats):
        return _(
            "Somebody has accepted already. Everybody asked is told that nothing is needed, and the case waits again, "
            "its waiting time kept. The proposal is not opened again."
        )
    return _(
        "The offers are taken back, everybody asked is told that nothing is needed, and the proposal is open again."
    )


def _ending(team: Team) -> str:
    if team.state is MatchState.ENGAGED:
        return _(
            "The work of this team ends here: the volunteers are told, their places are free again, and the case waits "
            "for another team, its waiting time kept."
        )
    return _("The team is released and told, and the case waits again, its waiting time kept.")
