"""Rows of a waitlist whose clients seem to be here already, for pages: who it may be, why, and what was answered."""

from collections.abc import Mapping
from typing import Any, Final

from core.model.clients.client import ClientField
from core.services.cases.waitlist_alike import Alike
from core.waitlists import Understood
from web.i18n import gettext as _
from web.shapes.clients.conflicts import evidence_tags
from web.words.conflicts import GRADES
from web.words.field import marked as _n

Item = dict[str, Any]
SHOWN: Final = 300
"""So many rows can be decided one by one; with more, a list is the same as one that was taken over before."""
OUT, TAKE, EACH = "out", "take", "each"
ANSWERS: Final = {
    OUT: _n("leave all of them out"),
    TAKE: _n("take all of them over: each has one more case, or is another person"),
    EACH: _n("leave them out, but for those that are ticked"),
}


def alike_items(alike: Mapping[int, Alike], understood: Understood) -> list[Item]:
    """The rows in the order of the file, each with whom its client seems to be and by what."""
    clients = {row.case.line: row.client for row in understood.rows}
    return [
        {
            "line": line,
            "name": clients[line].get(ClientField.NAME, ""),
            "ref": one.case.ref if one.case else "",
            "href": f"/cases/{one.case.id}" if one.case else "",
            "known": one.name or clients.get(one.row, {}).get(ClientField.NAME, ""),
            "row": one.row,
            "tags": _tags(one),
        }
        for line, one in sorted(alike.items())
    ]


def _tags(one: Alike) -> list[tuple[str, str]]:
    """What is the same or another: names that are like each other, unless numbers alone speak."""
    named = [(_(GRADES[one.grade]), "now")] if one.grade else []
    return named + evidence_tags(one.evidence)


def alike_answers() -> list[tuple[str, str]]:
    """What may be done with such rows; nobody is answered for."""
    return [(answer, _(words)) for answer, words in ANSWERS.items()]


def although_alike(form: Any) -> set[int] | None:
    """The lines of rows that are taken over although their clients seem to be here; None: that was not answered.

    Of rows that were not shown none is: whoever came in between is left out and named.
    """
    answer = form.get("alike")
    if answer == OUT:
        return set()
    if answer == TAKE:
        return _lines(str(form.get("alike_lines", "")).split(","))
    return _lines(form.getall("although", [])) if answer == EACH else None


def _lines(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdecimal()}
