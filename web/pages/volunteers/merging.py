"""Possible duplicates among volunteers, two records made one after a preview, told apart, and split again."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import BadInput, NotFound, Refused
from core.model.volunteers.duplicates import compare_two
from core.model.volunteers.merging import Part
from core.queries.volunteers.duplicates import first_duplicates
from core.services.volunteers.merge_previews import Preview, preview_merge
from core.services.volunteers.merging import merge_records, tell_apart
from core.services.volunteers.splitting import split_records
from core.store.volunteers.merges import find_merge
from core.store.volunteers.volunteers import find_record, find_volunteer
from web.access.roles import STAFF, only
from web.addresses import Key, Text
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.volunteers import merging as shapes

UNREADABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value
CONFLICT: Final = HTTPStatus.CONFLICT.value


class Two(msgspec.Struct):
    """Two volunteers of a form."""

    one: UUID
    other: UUID


@get("/volunteers/duplicates", opt=only(STAFF))
async def duplicates_page(frame: Framed) -> Template:
    """Volunteers who may be one person, side by side, the likeliest first."""
    found = await first_duplicates()
    return frame.page(
        "volunteers/duplicates.html",
        title=_title(found.count),
        pairs=[shapes.pair_item(one, found.carried) for one in found.pairs],
        more=found.count - len(found.pairs),
    )


def _title(count: int) -> str:
    if not count:
        return _("Nobody seems to have two records")
    return ngettext("%(num)s pair may be one person", "%(num)s pairs may be one person each", count) % {"num": count}


@post("/volunteers/apart", opt=only(STAFF))
async def apart(frame: Framed, data: Annotated[Two, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Redirect:
    """Remember that two volunteers are two persons."""
    await tell_apart(data.one, data.other, by=frame.by, now=frame.house.clock())
    return onward("/volunteers/duplicates", "told-apart")


@get("/volunteers/{key:uuid}/merge", opt=only(STAFF))
async def merge_page(frame: Framed, key: Key, other: Text = "") -> Template:
    """What making another record a part of this one would do; without one that is known, a form that asks for it."""
    ref, person = other.strip()[:100], await find_volunteer(key)
    if not ref:
        return _asking(frame, person, ref, "")
    try:
        found = await preview_merge(key, await find_record(ref), by=frame.by)
    except (BadInput, NotFound) as problem:
        return _asking(frame, person, ref, str(problem))
    return _preview(frame, found, {})


def _asking(frame: Frame, person: Any, ref: str, error: str) -> Template:
    return frame.page(
        "volunteers/merge_with.html",
        status=UNREADABLE if error else 200,
        title=_("Which other record is %(name)s, too?") % {"name": person.name},
        person=person,
        ref=ref,
        error=error,
    )


def _preview(frame: Frame, found: Preview, typed: Mapping[str, str], refused: str = "") -> Template:
    """The preview, with what was chosen kept. Asked before: without a reason why it cannot be done."""
    speaks_for, against = compare_two(found.kept, found.other)
    accounts = [one for one in found.accounts if one is not None]
    return frame.page(
        "volunteers/merge.html",
        status=CONFLICT if refused else 200,
        title=_("Make %(other)s a part of %(kept)s?") % {"other": found.other.ref, "kept": found.kept.ref},
        found=found,
        refused=refused,
        checks=[{"fits": True, "text": shapes.reason(one)} for one in speaks_for]
        + [{"fits": False, "text": shapes.reason(one)} for one in against],
        becoming=shapes.becoming(found),
        moving=shapes.moving_lines(found),
        conflicts=[shapes.conflict_item(one, found, typed.get(f"take_{one}", "kept")) for one in found.conflicts],
        accounts=[shapes.account_option(one) for one in accounts] if found.closing else [],
        account=typed.get("account", "" if found.must_choose or not found.account else str(found.account.id)),
        swapped=f"/volunteers/{found.other.id}/merge?other={found.kept.ref}",
        load={"held": found.held, "places": found.after.capacity.cases},
    )


@post("/volunteers/{key:uuid}/merge", opt=only(STAFF), status_code=200)
async def merge(frame: Framed, key: Key) -> Redirect | Template:
    """Make two records one. What is in the way is told on the preview, as it is by then."""
    form = await frame.visit.form()
    typed = {name: str(value) for name, value in form.items()}
    other, account = _uuid(typed.get("other", "")), _uuid(typed.get("account", ""))
    if other is None:
        raise BadInput(_("It is not said which other record is meant. Begin with the person's page."))
    yielding = [one for one in Part if typed.get(f"take_{one}") == "other"]
    given: dict[str, Any] = {"yielding": yielding, "account": account, "by": frame.by}
    try:
        await merge_records(key, other, seen=typed.get("seen", ""), now=frame.house.clock(), **given)
    except Refused as problem:
        return _preview(frame, await preview_merge(key, other, by=frame.by), typed, str(problem))
    return onward(f"/volunteers/{key}", "merged")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@post("/merges/{key:uuid}/split", opt=only(STAFF))
async def split(frame: Framed, key: Key) -> Redirect:
    """Take a merge back; the person's page lists what has changed since and stays."""
    found = await find_merge(key)
    await split_records(key, by=frame.by, now=frame.house.clock())
    return onward(f"/volunteers/{found.kept}", "split")


ROUTES = (duplicates_page, apart, merge_page, merge, split)
