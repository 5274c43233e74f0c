"""What a bar's members gave, for its staff and for coordinators alike: the same figures for both."""

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from core.model.rosters.figures import HOURS, K
from core.queries.rosters.figures import figures_of
from core.services.clinic import require_roster
from core.store.rosters.rosters import find_roster
from web.access.roles import ROSTER_KEEPERS, only
from web.frames.portal import Framed
from web.i18n import gettext as _
from web.shapes.rosters import figures as shapes
from web.shapes.rosters.listing import roster_path


@get("/rosters/{name:str}/figures", opt=only(ROSTER_KEEPERS))
async def figures_page(frame: Framed, name: FromPath[str]) -> Template:
    """The figures of one roster."""
    require_roster(frame.by, name)
    roster = await find_roster(name)
    shown = await figures_of(name, now=frame.house.clock())
    return frame.page(
        "rosters/figures.html",
        title=shapes.figures_title(shown),
        kicker=[roster["title"], _("What members gave")],
        back={"label": roster["title"], "href": roster_path(name)},
        facts=shapes.together(shown),
        columns=shapes.columns(),
        years=shapes.year_rows(shown),
        k=K,
        step=HOURS,
    )


ROUTES = (figures_page,)
