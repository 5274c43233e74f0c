"""Matches: the list and the page of one. Volunteers see their own here, coordinators those of the programme."""

from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.response import Response, Template

from core.errors import NotFound
from core.model.clients.checks import reached
from core.model.clients.client import Stage
from core.model.deadlines.acts import KeptDeadline
from core.model.states import LIVE_MATCH, MatchState, SeatState
from core.queries.matches.seats import TeamSeat
from core.queries.matches.teams import Team, find_team, matches_of_volunteer
from core.queries.paging import Page
from core.services.deadlines.following import law_of
from core.store.cases.deadlines import kept_deadlines
from core.store.clients.checks import check_of
from web.access.roles import CLINIC, VOLUNTEERS, only
from web.addresses import After, Key, Text, address
from web.frames.portal import Frame, Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.icalendar import calendar_answer, calendar_of
from web.pages.matches.team import team_match_page, team_matches_page
from web.shapes.cases.full import title_of, urgency_item, work_facts
from web.shapes.clients.stages import check_item, stage_steps
from web.shapes.deadlines.calendar import kept_day, kept_item
from web.shapes.runs.teams import legs_of, match_item, team_seats
from web.words.field import tone, word

SHARED: Final = frozenset((SeatState.ACCEPTED, SeatState.CONFLICT_CLEARED, SeatState.ENGAGED, SeatState.COMPLETED))
"""Seat states in which a volunteer sees her team by name."""


@get("/matches", opt=only(CLINIC))
async def matches_page(frame: Framed, stage: Text = "", after: After = None) -> Template:
    """The matches of the programme, or those of this volunteer."""
    if frame.by.is_staff():
        return await team_matches_page(frame, stage, after)
    return await _mine(frame, after)


async def _mine(frame: Frame, after: UUID | None) -> Template:
    me = frame.by.volunteer
    page = await matches_of_volunteer(me, after=after) if me else Page[Team](rows=())
    n = frame.counts.matches
    said = ngettext("You are on %(num)s team", "You are on %(num)s teams", n) % {"num": n}
    return frame.page(
        "matches/mine.html",
        title=said if n else _("You are on no team now"),
        matches=[_my_item(team, frame) for team in page.rows if team.state in LIVE_MATCH],
        earlier=[_my_item(team, frame) for team in page.rows if team.state not in LIVE_MATCH],
        following=address("/matches", after=page.next) if page.next else None,
    )


def _my_item(team: Team, frame: Frame) -> dict[str, Any]:
    item = match_item(team, frame.times)
    if team.state not in LIVE_MATCH or not _ahead(team, frame):
        item |= {"urgency": None, "tags": [{"label": word(team.state), "tone": tone(team.state)}]}
    mine = team.seat_of(frame.by.volunteer)
    return item | {"line": _("You: %(role)s") % {"role": word(mine.role)} if mine else None}


def _ahead(team: Team, frame: Frame) -> bool:
    """Whether what makes a case urgent is still to come; a date that has passed presses nobody on the team."""
    return team.case.deadline is None or team.case.deadline >= frame.times.today


@get("/matches/{key:uuid}", opt=only(CLINIC))
async def match_page(frame: Framed, key: Key) -> Template:
    """One match: for a coordinator with its history and acts; for a volunteer who has accepted, with her team."""
    team = await find_team(key)
    if frame.by.is_staff():
        return await team_match_page(frame, team)
    mine = _seat_in(team, frame)
    shared = mine.state in SHARED
    check = await check_of(mine.id) if mine.state is not SeatState.OFFERED else None
    at = reached(mine.state, team.state, check, now=frame.times.now)
    return frame.page(
        "matches/one_mine.html",
        title=title_of(team.case.practice_area, team.case.relief, team.case.posture),
        ref=team.case.ref,
        state={"label": word(team.state), "tone": tone(team.state)},
        seats=team_seats(team.seats, linked=False) if shared else [],
        legs=legs_of(team.seats),
        shared=shared,
        next_step=_next_for_volunteer(team),
        mark=urgency_item(team.case, frame.times)
        if shared and team.state in LIVE_MATCH and _ahead(team, frame)
        else {},
        facts=work_facts(team.case, frame.times) if shared else [],
        summary=team.case.summary if shared else "",
        check=check_item(mine.state, team.state, check, f"/matches/{key}", frame.times),
        file=f"/matches/{key}/file" if at is Stage.FILE else None,
        documents=f"/matches/{key}/documents",
        path=f"/matches/{key}",
        deadlines=await _deadlines(team, mine.state, frame),
        calendar=f"/matches/{key}/deadlines.ics",
        stages=stage_steps(at, hours=frame.house.settings.names_hours, checked=check is not None),
    )


def _seat_in(team: Team, frame: Frame) -> TeamSeat:
    """Her seat; to everybody else the match is not there."""
    mine = team.seat_of(frame.by.volunteer)
    if mine is None:
        raise NotFound("There is no such match, or it is not yours to see.")
    return mine


async def _deadlines(team: Team, mine: SeatState, frame: Frame) -> list[dict[str, Any]]:
    """The deadlines of her case for a volunteer who works on it, with the law that she checks them by."""
    if not (kept := await _hers(team, mine)):
        return []
    law = await law_of(frame.house.clinic, now=frame.times.now)
    return [kept_item(one, law.rule(one.rule), frame.by.account, frame.times) for one in kept]


async def _hers(team: Team, mine: SeatState) -> list[KeptDeadline]:
    if mine is not SeatState.ENGAGED or team.state is not MatchState.ENGAGED:
        return []
    kept = (await kept_deadlines([team.case.id]))[team.case.id]
    return sorted((one for one in kept.values() if one.due), key=lambda one: (one.due, one.rule))


@get("/matches/{key:uuid}/deadlines.ics", opt=only(VOLUNTEERS))
async def deadlines_file(frame: Framed, key: Key) -> Response[bytes]:
    """The deadlines of her case as a calendar file: the case by its reference alone."""
    team = await find_team(key)
    kept = await _hers(team, _seat_in(team, frame).state)
    link = f"{frame.house.settings.base_url.rstrip('/')}/matches/{key}"
    days = [day for one in kept if (day := kept_day(one, team.case, link)) is not None]
    return calendar_answer(calendar_of(days, name=team.case.ref, now=frame.times.now), team.case.ref)


def _next_for_volunteer(team: Team) -> str:
    return {
        MatchState.OFFERED: _("The others on your team still answer. You will hear as soon as the team is complete."),
        MatchState.ACCEPTED: _("Next, everybody on the team checks for conflicts."),
        MatchState.CLEARED: _("The engagement letter is signed next. A coordinator sends it to you."),
        MatchState.ENGAGED: _("You are at work on this case. Your coordinator is there for questions."),
    }.get(team.state, _("This match is over. Nothing is needed from you."))


ROUTES = (matches_page, match_page, deadlines_file)
