"""The disclosure log for pages and for the client: each look in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from core.model.clients.client import Stage
from core.model.plugins.showing import Column, Table
from core.queries.privacy.disclosures import KeptOff, Looker, View
from core.services.clients.letters import Entry
from web.i18n import gettext as _
from web.i18n import locale, ngettext
from web.words.clients import purpose_word, seen_word
from web.words.times import Times, iso

Item = dict[str, Any]


def view_item(view: View, times: Times) -> Item:
    """One look."""
    return {
        "who": view.who,
        "as": _("clinic staff") if view.stage is Stage.STAFF else _("volunteer on the team"),
        "saw": saw(view.fields),
        "why": purpose_word(view.purpose),
        "when": times.moment(view.at),
        "iso": iso(view.at),
        "ref": view.ref,
        "href": f"/cases/{view.case}/disclosures",
    }


def saw(fields: Sequence[str]) -> str:
    """What was seen, as one line: "Name, phone"."""
    words = [seen_word(field) for field in fields]
    return ", ".join([words[0], *(_lowered(word) for word in words[1:])]) if words else ""


def _lowered(word: str) -> str:
    return word if word[1:2].isupper() or word[1:2] == "-" else word[:1].lower() + word[1:]


def looker_item(one: Looker) -> Item:
    """How much somebody has looked."""
    clients = ngettext("%(num)s client", "%(num)s clients", one.clients) % {"num": one.clients}
    looks = ngettext("%(num)s look", "%(num)s looks", one.looks) % {"num": one.looks}
    return {"who": one.who, "account": one.account, "clients": clients, "looks": looks}


def kept_off_item(one: KeptOff, times: Times) -> Item:
    """Somebody who is kept off a case."""
    return {
        "name": one.name,
        "href": f"/volunteers/{one.volunteer}" if one.volunteer else None,
        "what": _("volunteer") if one.volunteer else _("staff"),
        "reason": one.reason,
        "when": times.moment(one.made_at),
        "iso": iso(one.made_at),
        "by": one.made_by or "",
        "lift": f"/screens/{one.id}/lift",
    }


def dated(day: date) -> str:
    """A day as a letter tells it, which is kept for years: "27 de noviembre de 2026"."""
    return format_date(day, "long", locale=locale())


def letter_item(entry: Entry) -> Item:
    """One line of what the client is given, in plain words."""
    return {
        "day": dated(entry.day),
        "who": entry.who,
        "as": _("works at the clinic") if entry.is_staff else _("volunteer for your case"),
        "saw": saw(entry.fields),
        "why": purpose_word(entry.purpose),
        "times": ngettext("%(num)s time", "%(num)s times", entry.times) % {"num": entry.times},
    }


def log_table(entries: Sequence[Entry]) -> Table:
    """The same as a table for a file."""
    heads = (_("Day"), _("Who"), _("Role"), _("What was seen"), _("Why"), _("How often"))
    rows = tuple(
        (
            entry.day.isoformat(),
            entry.who,
            _("works at the clinic") if entry.is_staff else _("volunteer for your case"),
            saw(entry.fields),
            purpose_word(entry.purpose),
            entry.times,
        )
        for entry in entries
    )
    return Table(columns=tuple(Column(head) for head in heads), rows=rows)
