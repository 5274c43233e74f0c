"""Who has looked at clients, over all cases: for whoever answers for it that nobody looks without a reason."""

from datetime import timedelta
from typing import Final

from litestar import get
from litestar.response import Template

from core.model.clients.client import Purpose
from core.queries.privacy.disclosures import Sieve, lookers, views
from web.access.roles import STAFF, only
from web.addresses import After, Text, address, plain
from web.frames.portal import Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.clients.disclosures import looker_item, view_item
from web.words.clients import purpose_word

PATH: Final = "/office/disclosures"
DAYS: Final = 30
"""Over how many days the page counts who has looked."""


@get(PATH, opt=only(STAFF))
async def all_disclosures_page(
    frame: Framed, person: After = None, purpose: Text = "", ref: Text = "", after: After = None
) -> Template:
    """Every look, the newest first, with filters; beside it who has looked at how many clients lately."""
    sieve = Sieve(account=person, purpose=plain(purpose), ref=" ".join(ref.split())[:40])
    given = {"person": str(person or ""), "purpose": sieve.purpose, "ref": sieve.ref}
    page = await views(sieve, after=after)
    since = frame.times.now - timedelta(days=DAYS)
    people = await lookers(since)
    return frame.page(
        "office/disclosures.html",
        title=_title(sum(one.looks for one in people)),
        views=[view_item(one, frame.times) for one in page.rows],
        people=[looker_item(one) for one in people],
        choices=[(str(one.account), one.who) for one in people],
        purposes=[(str(one), purpose_word(one)) for one in Purpose],
        given=given,
        active=sum(bool(value) for value in given.values()),
        following=address(PATH, **given, after=page.next) if page.next else None,
        first=address(PATH, **given) if after else None,
    )


def _title(looks: int) -> str:
    if not looks:
        return _("Nobody has looked at a client in 30 days")
    return ngettext("%(num)s look at clients in 30 days", "%(num)s looks at clients in 30 days", looks) % {"num": looks}


ROUTES = (all_disclosures_page,)
