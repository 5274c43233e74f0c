"""How the keys stand that seal what is known of clients. Keys are changed by a command, never by a page."""

from typing import Any

from litestar import get
from litestar.response import Template

from core.queries.privacy.keeping import erased_since_rotation, last_rotation
from core.services.keys.rotating import RingStanding, ring_standing
from web.access.roles import STAFF, only
from web.frames.portal import Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import marked as _n

KINDS = {
    "data keys of cases": _n("Data keys of cases"),
    "names that can be found": _n("Names that can be found"),
    "numbers that can be found": _n("Numbers that can be found"),
    "data keys of waitlists from elsewhere": _n("Data keys of waitlists from elsewhere"),
}


@get("/office/keys", opt=only(STAFF))
async def keys_page(frame: Framed) -> Template:
    """Which key is used, whether a rotation is under way, and whether one is due."""
    standing, erased, last = await ring_standing(), await erased_since_rotation(), await last_rotation()
    return frame.page(
        "office/keys.html",
        title=_title(standing),
        facts=_facts(standing, erased, frame.times.moment(last) if last else ""),
        kinds=[{"label": _(KINDS.get(one.name, one.name)), "value": str(one.behind)} for one in standing.kinds],
        under_way=bool(standing.behind),
        old=standing.keys[1:],
        erased=_erased(erased),
        command="amparo keys rotate",
    )


def _title(standing: RingStanding) -> str:
    if standing.behind:
        return _("The key is being changed")
    return _("One key seals what is known of clients")


def _facts(standing: RingStanding, erased: int, last: str) -> list[dict[str, str]]:
    return [
        {"label": _("Key"), "value": standing.keys[0]},
        {"label": _("Comes from"), "value": standing.place.rpartition("/")[2]},
        {"label": _("Last changed"), "value": last or _("never")},
        {"label": _("Clients erased since"), "value": str(erased)},
    ]


def _erased(count: int) -> str:
    """What old backups still hold."""
    if not count:
        return ""
    said = ngettext(
        "%(num)s client was erased since it is in use.", "%(num)s clients were erased since it is in use.", count
    )
    return said % {"num": count}


ROUTES: tuple[Any, ...] = (keys_page,)
