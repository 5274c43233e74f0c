"""Two runs of the matcher side by side."""

from uuid import UUID

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template

from core.errors import NotFound
from core.queries.runs.differing import compared
from core.queries.runs.results import runs_before
from web.access.roles import STAFF, only
from web.addresses import Key, Text
from web.frames.portal import Framed
from web.i18n import gettext as _
from web.shapes.runs import differing as shapes

Earlier = FromQuery[UUID | None]


@get("/runs/{key:uuid}/compare", opt=only(STAFF))
async def compare_page(frame: Framed, key: Key, earlier: Earlier = None, whole: Text = "") -> Template:
    """What a run does otherwise than an earlier one, by default the one before."""
    found = await compared(key, earlier)
    if found is None:
        raise NotFound(_("There is no run before this one to compare it with."))
    if gone := [run.id for run in (found.older, found.newer) if not run.detailed]:
        return frame.page("runs/compare_gone.html", newer=f"/runs/{key}", gone=f"/runs/{gone[0]}")
    others = await runs_before(key)
    return frame.page(
        "runs/compare.html",
        title=shapes.title_of(found),
        newer=f"/runs/{key}",
        path=f"/runs/{key}/compare",
        older=str(found.older.id),
        choices=[shapes.run_choice(run, frame.times) for run in others],
        figures=shapes.figures(found),
        columns=shapes.columns(found, frame.times),
        rows=shapes.rows(found),
        sections=shapes.sections(found, whole),
        left=shapes.left(found),
    )


ROUTES = (compare_page,)
