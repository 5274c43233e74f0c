"""The plugins: how each fares, and a switch for each."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.services.plugins.faring import all_together
from core.services.plugins.switching import switch_off, switch_on
from core.store.settings import read_switches
from web.access.roles import STAFF, only
from web.frames.portal import Framed, onward
from web.shapes.plugins.state import plugin_items, plugins_title

PATH = "/plugins"


class Chosen(msgspec.Struct):
    """The plugin that a button is about."""

    plugin: str = ""


ChosenForm = Annotated[Chosen, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(PATH, opt=only(STAFF))
async def plugins_page(frame: Framed) -> Template:
    """Every plugin that was found, and how it fares."""
    found = await all_together(frame.house.clinic, frame.house.clock())
    return frame.page(
        "office/plugins.html",
        title=plugins_title(found),
        plugins=plugin_items(found, await read_switches(), frame.times),
    )


@post(f"{PATH}/off", opt=only(STAFF))
async def stop_plugin(frame: Framed, data: ChosenForm) -> Redirect:
    """Switch a plugin off."""
    await switch_off(data.plugin, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(PATH, "plugin-off")


@post(f"{PATH}/on", opt=only(STAFF))
async def start_plugin(frame: Framed, data: ChosenForm) -> Redirect:
    """Switch a plugin on again."""
    await switch_on(data.plugin, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(PATH, "plugin-on")


ROUTES = (plugins_page, stop_plugin, start_plugin)
