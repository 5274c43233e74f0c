"""The conflict checks of a team for its coordinator: how far they are, and how each volunteer's stands."""

from typing import Any
from uuid import UUID

from core.model.clients.checks import CheckAnswer, CheckQuestion, NameCheck
from core.model.states import MatchState, SeatState
from core.queries.matches.seats import TeamSeat
from core.queries.matches.teams import Team
from web.i18n import gettext as _
from web.words.field import tone, word
from web.words.times import Times

Item = dict[str, Any]


def all_clear(team: Team, known: dict[UUID, NameCheck]) -> bool:
    """Whether everybody on the team has answered that there is no conflict: nobody has to be waited for."""
    return _clear(known) == len(team.seats)


def _clear(known: dict[UUID, NameCheck]) -> int:
    return sum(check.answer is CheckAnswer.CLEAR for check in known.values())


def checks_title(team: Team, known: dict[UUID, NameCheck]) -> str:
    """How far the checks of a team are."""
    clear = _clear(known)
    if all_clear(team, known):
        return _("Nobody on the team has a conflict")
    return _("%(num)s of %(all)s have no conflict") % {"num": clear, "all": len(team.seats)}


def check_line(
    team: Team, seat: TeamSeat, check: NameCheck | None, asked: tuple[CheckQuestion, ...], times: Times
) -> Item:
    """One volunteer's check: how it stands, whether the names can be opened again, and her questions."""
    mine = [one for one in asked if check and one.check == check.id]
    during = team.state is MatchState.ACCEPTED and seat.state is SeatState.ACCEPTED
    return {
        "id": seat.id,
        "name": seat.name,
        "role": word(seat.role),
        **_standing(seat, check, any(one.reply is None for one in mine), times),
        "again": during and check is not None and check.answer is None and not check.is_open(times.now),
        "questions": [
            {
                "id": one.id,
                "question": one.question,
                "when": times.moment(one.asked_at),
                "reply": one.reply,
                "answerable": during and one.reply is None,
            }
            for one in mine
        ],
    }


def _standing(seat: TeamSeat, check: NameCheck | None, waits: bool, times: Times) -> Item:
    if seat.state is SeatState.CONFLICTED:
        return {"label": word(CheckAnswer.CONFLICT), "tone": "now", "said": ""}
    if check is None:
        return {"label": _("has not looked"), "tone": "plain", "said": ""}
    if check.answer is not None:
        when = times.moment(check.answered_at) if check.answered_at else ""
        return {"label": word(check.answer), "tone": tone(check.answer), "said": when}
    opened = _("opened the names on %(moment)s") % {"moment": times.moment(check.opened_at)}
    if waits:
        return {"label": _("asks something"), "tone": "soon", "said": opened}
    if check.is_open(times.now):
        return {"label": _("is looking"), "tone": "info", "said": f"{opened}, {times.left(check.expires_at)}"}
    return {"label": _("did not answer in time"), "tone": "soon", "said": opened}
