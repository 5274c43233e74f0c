"""Reasons in words: why cases got no team, what speaks against a volunteer in a seat, why she is not asked again."""

from collections.abc import Mapping
from typing import Final

from web.i18n import gettext as _
from web.words.field import marked as _n

_WHY_NOT: Final[Mapping[str, str]] = {
    "capacity": _n("Everybody who could take them is at capacity"),
    "hours": _n("Nobody with enough free hours"),
    "time": _n("Too little working time before the deadline"),
    "location": _n("Nobody near, nor remotely where the case allows it"),
    "skill": _n("Nobody at the level they need"),
    "mentor": _n("A mentor is missing"),
    "language": _n("No interpreter for the language"),
    "interpreter": _n("No interpreter among the volunteers"),
    "interpreter_gender": _n("No interpreter of the gender that the client asks for"),
    "interpreter_mode": _n("No interpreter who can work as the client needs it"),
    "attorney": _n("No attorney among the volunteers"),
    "co_counsel": _n("No second attorney for a case that asks for two"),
    "role": _n("Nobody in the role they need"),
    "standing": _n("Nobody in good standing"),
    "right_to_represent": _n("Nobody with the right to represent there"),
    "conflict": _n("Everybody who could has declined, has a conflict, or is ruled out"),
    "priority": _n("Other cases needed the last places more"),
    "claim": _n("No team can be completed around the claim or the pinned seat"),
    "search": _n("The search ended before it came to them: give it more time"),
    "worth": _n("A team would cost more than it brings, by the scores"),
    "kept": _n("Their people are kept for more urgent cases to come"),
    "several": _n("Nobody meets all of their needs"),
    "undecided": _n("A rule could not decide"),
}
"""The codes of the built-in rules and matcher."""


SAID_NO: Final[Mapping[str, str]] = {
    "no_time": _n("has no time for it"),
    "conflict": _n("has a conflict"),
    "skills": _n("finds it outside their skills"),
    "location": _n("finds it too far away"),
    "language": _n("cannot work in its language"),
    "other": _n("declined for another reason"),
    "rejected": _n("was on a team that was rejected"),
    "forbidden": _n("is ruled out by a coordinator"),
}
"""Why a volunteer is not proposed for a case again, after her name."""


def said_no(reason: str) -> str:
    """Why a volunteer is not proposed for a case again, in words."""
    return _(SAID_NO.get(reason, SAID_NO["other"]))


_AGAINST: Final[Mapping[str, str]] = {
    "left": _n("is not with us any more"),
    "role": _n("does not offer this any more"),
    "standing": _n("is not known to be in good standing"),
    "right_to_represent": _n("has not the right to represent there"),
    "skill": _n("has not the level it asks for"),
    "language": _n("does not interpret a language of the client"),
    "interpreter_gender": _n("is not of the gender that the client asks for"),
    "interpreter_mode": _n("does not interpret in the way that the client needs"),
    "capacity": _n("has no free place"),
    "hours": _n("has too few free hours"),
    "time": _n("has too little working time before the deadline, or is on leave"),
    "location": _n("is too far away"),
    "conflict": _n("declined, has a conflict, or is ruled out"),
    "pinned": _n("the seat is kept for somebody else"),
    "kept": _n("is kept for another case"),
    "undecided": _n("a rule could not decide"),
    "moved": _n("is proposed for another case now"),
    "on_team": _n("is on this team already"),
    "chain": _n("the others of this team would not understand one another with this person"),
    "needs_mentor": _n("would need a mentor, and this team has none"),
    "unneeded": _n("the seat is not needed any more"),
    "free": _n("somebody else fits better"),
}
"""What speaks against one volunteer in a seat, after her name."""


def against(code: str, said: str = "") -> str:
    """What speaks against somebody in a seat, in words; a partner's rule is told in its own."""
    known = _AGAINST.get(code)
    return _(known) if known else said or code.replace("_", " ")


def why_not(reason: str, detail: str) -> str:
    """The code under which cases got no team, in words; a partner's code is told by its sentence."""
    known = _WHY_NOT.get(reason)
    return _(known) if known else detail


def in_the_way(detail: str) -> tuple[str, str]:
    """Why a case has no team, as a short sentence with what stands in the way, and the rest of what is to be said."""
    first, _line, rest = detail.partition("\n")
    return first, rest.replace("\n", " ")
