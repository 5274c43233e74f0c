"""A panel of a plugin by itself: what its place fetches, what a link without script leads to, and pages of plugins."""

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from core.services.plugins.showing import show_panel
from web.access.roles import EVERYBODY, only
from web.addresses import Text
from web.frames.portal import Framed
from web.shapes.plugins.panels import PATH, back_from, shown_item


@get(PATH + "/{name:str}", opt=only(EVERYBODY))
async def panel_page(frame: Framed, name: FromPath[str], about: Text = "") -> Template:
    """One panel. It waits for its plugin, as long as the time limit at most, and no other page does."""
    shown = await show_panel(name, about=about, clinic=frame.house.clinic, by=frame.by)
    return frame.page(
        "panels/one.html", title=shown.line.title, back=back_from(shown.line, about), panel=shown_item(shown)
    )


ROUTES = (panel_page,)
