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
from core.services.reporting import reports_for
from web.forgery import form_token
from web.i18n import gettext as _
from web.navigation import Entry, from_plugins, navigation
from web.surroundings import House, house_of
from web.times import Times, zone
from web.words import marked as _n
from web.words import word

Visit = Request[Any, Any, Any]

DONE: Final = {
    "claimed": _n("The case is yours to ask for: a coordinator looks at your claim next."),
    "claim-withdrawn": _n("Your claim is taken back. The case is listed again."),
    "accepted": _n("Thank you: you have accepted."),
    "declined": _n("Thank you for saying so. The case goes on waiting, and you will not be asked for it again."),
    "approved": _n("Approved. The offers are out."),
    "rejected": _n("Rejected. The case goes on waiting."),
    "undone": _n("The approval is undone. The case waits again, its waiting time kept."),
    "cleared": _n("Conflicts are noted as clear."),
    "engaged": _n("The engagement has begun."),
    "ended": _n("The match has ended. The case waits again, its waiting time kept."),
    "conflict": _n("The conflict is noted. The case waits again, and this pair is not proposed again."),
    "closed": _n("The case is closed with its outcome."),
    "opposing-added": _n("Noted. Whoever works there is kept off the case."),
    "opposing-removed": _n("Taken back."),
    "firm": _n("The firm is noted."),
    "alert-closed": _n("The alert is closed."),
    "thawed": _n("The offer is open again, with a fresh time to answer."),
    "revoked": _n("The offer is taken back. The case waits again, its waiting time kept."),
    "answered": _n("The answer is recorded."),
    "standing": _n("The standing is recorded. If offers went on hold, an alert on the page of today says so."),
    "moved": _n("Done. The case is in its new state."),
    "pinned": _n("Pinned. Every run keeps the seat for this volunteer until you undo it."),
    "forbidden": _n("Ruled out. This volunteer is not proposed for the case until you undo it."),
    "swapped": _n("Swapped. Nobody has been asked: approve the team to send the offers."),
    "swapped-full": _n(
        "Swapped. This person is on more open proposals now than there are free places: not all can be approved."
    ),
    "lifted": _n("Undone. The next run is free to decide."),
    "shared": _n("Kept. The next run shares help out this way."),
    "merged": _n("Both records are one now. You can split them again on this page."),
    "split": _n("Split again. Offers stay on hold and alerts open until you have looked at them."),
    "told-apart": _n("Remembered: two persons."),
    "dates": _n("The dates are kept. The deadline follows from them unless a person gave another one."),
    "deadline-set": _n("The deadline is kept as you gave it, until you leave it to the rules again."),
    "deadline-freed": _n("The deadline follows the rules again."),
    "answers": _n("The answers are kept."),
    "plugin-off": _n("Switched off. It stays off until somebody switches it on again here."),
    "plugin-on": _n("Switched on again."),
    "access-given": _n("Access is given. A mail is on its way."),
    "access-taken": _n("Access is taken back, and the tokens that this person made are revoked."),
    "link-sent": _n("A new link is on its way. The one before works no more."),
    "token-revoked": _n("The token is revoked. It opens nothing any more."),
    "roster-added": _n("Added. Upload the bar's export next."),
    "run-left": _n("Left. Nothing of that run was applied."),
    "member-denied": _n("Noted: two persons. They are not listed again until something about one of them changes."),
    "member-confirmed": _n("Confirmed. What the roster says of her standing counts from now on."),
    "member-separated": _n("Separated. Her number and standing are again what they were."),
    "joined": _n("Welcome. Your bar's roster has confirmed who you are, and these are the cases that wait."),
    "profile": _n("Your profile is kept. What you offer counts from now on."),
    "confirmed": _n("Confirmed. She is a volunteer now, and has a mail that says so."),
    "refused": _n("Refused. The reason is on its way by mail; you can still confirm her later."),
    "invitation-revoked": _n("Revoked. The link opens nothing any more."),
    "read": _n("All messages are marked as read."),
}
"""What just happened, by the code that an action puts into the address it leads to."""


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
        """Render a template in the layout of this person's role."""
        staff = self.by.is_staff()
        more = self._nav(from_plugins(self.by, self.house.clinic.host))
        framed = {
            "layout": "layouts/coordinator.html" if staff else "layouts/volunteer.html",
            "nav": self._nav(self._entries()),
            "more": more,
            "fold": len(more) > UNFOLDED or not staff,
            "unfolded": staff and any(entry["current"] for entry in more),
            "person": {"name": self.by.label, "role": " · ".join(word(role) for role in self.by.roles), "href": None},
            "csrf": self.csrf,
            "flashes": self._flashes(),
            "times": self.times,
        }
        return Template(template, context={**framed, **context}, status_code=status, media_type=MediaType.HTML)

    def _entries(self) -> list[Entry]:
        reports = bool(reports_for(self.by, self.house.clinic))
        return navigation(self.by, self.counts, demo=self.house.settings.demo, reports=reports)

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
    return Frame(request, house, by, await counts_for(by), Times(house.clock(), zone(house.settings.timezone)))


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
