"""Keeping somebody off a case altogether, a volunteer or one of the staff, and letting her in again."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import BadInput, Contradicts
from core.queries.privacy.disclosures import kept_off, staff_people, volunteers_called
from core.services.privacy.screening_off import LONGEST, lift, screen_off
from core.store.cases.cases import find_case
from web.access.roles import STAFF, only
from web.addresses import Key, Text
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases.case_tabs import case_tabs
from web.shapes.clients.disclosures import kept_off_item
from web.typed import given_back

PATH: Final = "/cases/{key:uuid}/disclosures/screens"
UNREADABLE: Final = 422


class Chosen(msgspec.Struct):
    """Who is to be kept off, as ``account:`` or ``volunteer:`` and an id, and why; ``name`` was searched for."""

    person: str = ""
    text: str = ""
    name: str = ""


@get(PATH, opt=only(STAFF))
async def screens_page(frame: Framed, key: Key, name: Text = "") -> Template:
    """Who is kept off, and the form to keep off one more."""
    return await _page(frame, key, Chosen(name=name), {})


async def _page(frame: Frame, key: UUID, typed: Chosen, errors: dict[str, str]) -> Template:
    case, out = await find_case(key), await kept_off(key)
    called = " ".join(typed.name.split())[:80]
    found = await volunteers_called(called) if called else ()
    return frame.page(
        "casefile/screens.html",
        status=UNREADABLE if errors else 200,
        case=case,
        tabs=case_tabs(frame, key),
        title=_("Keep somebody off %(ref)s") % {"ref": case.ref},
        kept_off=[kept_off_item(one, frame.times) for one in out],
        staff=[_choice("account", one.id, one.name, mine=one.id == frame.by.account) for one in await staff_people()],
        found=[_choice("volunteer", one.id, one.name) for one in found],
        name=called,
        person=typed.person,
        **given_back(typed, errors),
    )


def _choice(kind: str, key: UUID, name: str, *, mine: bool = False) -> dict[str, Any]:
    return {"value": f"{kind}:{key}", "name": _("%(name)s (you)") % {"name": name} if mine else name}


@post(PATH, opt=only(STAFF), status_code=200)
async def keep_off(
    frame: Framed, key: Key, data: Annotated[Chosen, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Redirect | Template:
    """Keep somebody off; what is missing, or stands against it, is told beside the field."""
    errors, (account, volunteer) = dict[str, str](), _meant(data.person)
    if account is None and volunteer is None:
        errors["person"] = _("Nobody was chosen. Choose a person first.")
    if not data.text.strip():
        errors["text"] = _("Write in a few words why.")
    if errors:
        return await _page(frame, key, data, errors)
    try:
        await screen_off(
            key,
            account=account,
            volunteer=volunteer,
            reason=data.text[:LONGEST],
            by=frame.by,
            now=frame.house.clock(),
        )
    except (Contradicts, BadInput) as problem:
        return await _page(frame, key, data, {"person": str(problem)})
    if account is not None and account == frame.by.account:
        return onward("/today", "screened-herself")
    return onward(f"/cases/{key}/disclosures", "screened")


def _meant(person: str) -> tuple[UUID | None, UUID | None]:
    """The account or the volunteer that was chosen; neither where that cannot be read."""
    kind, _colon, text = person.partition(":")
    try:
        key = UUID(text)
    except ValueError:
        return None, None
    return (key if kind == "account" else None), (key if kind == "volunteer" else None)


@post("/screens/{key:uuid}/lift", opt=only(STAFF))
async def let_in(frame: Framed, key: Key) -> Redirect:
    """Let somebody in again."""
    case = await lift(key, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{case}/disclosures", "screen-lifted")


ROUTES = (screens_page, keep_off, let_in)
