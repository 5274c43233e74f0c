"""The conflict check of a case: who is in it, who elsewhere has a name like theirs, and what was decided."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template

from core.errors import BadInput
from core.model.clients.parties import Party, PartyRole
from core.model.conflicts.hits import Verdict
from core.services.checks.coordinators import check_of, decide
from core.services.clients.writing import add_party, remove_party
from core.services.conflicts.kept_off import kept_off
from core.store.cases.cases import cases_by_id, find_case
from core.store.keys import new_id
from core.store.volunteers.volunteers import volunteers_by_id
from web.access.roles import STAFF, only
from web.addresses import Key, address
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases.case_tabs import case_head
from web.shapes.clients.conflicts import group_item, people_in, title_of_check

PATH = "/cases/{key:uuid}/conflicts"
ROWS: Final = 20
"""So many cases and volunteers with hits stand on a page."""
AT_ONCE: Final = 3
"""So many of them show the form of the decision without being asked."""


class Somebody(msgspec.Struct):
    """A person or an organisation to be noted; ``kind`` is empty for a person."""

    name: str = ""
    other_names: str = ""
    role: str = "adverse"
    kind: str = ""


class Decided(msgspec.Struct):
    """What was decided about hits: with which case or which volunteer, what, why, and what was looked at."""

    verdict: str = ""
    reason: str = ""
    seen: str = ""
    other: str = ""
    volunteer: str = ""


NOBODY: Final = Somebody()
NO_ERRORS: Final[dict[str, str]] = {}
SomebodyForm = Annotated[Somebody, Body(media_type=RequestEncodingType.URL_ENCODED)]
DecidedForm = Annotated[Decided, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(PATH, opt=only(STAFF))
async def conflicts_page(frame: Framed, key: Key, after: FromQuery[int] = 0) -> Template:
    """The names of a case and the hits with why, ``after`` so many. Who looked at which goes into the log."""
    return await _page(frame, key, begin=max(0, after))


async def _page(
    frame: Frame, key: UUID, *, begin: int = 0, typed: Somebody = NOBODY, errors: dict[str, str] = NO_ERRORS
) -> Template:
    case, path = await find_case(key), f"/cases/{key}/conflicts"
    check = await check_of(key, by=frame.by, now=frame.house.clock(), begin=begin, limit=ROWS)
    off = await kept_off(key)
    hits = [hit for group in check.groups for hit in group.hits]
    people = await volunteers_by_id(off | {hit.volunteer for hit in hits if hit.volunteer})
    others = await cases_by_id({hit.case for hit in hits if hit.case})
    return frame.page(
        "casefile/conflicts.html",
        status=422 if errors else 200,
        typed=typed,
        errors=errors,
        **case_head(frame, case),
        title=title_of_check(check),
        groups=[group_item(group, check.evidence.get(group.case or key, {}), others, people) for group in check.groups],
        at_once=AT_ONCE,
        following=address(path, after=begin + ROWS) if check.count > begin + ROWS else None,
        previous=address(path, after=begin - ROWS) if begin >= ROWS else path if begin else None,
        shown=_("%(first)s to %(last)s of %(all)s")
        % {"first": begin + 1, "last": begin + len(check.groups), "all": check.count}
        if check.count > ROWS
        else None,
        cut=check.cut,
        known=people_in(check),
        off=sorted((people[one] for one in off if one in people), key=lambda one: one.name),
    )


@post(PATH, opt=only(STAFF), status_code=200)
async def note_party(frame: Framed, key: Key, data: SomebodyForm) -> Redirect | Template:
    """Note somebody; a hit is on this page at once, and a refusal stands beside the name."""
    if data.role not in list(PartyRole):
        raise BadInput(_("Say what this person or organisation is to the case."))
    party = Party(
        id=new_id(),
        case=key,
        role=PartyRole(data.role),
        name=" ".join(data.name.split()),
        other_names=data.other_names.strip(),
        is_organisation=bool(data.kind),
    )
    try:
        await add_party(party, by=frame.by, now=frame.house.clock())
    except BadInput as problem:
        return await _page(frame, key, typed=data, errors={"name": str(problem)})
    return onward(f"/cases/{key}/conflicts", "party-added")


@post(f"{PATH}/parties/{{party:uuid}}/remove", opt=only(STAFF))
async def take_back_party(frame: Framed, key: Key, party: Key) -> Redirect:
    """Take somebody back."""
    await remove_party(key, party, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/conflicts", "party-removed")


@post(f"{PATH}/decide", opt=only(STAFF))
async def decide_hits(frame: Framed, key: Key, data: DecidedForm) -> Redirect:
    """Decide about the hits with one other case or one volunteer."""
    if data.verdict not in list(Verdict):
        raise BadInput(_("Say whether it is a conflict or not."))
    await decide(
        key,
        other=_key(data.other),
        volunteer=_key(data.volunteer),
        verdict=Verdict(data.verdict),
        reason=data.reason,
        seen=data.seen,
        by=frame.by,
        now=frame.house.clock(),
    )
    return onward(f"/cases/{key}/conflicts", "hits-decided")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadInput(_("This form is not whole. Load the page again.")) from None


ROUTES = (conflicts_page, note_party, take_back_party, decide_hits)
