"""What happened to a case, for its timeline: each event in words, with where to read more."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

from core.model.cases.casework import Channel, Counterpart, Direction, Outcome, TaskKind
from core.model.cases.documents import DocumentKind, Sharing
from core.model.events import AuditEvent
from core.model.languages import language_name
from core.queries.cases.timeline import About
from web.i18n import gettext as _
from web.words.field import marked as _n
from web.words.field import word
from web.words.times import Times

Item = dict[str, Any]
Code = TypeVar("Code", bound=StrEnum)
ABOUT: Final[Mapping[About, str]] = {
    About.DONE: _n("All that was done"),
    About.STEPS: _n("Steps"),
    About.TALK: _n("Talk"),
    About.FILE: _n("File"),
    About.TASKS: _n("Tasks"),
    About.DATES: _n("Dates"),
}


def casework_note(event: AuditEvent, times: Times) -> str:
    """What an event of the file says of itself, in words; empty for all others."""
    detail = event.detail
    if event.kind == "contact_noted":
        return _contact(detail)
    if event.kind.startswith("document_"):
        return ", ".join(
            filter(None, (_said(DocumentKind, detail, "document_kind"), _said(Sharing, detail, "sharing")))
        )
    if event.kind.startswith("task_"):
        due = _day(detail.get("due"), times)
        by = _("by %(day)s") % {"day": due} if due else ""
        return ", ".join(filter(None, (_said(TaskKind, detail, "task_kind"), by)))
    return ""


def _day(text: object, times: Times) -> str:
    return times.day(date.fromisoformat(text)) if isinstance(text, str) and text else ""


def _contact(detail: Mapping[str, Any]) -> str:
    told = [
        _said(kind, detail, name)
        for kind, name in (
            (Channel, "channel"),
            (Direction, "direction"),
            (Counterpart, "counterpart"),
            (Outcome, "contact_outcome"),
        )
    ]
    spoken = str(detail.get("language") or "")
    if spoken:
        told.append(_("in %(language)s") % {"language": language_name(spoken)})
    if detail.get("interpreted"):
        told.append(_("with an interpreter"))
    return ", ".join(filter(None, told))


def _said(kind: type[Code], detail: Mapping[str, Any], name: str) -> str:
    """A code of the detail in words; a code that a later version wrote is told as it is."""
    code = str(detail.get(name) or "")
    return word(kind(code)) if code in set(kind) else code.replace("_", " ")


def where_to_read(event: AuditEvent, case: UUID) -> str:
    """The page on which there is more than its codes; empty where there is none."""
    if event.kind.startswith(("note_", "contact_", "task_")):
        return f"/cases/{case}/notes"
    return f"/cases/{case}/documents" if event.kind.startswith("document_") else ""


def about_choices(case: UUID, asked: About) -> list[Item]:
    """The parts of the history as links."""
    begin = f"/cases/{case}/timeline"
    return [
        {
            "label": _(said),
            "href": begin if about is About.DONE else f"{begin}?about={about}",
            "current": about is asked,
        }
        for about, said in ABOUT.items()
    ]
