"""Panels: what plugins show on pages. A page of ours never waits for one: it is asked after the page is there."""

from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from core.errors import NotFound, PluginError
from core.model.people import Actor
from core.model.plugins.records import Subject
from core.model.plugins.showing import PanelContent, PanelPlace
from core.protocols import Panel
from core.queries.records import record_of_case, record_of_roster, record_of_volunteer
from core.services.clinic import Clinic, require_roster


class PanelLine(msgspec.Struct, frozen=True):
    """A panel as a page announces it, with the name of the plugin that it belongs to."""

    name: str
    title: str
    place: PanelPlace
    plugin: str


class Shown(msgspec.Struct, frozen=True):
    """What came of a panel: its content, or the cause of its failure."""

    line: PanelLine
    content: PanelContent | None = None
    cause: str = ""


def panels_at(place: PanelPlace, *, by: Actor, clinic: Clinic) -> tuple[PanelLine, ...]:
    """The panels that somebody sees at a place, in the order of loading; those of a plugin that hung are among them."""
    lines = [_line(panel, clinic) for panel in clinic.host.panels() if _may_see(panel, by, clinic)]
    return tuple(line for line in lines if line.place is place)


def _may_see(panel: Panel, by: Actor, clinic: Clinic) -> bool:
    return bool(set(clinic.host.declared(panel)["roles"]) & by.acting_roles())


def _line(panel: Panel, clinic: Clinic) -> PanelLine:
    said = clinic.host.declared(panel)
    return PanelLine(said["name"], said["title"], said["place"], clinic.host.plugin_of(panel))


async def show_panel(name: str, *, about: str, clinic: Clinic, by: Actor) -> Shown:
    """Ask a panel what it shows. Four statements at most.

    ``about`` is the id of the case or volunteer, or the name of the roster, whose page is its place. Raises NotFound
    where there is no such thing or panel, or it is not for this person. A panel that fails is told in ``Shown.cause``
    and recorded under its plugin's name.
    """
    found = [one for one in clinic.host.panels() if clinic.host.name_of(one) == name and _may_see(one, by, clinic)]
    if not found:
        raise NotFound("There is no such panel, or it is not for your role.")
    (panel,) = found
    line = _line(panel, clinic)
    subject = await _subject(line.place, about, by, ZoneInfo(clinic.settings.timezone))
    try:
        return Shown(line, await clinic.host.acall(panel, panel.show, subject))
    except PluginError as problem:
        return Shown(line, cause=problem.cause)


async def _subject(place: PanelPlace, about: str, by: Actor, zone: ZoneInfo) -> Subject:
    if place is PanelPlace.ROSTER:
        require_roster(by, about)
        return await record_of_roster(about)
    if place is PanelPlace.CASE:
        return await record_of_case(_key(about), zone)
    return await record_of_volunteer(_key(about), zone) if place is PanelPlace.VOLUNTEER else None


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("This panel is about a case or a volunteer: open it from there.") from None
