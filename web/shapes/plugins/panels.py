"""Panels of plugins as pages show them: first a place with a link, then what the plugin says there."""

from typing import Any

from core.model.plugins.showing import PanelContent, PanelPlace, leads_outside
from core.services.plugins.showing import PanelLine, Shown, panels_at
from web.addresses import address
from web.frames.portal import Frame
from web.i18n import gettext as _
from web.shapes.plugins.tables import table_item

PATH = "/panels"
Item = dict[str, Any]


def panel_slots(frame: Frame, place: PanelPlace, about: object = "") -> list[Item]:
    """Where the panels of a page will stand. Nobody is asked for it, so no plugin can delay the page."""
    return [
        {"title": line.title, "plugin": line.plugin, "href": address(f"{PATH}/{line.name}", about=about)}
        for line in panels_at(place, by=frame.by, clinic=frame.house.clinic)
    ]


def shown_item(shown: Shown) -> Item:
    """A panel with its content, or with the sentence that it could not be shown."""
    made = {"title": shown.line.title, "plugin": shown.line.plugin, "failed": ""}
    if shown.content is None:
        said = _("This could not be shown: the plugin %(plugin)s did not answer as it should (%(cause)s).")
        return made | {"failed": said % {"plugin": shown.line.plugin, "cause": shown.cause.rstrip(".")}}
    return made | _content(shown.content)


def _content(content: PanelContent) -> Item:
    return {
        "paragraphs": content.paragraphs,
        "facts": [{"term": fact.term, "value": fact.value} for fact in content.facts],
        "table": table_item(content.table) if content.table else None,
        "links": [
            {"label": link.label, "href": link.href, "outside": leads_outside(link.href)} for link in content.links
        ],
        "nothing": content == PanelContent(),
    }


def back_from(line: PanelLine, about: str) -> Item | None:
    """The page that a panel stands on."""
    return {
        PanelPlace.TODAY: {"label": _("Today"), "href": "/today"},
        PanelPlace.CASE: {"label": _("The case"), "href": f"/cases/{about}"},
        PanelPlace.VOLUNTEER: {"label": _("The volunteer"), "href": f"/volunteers/{about}"},
        PanelPlace.ROSTER: {"label": _("The roster"), "href": f"/rosters/{about}"},
    }.get(line.place)
