"""History and messages for pages."""

from collections.abc import Iterable
from typing import Any

from core.model.events import AuditEvent
from core.queries.inbox import Letter, Note
from web.i18n import gettext as _
from web.shapes.cases.timeline import casework_note
from web.words.field import event
from web.words.times import Times, iso

Item = dict[str, Any]
GOOD = frozenset(("team_accepted", "match_engaged", "conflicts_cleared", "offer_accepted", "case_closed"))
TOLD = ("reason", "standing", "jurisdiction", "outcome", "hours")
QUIET = frozenset(("disclosed",))
"""What has a list of its own, see ``core.queries.privacy.disclosures``: so many looks would hide what happened."""
BAD = frozenset(("conflict_found", "offer_frozen", "offer_expired", "offer_declined"))


def history(events: Iterable[AuditEvent], times: Times) -> list[Item]:
    """What happened, the newest first."""
    return [
        {
            "when": times.moment(one.at),
            "iso": iso(one.at),
            "what": event(one.kind),
            "who": one.actor_label,
            "note": _note(one, times),
            "tone": "ok" if one.kind in GOOD else "now" if one.kind in BAD else "plain",
        }
        for one in sorted(events, key=lambda one: one.sequence, reverse=True)
        if one.kind not in QUIET
    ]


def _note(one: AuditEvent, times: Times) -> str:
    told = [str(one.detail[name]) for name in TOLD if one.detail.get(name)]
    return casework_note(one, times) or ", ".join(text.replace("_", " ") for text in told)


def note_item(note: Note, times: Times) -> Item:
    """A message in the inbox."""
    return {
        "subject": note.subject,
        "href": f"/inbox/{note.id}",
        "when": times.moment(note.created_at),
        "iso": iso(note.created_at),
        "state": None if note.read_at else _("New"),
        "tone": "info",
        "body": note.body,
    }


def letter_item(letter: Letter, times: Times, base_url: str) -> Item:
    """A message on its way out."""
    states = {"sent": (_("Sent"), "ok"), "dead": (_("Given up"), "now"), "sending": (_("Being sent"), "info")}
    state, tone = states.get(letter.state, (_("Waiting to be sent"), "plain"))
    remark = letter.error or letter.receipt
    return {
        "subject": letter.subject,
        "to": f"{letter.to_name} <{letter.to_address}>",
        "when": times.moment(letter.due_at),
        "iso": iso(letter.due_at),
        "state": f"{letter.channel}: {state}",
        "tone": tone,
        "text": f"{letter.body}\n\n{base_url.rstrip('/')}{letter.path}" + (f"\n\n({remark})" if remark else ""),
    }
