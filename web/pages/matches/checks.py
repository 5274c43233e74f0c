"""The conflict checks of a team as coordinators follow them: who has looked, what is asked, and opening names again."""

from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput
from core.model.states import MatchState
from core.queries.matches.teams import find_team
from core.services.checks import volunteers
from core.store.clients.checks import checks_of
from web.access.roles import STAFF, only
from web.addresses import After, Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.pages.matches.engagements import Form
from web.shapes.clients.checks import all_clear, check_line, checks_title


@get("/matches/{key:uuid}/checks", opt=only(STAFF))
async def checks_page(frame: Framed, key: Key) -> Template:
    """Each volunteer's own check, with what she asks. That a coordinator reads the questions is noted."""
    return await _page(frame, key)


async def _page(frame: Frame, key: UUID, errors: dict[str, str] | None = None, typed: str = "") -> Template:
    team = await find_team(key)
    asked = await volunteers.read_questions(key, by=frame.by, now=frame.house.clock())
    known = await checks_of(key)
    seats = [check_line(team, seat, known.get(seat.id), asked, frame.times) for seat in team.seats]
    for one in [question for seat in seats for question in seat["questions"] if question["answerable"]][:1]:
        one["next"] = True
    return frame.page(
        "matches/checks.html",
        status=422 if errors else 200,
        title=checks_title(team, known),
        ref=team.case.ref,
        path=f"/matches/{key}",
        checking=team.state is MatchState.ACCEPTED,
        clear=all_clear(team, known),
        seats=seats,
        errors=errors or {},
        typed=typed,
    )


@post("/questions/{key:uuid}/reply", opt=only(STAFF), status_code=200)
async def reply(frame: Framed, key: Key, data: Form, match: After = None) -> Redirect | Template:
    """Reply to a volunteer's question; a reply without words is told beside its field."""
    try:
        done = await volunteers.reply(key, data.text, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    except BadInput:
        if match is None:
            raise
        return await _page(frame, match, {str(key): _("Write what the answer is.")})
    return onward(f"/matches/{done}/checks", "check-replied")


@post("/seats/{key:uuid}/names/again", opt=only(STAFF))
async def names_again(frame: Framed, key: Key) -> Redirect:
    """Give a volunteer whose time is over another one."""
    match = await volunteers.open_names_again(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"/matches/{match}/checks", "names-again")


ROUTES = (checks_page, reply, names_again)
