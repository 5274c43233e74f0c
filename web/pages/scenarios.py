"""What a coordinator may suppose: a form becomes the changes of one scenario."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import msgspec
from litestar.enums import RequestEncodingType
from litestar.params import Body

from core.errors import BadInput
from core.model.advice import Questions
from core.model.changes import AddAbilities, AddVolunteers, Change, RemoveVolunteer, SetCapacity
from core.model.languages import ENGLISH
from core.model.snapshot import VolunteerFacts
from core.model.vocabulary import PracticeArea, SeatRole, Standing, VolunteerRole
from web.addresses import chosen, plain
from web.i18n import gettext as _

MOST: Final = 50
FLUENT: Final = 4.5
NEW: Final = "new"
HOME: Final = "NM"


class Supposed(msgspec.Struct):
    """The form: whatever is left empty is not part of the scenario."""

    copies: str = ""
    role: str = ""
    area: str = ""
    level: str = ""
    language: str = ""
    other: str = ""
    places: str = ""
    leaver: str = ""
    taker: str = ""
    more: str = ""
    learner: str = ""
    learned: str = ""


Form = Annotated[Supposed, Body(media_type=RequestEncodingType.URL_ENCODED)]
Known = Mapping[str, str]
"""Volunteers' ids by what a coordinator may write: a name, or a reference."""


def scenario(data: Supposed, known: Known) -> Questions:
    """The question that a form asks; BadInput says what is missing."""
    changes = tuple(_changes(data, known))
    if not changes:
        raise BadInput(_("Nothing is supposed yet. Fill in one of the four parts."))
    return Questions(what_if=changes)


def _changes(data: Supposed, known: Known) -> Iterator[Change]:
    if data.copies:
        copies = _whole(data.copies, 1, MOST)
        yield AddVolunteers(_newcomer(data), copies)
    if data.leaver:
        yield RemoveVolunteer(_person(data.leaver, known))
    if data.taker:
        yield SetCapacity(_person(data.taker, known), cases=_whole(data.more, 0, MOST))
    if data.learner:
        yield AddAbilities(_person(data.learner, known), languages={_language(data.learned): FLUENT})


def _newcomer(data: Supposed) -> VolunteerFacts:
    """Somebody invented: an attorney of a level, an interpreter between two languages, or a mentor."""
    seat = chosen(SeatRole, data.role) or SeatRole.ATTORNEY
    spoken = {ENGLISH: 5.0} | {plain(tag): FLUENT for tag in (data.language, data.other) if tag}
    interprets = ((_language(data.language), plain(data.other) or ENGLISH),) if seat is SeatRole.INTERPRETER else ()
    area, level = chosen(PracticeArea, data.area), _whole(data.level or "2", 1, 4)
    represents = seat is not SeatRole.INTERPRETER
    if represents and area is None:
        raise BadInput(_("Choose the practice area that the new volunteers know."))
    places = _whole(data.places or "1", 1, MOST)
    return VolunteerFacts(
        ref=NEW,
        roles=(VolunteerRole(seat),),
        practice={area: level} if represents and area is not None else {},
        languages=spoken,
        interprets=interprets,
        bars=(HOME,) if represents else (),
        standing=Standing.ACTIVE if represents else Standing.UNKNOWN,
        eoir_registered=represents,
        us_state=HOME,
        capacity_cases=places,
        capacity_mentor=places,
    )


def _language(text: str) -> str:
    if tag := plain(text):
        return tag
    raise BadInput(_("Choose the language."))


def _whole(text: str, least: int, most: int) -> int:
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    raise BadInput(_("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most})


def _person(text: str, known: Known) -> str:
    found = known.get(" ".join(text.split()).casefold())
    if found is None:
        raise BadInput(_("“%(text)s” is not known here. Choose one of the names.") % {"text": text[:60]})
    if not found:
        raise BadInput(_("Several volunteers are called “%(text)s”. Write the reference.") % {"text": text[:60]})
    return found
