"""What belongs to a case: related cases, and where else its client was sent."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput, NotFound
from core.model.cases.relating import Relation
from core.queries.cases.relating import referrals_of, related_to
from core.services.cases import referring, relating, reopening
from core.store.cases.cases import find_case
from core.store.cases.relating import places_of_help
from web.access.roles import STAFF, only
from web.addresses import Key, chosen, listed_key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.case_tabs import case_head
from web.shapes.cases.relating import fitting_first, place_item, referred_item, related_item
from web.typed import given_back
from web.words.field import options

UNREADABLE: Final = 422
REF: Final = 100
Form = dict[str, str]


@get("/cases/{key:uuid}/related", opt=only(STAFF))
async def related_page(frame: Framed, key: Key) -> Template:
    """The cases of the same family or matter, and the places that the client was told of."""
    return await _page(frame, key, {}, {})


async def _page(frame: Frame, key: UUID, typed: Form, errors: Form) -> Template:
    case = await find_case(key)
    related, told = await related_to(key), await referrals_of(key)
    places = fitting_first(await places_of_help(), case.practice_area)
    known = {line.place.id for line in told}
    return frame.page(
        "casefile/related.html",
        status=UNREADABLE if errors else 200,
        **case_head(frame, case),
        title=_title(case.ref, len(related)),
        related=[related_item(line, frame.times) for line in related],
        relations=options(Relation),
        told=[referred_item(line, frame.times) for line in told],
        places=[place_item(place, known) for place in places if place.id not in known],
        **given_back(typed, errors),
    )


def _title(ref: str, n: int) -> str:
    if not n:
        return _("No other case is noted beside %(ref)s") % {"ref": ref}
    said = ngettext("%(num)s case belongs to %(ref)s", "%(num)s cases belong to %(ref)s", n)
    return said % {"num": n, "ref": ref}


async def _form(frame: Frame) -> Form:
    return {name: value.strip() for name, value in (await frame.sent()).items()}


@post("/cases/{key:uuid}/related", opt=only(STAFF), status_code=200)
async def relate(frame: Framed, key: Key) -> Redirect | Template:
    """Note a related case by its reference; one that is not there is told beside the field."""
    form = await _form(frame)
    relation = chosen(Relation, form.get("relation", "")) or Relation.OTHER
    try:
        ref = form.get("ref", "")[:REF]
        await relating.relate_cases(key, ref, relation=relation, by=frame.by, now=frame.house.clock())
    except NotFound:
        return await _page(frame, key, form, {"ref": _("There is no case with this reference.")})
    except BadInput as problem:
        return await _page(frame, key, form, {"ref": str(problem)})
    return onward(f"/cases/{key}/related", "related")


@post("/cases/{key:uuid}/related/part", opt=only(STAFF))
async def part(frame: Framed, key: Key) -> Redirect:
    """Take back that two cases belong together."""
    other = listed_key((await _form(frame)).get("other", ""))
    await relating.part_cases(key, other, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/related", "parted")


@post("/cases/{key:uuid}/referrals", opt=only(STAFF), status_code=200)
async def refer(frame: Framed, key: Key) -> Redirect | Template:
    """Note where the client was sent."""
    sent: Any = await frame.visit.form()
    places = [listed_key(str(value)) for name, value in sent.multi_items() if name == "place"]
    try:
        await referring.refer_client(key, places, by=frame.by, now=frame.house.clock())
    except BadInput as problem:
        return await _page(frame, key, {}, {"place": str(problem)})
    return onward(f"/cases/{key}/related", "referred")


@post("/cases/{key:uuid}/referrals/undo", opt=only(STAFF))
async def take_back(frame: Framed, key: Key) -> Redirect:
    """The client was not told of a place after all."""
    place = listed_key((await _form(frame)).get("place", ""))
    await referring.take_back_referral(key, place, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/related", "referral-dropped")


@post("/cases/{key:uuid}/reopen", opt=only(STAFF))
async def reopen(frame: Framed, key: Key) -> Redirect:
    """Open a case again that had ended."""
    form = await _form(frame)
    kept, reason = form.get("waited") == "yes", form.get("text", "")
    await reopening.reopen_case(key, reason=reason, keep_waiting=kept, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}", "reopened")


ROUTES = (related_page, relate, part, refer, take_back, reopen)
