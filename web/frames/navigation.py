"""The navigation: the pages that somebody may go to from everywhere, with what waits there."""

from typing import Any

from core.host import PluginHost
from core.model.people import Actor
from core.model.plugins.showing import leads_outside
from core.model.vocabulary import AccountRole
from core.queries.desk import Counts
from web.i18n import gettext as _

Entry = dict[str, Any]
"""``label``, ``href`` and ``count``, which is None where nothing is counted; ``begins``: a group begins here."""


def navigation(by: Actor, counts: Counts, *, reports: bool) -> list[Entry]:
    """The entries for this person, those that are used most first. ``reports``: there are some that she may read."""
    if by.is_staff():
        return _for_staff(counts)
    volunteer: list[Entry] = []
    if AccountRole.VOLUNTEER in by.roles:
        volunteer = _for_volunteer(counts) if by.is_verified() else _for_newcomer()
    partner: list[Entry] = []
    if AccountRole.PARTNER in by.roles:
        partner += [{"label": _("Rosters"), "href": "/rosters", "count": None}]
        partner += [{"label": _("Reports"), "href": "/reports", "count": None}] if reports else []
    return [*volunteer, *partner, {"label": _("Inbox"), "href": "/inbox", "count": counts.unread}]


def from_plugins(by: Actor, host: PluginHost) -> list[Entry]:
    """What plugins add for this person, in the order of loading; ``outside`` tells what leads away from the portal."""
    found = [entry for entry in host.navigation() if set(entry.roles) & by.acting_roles()]
    return [{"label": one.label, "href": one.href, "outside": leads_outside(one.href)} for one in found]


def _for_staff(counts: Counts) -> list[Entry]:
    """In groups: the clients and what waits, the matching, the people who help, the house."""
    groups: tuple[list[Entry], ...] = (
        [
            {"label": _("Today"), "href": "/today", "count": counts.pressing},
            {"label": _("Intake"), "href": "/intake", "count": counts.incoming},
            {"label": _("Tasks"), "href": "/tasks", "count": counts.tasks},
            {"label": _("Waitlist"), "href": "/waitlist", "count": counts.waiting},
            {"label": _("Deadlines"), "href": "/deadlines", "count": None},
        ],
        [
            {"label": _("Matching"), "href": "/runs", "count": counts.proposals},
            {"label": _("Matches"), "href": "/matches", "count": counts.matches},
        ],
        [
            {"label": _("Volunteers"), "href": "/volunteers", "count": None},
            {"label": _("Joining"), "href": "/joinings", "count": counts.joining},
            {"label": _("Rosters"), "href": "/rosters", "count": None},
        ],
        [
            {"label": _("Inbox"), "href": "/inbox", "count": counts.unread},
            {"label": _("Reports"), "href": "/reports", "count": None},
            {"label": _("Office"), "href": "/office", "count": None},
        ],
    )
    return [
        entry | {"begins": not at and number > 0}
        for number, group in enumerate(groups)
        for at, entry in enumerate(group)
    ]


def _for_volunteer(counts: Counts) -> list[Entry]:
    return [
        {"label": _("Open cases"), "href": "/cases", "count": counts.waiting},
        {"label": _("My offers"), "href": "/offers", "count": counts.offers},
        {"label": _("My claims"), "href": "/claims", "count": counts.claims},
        {"label": _("My matches"), "href": "/matches", "count": counts.matches},
        {"label": _("My profile"), "href": "/profile", "count": None},
    ]


def _for_newcomer() -> list[Entry]:
    """Whom nobody has vouched for yet."""
    return [
        {"label": _("What happens next"), "href": "/welcome", "count": None},
        {"label": _("My profile"), "href": "/profile", "count": None},
    ]
