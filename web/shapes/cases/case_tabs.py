"""What stands at the head of every page of a case's file: what it is about, how urgent it is, tabs to the others."""

from typing import Any, Final
from uuid import UUID

from core.model.cases.case import Case
from web.frames.portal import Frame
from web.i18n import gettext as _
from web.shapes.cases.full import title_of, urgency_item
from web.words.field import marked as _n

CASE_TABS: Final = (
    ("", _n("Case")),
    ("/client", _n("Client")),
    ("/messages", _n("Messages")),
    ("/eligibility", _n("Eligibility")),
    ("/needs", _n("Needs")),
    ("/dates", _n("Dates")),
    ("/conflicts", _n("Conflicts")),
    ("/related", _n("Related")),
    ("/notes", _n("Notes and tasks")),
    ("/documents", _n("Documents")),
    ("/timeline", _n("Timeline")),
    ("/disclosures", _n("Disclosures")),
    ("/privacy", _n("Privacy")),
)
"""The pages of the file: what their address has behind that of the case, and their names, in the order of the work."""


def case_head(frame: Frame, case: Case) -> dict[str, Any]:
    """The head of a page of a case's file: ``case``, ``about`` in words, ``mark`` (its urgency) and ``tabs``."""
    return {
        "case": case,
        "about": title_of(case.practice_area, case.relief, case.posture),
        "mark": urgency_item(case, frame.times),
        "tabs": case_tabs(frame, case.id),
    }


def case_tabs(frame: Frame, key: UUID) -> list[dict[str, Any]]:
    """The tabs of a case with the page that is asked for marked: ``label``, ``href``, ``current``."""
    begin = f"/cases/{key}"
    path = frame.visit.scope["path"].replace(f"{begin}/tasks/", f"{begin}/notes/")  # a task belongs to its list
    tabs = [{"label": _(label), "href": begin + end} for end, label in CASE_TABS]
    behind = [tab["href"] for tab in tabs if path == tab["href"] or path.startswith(tab["href"] + "/")]
    current = max(behind, key=len, default="")
    return [tab | {"current": tab["href"] == current} for tab in tabs]
