"""Teams for pages: seats, chains of languages, proposals, matches."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from core.model.vocabulary import SeatRole
from core.queries.matches.seats import NamedReserve, NamedSeat, TeamSeat
from core.queries.matches.teams import Team
from core.queries.runs.board import Proposed
from core.queries.runs.settled import Pinned
from core.services.matches.claiming import UNSEEN
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.full import case_item
from web.words.field import marked as _n
from web.words.field import tone, word
from web.words.times import Times, number
from web.words.tongues import language_name

Item = dict[str, Any]


class Link(Protocol):
    """A seat that may be a link of a chain."""

    @property
    def role(self) -> SeatRole: ...
    @property
    def from_language(self) -> str: ...
    @property
    def to_language(self) -> str: ...


def legs_of(seats: Iterable[Link]) -> list[Item]:
    """The chain of languages from the client to the attorney; empty where nobody interprets."""
    links = [seat for seat in seats if seat.role is SeatRole.INTERPRETER and seat.from_language]
    if not links:
        return []
    legs = [{"language": language_name(seat.from_language), "to": "interpreter"} for seat in links]
    return [*legs, {"language": language_name(links[-1].to_language), "to": "attorney"}]


def proposed_seats(proposal: Proposed, pins: Pinned = frozenset()) -> list[Item]:
    """Proposed seats with the one fact that matters of each person, and whether the seat is pinned to her."""
    return [
        {
            "role": str(seat.role),
            "name": seat.name,
            "href": f"/volunteers/{seat.id}",
            "fact": seat.fact,
            "tag": {"label": _("Pinned"), "tone": "info"} if is_pinned(proposal, seat, pins) else None,
        }
        for seat in proposal.seats
    ]


def is_pinned(proposal: Proposed, seat: NamedSeat, pins: Pinned) -> bool:
    """Whether a coordinator has pinned this person to this seat."""
    return (proposal.case.id, str(seat.role), str(seat.id)) in pins


def team_seats(seats: Sequence[TeamSeat], *, linked: bool) -> list[Item]:
    """The seats of a match with their states; names lead to volunteers only for coordinators."""
    return [
        {
            "role": str(seat.role),
            "name": seat.name,
            "href": f"/volunteers/{seat.volunteer}" if linked else None,
            "tag": {"label": word(seat.state), "tone": tone(seat.state)},
        }
        for seat in seats
    ]


def proposal_item(proposal: Proposed, times: Times, pins: Pinned = frozenset()) -> Item:
    """A proposal on the board. Chosen from the start where nothing asks for a closer look."""
    item = case_item(proposal.case, times)
    if proposal.claimed:
        item["tags"].append({"label": _("Claimed"), "tone": "info"})
    if against(proposal):
        item["tags"].append({"label": _("A rule says no"), "tone": "now"})
    if proposal.declines:
        said = ngettext("Remark: %(num)s decline", "Remark: %(num)s declines", proposal.declines)
        item["tags"].append({"label": said % {"num": proposal.declines}, "tone": "info"})
    return item | {
        "id": proposal.id,
        "seats": proposed_seats(proposal, pins),
        "legs": legs_of(proposal.seats),
        "why": proposal.why,
        "why_link": {"label": _("The numbers"), "href": f"/proposals/{proposal.id}"},
        "reserves": [f"{word(seat.role)}: {_next_best(seat)}" for seat in proposal.seats if seat.reserves],
        "approve_action": f"/proposals/{proposal.id}/approve",
        "swap_href": f"/proposals/{proposal.id}/swap" if can_be_swapped(proposal, pins) else None,
        "reject_href": f"/proposals/{proposal.id}#reject",
        "checked": is_clear(proposal),
    }


def against(proposal: Proposed) -> list[str]:
    """What of the true case speaks against a claim, which the claimant could not see from the listing."""
    return [why.removeprefix(UNSEEN).strip() for why in proposal.reasons if why.startswith(UNSEEN)]


def can_be_swapped(proposal: Proposed, pins: Pinned = frozenset()) -> list[NamedSeat]:
    """The seats that can be given to somebody else: neither claimed nor pinned."""
    return [seat for seat in proposal.seats if seat.id != proposal.claimed_by and not is_pinned(proposal, seat, pins)]


def is_clear(proposal: Proposed) -> bool:
    """Whether a proposal can be approved without a closer look."""
    return not proposal.claimed and not proposal.declines


def seat_scores(seat: NamedSeat) -> list[Item]:
    """The score of a seat by scorer."""
    return [
        {"label": name.replace("_", " ").capitalize(), "value": f"{value:+g}"} for name, value in seat.scores.items()
    ]


def reserves_line(seat: NamedSeat) -> str:
    """Who comes next for a seat, and how much lower they score."""
    if not seat.reserves:
        return _("Nobody else could take this seat.")
    return _("Next: %(names)s.") % {"names": _next_best(seat)}


_KEPT_BY: Final = {
    "case": _n("%(name)s comes next, and is needed more for %(case)s."),
    "team": _n("%(name)s comes next, but does not fit with the others of this team."),
    "load": _n("%(name)s scores higher, but has other cases in this plan."),
    "room": _n("%(name)s comes next, but has no room left."),
    "search": _n("%(name)s comes next: the search ended before it came so far."),
}
"""What keeps the runner-up from a seat, where it is not her score: that stands beside the reserves."""


def runner_up_line(seat: NamedSeat) -> str:
    """Who comes next for a seat, and what keeps her from it; empty where nobody does, or her score alone."""
    one = seat.runner_up
    if one is None or one.kept_by not in _KEPT_BY:
        return ""
    return _(_KEPT_BY[one.kept_by]) % {"name": one.name, "case": one.case}


def _next_best(seat: NamedSeat) -> str:
    return ", ".join(_behind(one) for one in seat.reserves)


def _behind(one: NamedReserve) -> str:
    lower = round(one.behind)
    told = _("%(name)s (%(num)s lower)") if lower > 0 else _("%(name)s (just as good)")
    return told % {"name": one.name, "num": number(lower)}


def match_item(team: Team, times: Times) -> Item:
    """A match in a list for coordinators."""
    item = case_item(team.case, times)
    item["href"] = f"/matches/{team.id}"
    item["tags"].append({"label": word(team.state), "tone": tone(team.state)})
    if team.expires_at:
        item["tags"].append({"label": times.left(team.expires_at), "tone": "soon"})
    return item | {
        "line": " · ".join(f"{word(seat.role)}: {seat.name}, {word(seat.state)}" for seat in team.seats) or None
    }
