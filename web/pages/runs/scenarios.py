"""What a coordinator may suppose: a form becomes the changes of one scenario."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import msgspec
from litestar.enums import RequestEncodingType
from litestar.params import Body

from core.errors import BadInput, WrongEntries
from core.model.languages import ENGLISH
from core.model.plans.advice import Questions
from core.model.plans.changes import AddAbilities, AddVolunteers, Change, RemoveVolunteer, SetCapacity
from core.model.plans.snapshot import VolunteerFacts
from core.model.vocabulary import ATTORNEY_SEATS, PracticeArea, SeatRole, Standing, VolunteerRole
from web.addresses import Code, chosen, plain
from web.i18n import gettext as _

MOST: Final = 50
DIGITS: Final = 4
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
    """The question that a form asks; WrongEntries says, field by field, what would be right."""
    reader = _Reader(data, known)
    changes = tuple(reader.changes())
    if not changes and not reader.errors:
        reader.wrong("copies", _("Nothing is supposed yet. Fill in one of the four parts."))
    if reader.errors:
        raise WrongEntries({name: reader.errors[name] for name in Supposed.__struct_fields__ if name in reader.errors})
    return Questions(what_if=changes)


class _Reader:
    """Reads the form part by part and goes on after a mistake, so that all of them are told at once."""

    def __init__(self, data: Supposed, known: Known) -> None:
        self._data, self._known = data, known
        self.errors: dict[str, str] = {}

    def wrong(self, name: str, said: str) -> None:
        """Note what is wrong with a field; the first remark counts."""
        self.errors.setdefault(name, said)

    def changes(self) -> Iterator[Change]:
        """What the four parts suppose, as far as they are filled in."""
        data = self._data
        if data.copies or self._describes_somebody():
            yield AddVolunteers(self._newcomer(), self._whole("copies", 1, MOST))
        leaver = self._person("leaver") if data.leaver else ""
        if leaver:
            yield RemoveVolunteer(leaver)
        if data.taker or data.more:
            yield SetCapacity(self._staying("taker", leaver), cases=self._whole("more", 0, MOST))
        if data.learner or data.learned:
            yield AddAbilities(self._staying("learner", leaver), languages={self._language("learned"): FLUENT})

    def _describes_somebody(self) -> bool:
        data = self._data
        special = data.role not in ("", str(SeatRole.ATTORNEY))
        return special or any((data.area, data.level, data.language, data.other))

    def _newcomer(self) -> VolunteerFacts:
        """Somebody invented: an attorney of a level, an interpreter between two languages, or a mentor."""
        data, seat = self._data, self._chosen(SeatRole, "role") or SeatRole.ATTORNEY
        spoken = {ENGLISH: 5.0} | {plain(tag): FLUENT for tag in (data.language, data.other) if tag}
        represents = seat is not SeatRole.INTERPRETER
        area, level = self._chosen(PracticeArea, "area"), self._whole("level", 1, 4, usual=2)
        if represents and area is None:
            self.wrong("area", _("Choose the practice area that the new volunteers know."))
        places = self._whole("places", 1, MOST, usual=1)
        return VolunteerFacts(
            ref=NEW,
            roles=(VolunteerRole.ATTORNEY if seat in ATTORNEY_SEATS else VolunteerRole(seat),),
            practice={area: level} if represents and area is not None else {},
            languages=spoken,
            interprets=() if represents else (self._pair(),),
            bars=(HOME,) if represents else (),
            standing=Standing.ACTIVE if represents else Standing.UNKNOWN,
            eoir_registered=represents,
            us_state=HOME,
            capacity_cases=places,
            capacity_mentor=places,
        )

    def _pair(self) -> tuple[str, str]:
        source, target = self._language("language"), plain(self._data.other) or ENGLISH
        if source == target:
            self.wrong("other", _("Choose two different languages."))
        return source, target

    def _language(self, name: str) -> str:
        if not (tag := plain(getattr(self._data, name))):
            self.wrong(name, _("Choose the language."))
        return tag

    def _whole(self, name: str, least: int, most: int, usual: int | None = None) -> int:
        """A small whole number; ``usual`` stands for an empty field."""
        text = getattr(self._data, name).strip()
        if not text and usual is not None:
            return usual
        if text.isascii() and text.isdigit() and len(text) <= DIGITS and least <= int(text) <= most:
            return int(text)
        self.wrong(name, _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most})
        return least

    def _chosen(self, kind: type[Code], name: str) -> Code | None:
        try:
            return chosen(kind, getattr(self._data, name))
        except BadInput as problem:
            self.wrong(name, str(problem))
            return None

    def _staying(self, name: str, leaver: str) -> str:
        person = self._person(name)
        if person and person == leaver:
            self.wrong(name, _("The same person leaves above. Take one of the two out."))
        return person

    def _person(self, name: str) -> str:
        """The id of the volunteer who is meant; empty where that is not clear."""
        text = " ".join(getattr(self._data, name).split())
        found = self._known.get(text.casefold())
        if not text:
            self.wrong(name, _("Write who is meant."))
        elif found is None:
            self.wrong(name, _("“%(text)s” is not known here. Choose one of the names.") % {"text": text[:60]})
        elif not found:
            said = _("Several volunteers are called “%(text)s”. Write the reference.")
            self.wrong(name, said % {"text": text[:60]})
        return found or ""
