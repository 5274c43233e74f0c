"""Who could take a seat of a proposed team, for pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.model.languages import language_name
from core.model.vocabulary import SeatRole
from core.queries.matches.seats import NamedSeat
from core.services.matches.swapping import Choice
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.settled import MOST_PAIRS, reasons
from web.words.field import word
from web.words.times import number

Item = dict[str, Any]


def seat_options(seats: Iterable[NamedSeat]) -> list[tuple[str, str]]:
    """The seats that can change hands: "Attorney: Alma Ortiz"."""
    return [(str(seat.id), f"{word(seat.role)}: {seat.name}") for seat in seats]


def choice_item(one: Choice, seat: NamedSeat, names: Mapping[str, str]) -> Item:
    """Somebody for the seat: what she has left, how the team would score, what to know; or what is against her."""
    free = max(0, one.left)
    places = ngettext("%(num)s free place", "%(num)s free places", free) % {"num": free}
    pairs = [_(" and ").join(language_name(tag) for tag in pair) for pair in one.facts.pairs()]
    shown = pairs[:MOST_PAIRS] if seat.role is SeatRole.INTERPRETER else []
    place = one.person.county or one.person.us_state
    known = [*shown, place, places]
    return {
        "id": one.person.id,
        "name": one.person.name,
        "fact": ", ".join(part for part in known if part),
        "note": reasons(one.against) if one.against else ". ".join(_worth_knowing(one, seat, names)),
        "warning": _overbooked(one) if one.overbooked else None,
    }


def _worth_knowing(one: Choice, seat: NamedSeat, names: Mapping[str, str]) -> list[str]:
    said = [_difference(round(one.behind))]
    if one.person.id in {reserve.id for reserve in seat.reserves}:
        said.append(_("Reserve of this seat"))
    if one.proposed and not one.overbooked:
        said.append(_("Proposed for %(cases)s as well") % {"cases": ", ".join(one.proposed)})
    if one.team.let_go:
        gone = _(" and ").join(names.get(ref, "") for ref in one.team.let_go)
        said.append(_("%(names)s would not be needed any more") % {"names": gone})
    return said


def _difference(behind: int) -> str:
    if behind > 0:
        return _("The team scores %(num)s lower") % {"num": number(behind)}
    if behind < 0:
        return _("The team scores %(num)s higher") % {"num": number(-behind)}
    return _("Just as good")


def _overbooked(one: Choice) -> str:
    cases = ", ".join(one.proposed)
    said = ngettext(
        "Only %(num)s place is free, and there are proposals for %(cases)s: not all of these teams can be approved.",
        "Only %(num)s places are free, and there are proposals for %(cases)s: not all of these teams can be approved.",
        one.left,
    )
    return said % {"num": one.left, "cases": cases}
