"""The frame around a page: who is signed in, the navigation with its counts, what just happened."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.response import Redirect, Template

from core.model.people import Actor
from core.model.vocabulary import AccountRole
from core.queries.desk import Counts, counts_for
from core.services.plugins.reporting import reports_for
from web.access.forgery import form_token
from web.frames.navigation import Entry, from_plugins, navigation
from web.i18n import gettext as _
from web.surroundings import House, house_of
from web.words.done import DONE
from web.words.field import word
from web.words.times import Times, zone

Visit = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """One page's frame; ``page`` and ``bare`` put a template into it."""

    visit: Visit
    house: House
    by: Actor
    counts: Counts
    times: Times

    @property
    def csrf(self) -> str:
        """The signature for this page's forms."""
        return form_token(self.visit)

    def page(self, template: str, *, status: int = 200, **context: Any) -> Template:
        """Render a template in the layout of this person's role. Raises TypeError for a name that the frame has."""
        staff = self.by.is_staff()
        of_plugins = self._nav(from_plugins(self.by, self.house.clinic.host))
        framed = {
            "layout": "layouts/coordinator.html" if staff else "layouts/volunteer.html",
            "nav": self._nav(self._entries()),
            "of_plugins": of_plugins,
            "folded": len(of_plugins) > UNFOLDED or not staff,
            "unfolded": staff and any(entry["current"] for entry in of_plugins),
            "signed_in": {"name": self.by.label, "role": " · ".join(word(role) for role in self.by.roles)},
            "csrf": self.csrf,
            "flashes": self._flashes(),
            "times": self.times,
        }
        return Template(template, context=dict(**framed, **context), status_code=status, media_type=MediaType.HTML)

    async def sent(self) -> dict[str, str]:
        """The fields of the form that was sent, as text."""
        return {name: str(value) for name, value in (await self.visit.form()).items()}

    def _entries(self) -> list[Entry]:
        reports = AccountRole.PARTNER in self.by.roles and bool(reports_for(self.by, self.house.clinic))
        return navigation(self.by, self.counts, reports=reports)

    def _nav(self, entries: list[Entry]) -> list[Entry]:
        path = self.visit.scope["path"]
        return [entry | {"current": path == entry["href"] or path.startswith(entry["href"] + "/")} for entry in entries]

    def _flashes(self) -> list[Entry]:
        code = self.visit.query_params.get("done", "")
        if code not in DONE:
            return []
        flash: Entry = {"text": _(DONE[code]), "tone": "ok"}
        match = self.visit.query_params.get("match")
        if code == "approved" and match and self.by.is_staff():
            flash |= {"undo_label": _("Undo"), "undo_action": f"/matches/{_uuid(match)}/undo"}
        settled = self.visit.query_params.get("settled")
        if code in ("pinned", "forbidden") and settled and self.by.is_staff():
            flash |= {"undo_label": _("Undo"), "undo_action": f"/settled/{_uuid(settled)}/lift"}
        if code in ("swapped", "swapped-full") and self.by.is_staff():
            went, came = (_uuid(self.visit.query_params.get(name, "")) for name in ("went", "came"))
            action = f"{self.visit.scope['path']}/swap?seat={came}&volunteer={went}"
            flash |= {"undo_label": _("Undo"), "undo_action": action}
        return [flash]


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return "unknown"


UNFOLDED: Final = 4
"""Up to so many entries of plugins stand under ours at the side; more of them, or any along the top, are folded."""

Framed = NamedDependency[Frame]
"""The frame, as a handler asks for it."""


async def frame_of(request: Visit) -> Frame:
    """The frame of the page that is asked for. One statement; every few seconds one more, about plugins."""
    house, by = house_of(request.app), request.user
    await house.follower.follow(house.clinic, house.clock())
    times = Times(house.clock(), zone(house.settings.timezone))
    return Frame(request, house, by, await counts_for(by, today=times.today), times)


def home_of(by: Actor) -> str:
    """The page that a person begins with."""
    if by.is_staff():
        return "/today"
    if AccountRole.VOLUNTEER in by.roles:
        return "/cases" if by.is_verified() else "/welcome"
    return "/rosters" if AccountRole.PARTNER in by.roles else "/inbox"


def onward(path: str, done: str = "", **more: object) -> Redirect:
    """Lead to a page after an action, with what just happened."""
    query = {"done": done, **{name: str(value) for name, value in more.items()}} if done else {}
    mark = "&" if "?" in path else "?"
    return Redirect(path + (mark + urlencode(query) if query else ""), status_code=303)
