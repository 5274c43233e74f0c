"""Related cases, earlier endings and places of help for pages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from core.model.cases.relating import PlaceOfHelp, Reopening
from core.model.vocabulary import PracticeArea
from core.queries.cases.relating import ReferredLine, RelatedLine
from web.i18n import gettext as _
from web.shapes.cases.full import title_of, urgency_item
from web.words.field import tone, word
from web.words.times import Times

Item = dict[str, Any]


def related_item(line: RelatedLine, times: Times) -> Item:
    """A related case: what its client is to this one's, where it stands, who works on it."""
    case = line.case
    mark = urgency_item(case, times)
    mark["tags"].append({"label": word(case.state), "tone": tone(case.state)})
    return {
        "ref": case.ref,
        "key": str(case.id),
        "href": f"/cases/{case.id}",
        "title": title_of(case.practice_area, case.relief, case.posture),
        "relation": word(line.relation),
        "who": _("Attorney: %(name)s") % {"name": line.attorney} if line.attorney else "",
        **mark,
    }


def ended_before(found: Iterable[Reopening], times: Times) -> list[str]:
    """How a case had ended each time before it was opened again, in sentences."""
    return [_ended(one, times) for one in found]


def _ended(one: Reopening, times: Times) -> str:
    said = {
        "day": times.day(one.made_at),
        "why": one.reason,
        "was": word(one.was),
        "how": one.outcome or one.ended_reason or _("no reason was written"),
    }
    return _("Opened again on %(day)s: %(why)s Before: %(was)s, %(how)s") % said


def place_item(place: PlaceOfHelp, told: Iterable[UUID] = ()) -> Item:
    """A place of help: what it helps with, in which languages, how it is reached."""
    return {
        "id": str(place.id),
        "name": place.name,
        "areas": ", ".join(word(area) for area in place.areas) or _("any kind of case"),
        "reached": [part for part in (place.phone, place.address, place.languages) if part],
        "website": place.website,
        "note": place.note,
        "told": place.id in set(told),
        "retired": place.retired,
    }


def referred_item(line: ReferredLine, times: Times) -> Item:
    """A place that a client was told of."""
    said = {"day": times.day(line.since), "name": line.who or _("somebody")}
    return place_item(line.place) | {"said": _("%(day)s, by %(name)s") % said}


def fitting_first(places: Iterable[PlaceOfHelp], area: PracticeArea) -> list[PlaceOfHelp]:
    """The places that help in such cases, before those that do not."""
    return sorted(places, key=lambda place: (not place.helps_with(area), not place.areas, place.name))
