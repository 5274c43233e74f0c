"""What a volunteer sees of a case now; what not yet, when and why (DOMAIN "Staged disclosure")."""

from enum import StrEnum
from typing import Any

from core.model.clients.checks import CheckAnswer, NameCheck
from core.model.clients.client import Stage
from core.model.states import MatchState, SeatState
from web.i18n import gettext as _
from web.words.times import Times

Item = dict[str, Any]


class Place(StrEnum):
    """Where a step stands."""

    NOW = "now"
    DONE = "done"
    LATER = "later"


def stage_steps(at: Stage = Stage.LISTING, *, hours: int, checked: bool = False) -> list[Item]:
    """The three steps with where each stands. ``checked``: the names were looked at and are closed again."""
    names = Place.NOW if at is Stage.NAMES else Place.DONE if checked or at is Stage.FILE else Place.LATER
    days = _("%(num)s hours") % {"num": hours} if hours % 24 else _("%(num)s days") % {"num": hours // 24}
    return [
        {
            "place": Place.NOW,
            "name": _("The case without names"),
            "text": _("What it is about, roughly where and when, and a summary in which nobody can be recognised."),
        },
        {
            "place": names,
            "name": _("The names"),
            "text": _(
                "Once the whole team has accepted, to you alone and for %(days)s, so that you can check for conflicts: "
                "the client's names and those on the other side."
            )
            % {"days": days},
        },
        {
            "place": Place.NOW if at is Stage.FILE else Place.LATER,
            "name": _("The file"),
            "text": _(
                "Once conflicts are clear and the engagement letter is signed: how to reach the client safely, what "
                "happened, the documents."
            ),
        },
    ]


def check_item(
    seat: SeatState, match: MatchState, check: NameCheck | None, path: str, times: Times, *, asked: bool = False
) -> Item | None:
    """What a volunteer may do about her conflict check now; None where there is nothing to do or to tell."""
    if (seat, match) != (SeatState.ACCEPTED, MatchState.ACCEPTED):
        return None
    if check is None:
        return {
            "text": _(
                "Your team is complete. Please look whether you know, represent or ever represented anybody in this "
                "case, or work with somebody who does. The names are shown to you alone."
            ),
            "open": f"{path}/names/open",
        }
    if check.answer is CheckAnswer.CLEAR:
        said = _("You have no conflict. Thank you: the names are closed again until the engagement begins.")
        return {"text": said, "done": True}
    if not check.is_open(times.now):
        said = _("The time to look at the names is over. Your coordinator can open them to you again.")
        return {"text": said, "ask": f"{path}/names/ask", "conflict": f"{path}/names/conflict"}
    told = {"moment": times.moment(check.expires_at), "left": times.left(check.expires_at)}
    said = _("The names are open to you until %(moment)s: %(left)s.") % told
    return {"text": said, "look": f"{path}/names", "asked": asked}
