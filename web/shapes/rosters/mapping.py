"""The columns of an uploaded roster for their page: what each of ours may be, and what the file says by it."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from core.errors import BadInput
from core.members import ColumnMapping, Proposal, Survey, propose_for
from core.members.columns import DECISIVE, MEMBER_COLUMNS
from core.members.surveying import FEW, is_known_word
from core.model.languages import language_name
from core.model.rosters.entries import RosterEntry, Spoken
from core.model.vocabulary import Standing
from core.spreadsheets.cells import STANDING
from core.spreadsheets.columns import key_of
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import marked as _n
from web.words.field import options, word

Item = dict[str, Any]
ROWS: Final = 6
"""How many of the first rows are shown as they stand."""
PEOPLE: Final = 8
"""How many of them are shown as they would be understood."""
LONGEST: Final = 80
"""How many characters of a cell are shown."""
FIELDS: Final[Mapping[str, str]] = {
    "number": _n("Number at the bar"),
    "first_name": _n("First name"),
    "middle_name": _n("Middle name"),
    "last_name": _n("Last name"),
    "suffix": _n("Suffix"),
    "name": _n("Whole name"),
    "email": _n("E-mail address"),
    "county": _n("County"),
    "state": _n("State"),
    "country": _n("Country"),
    "admitted": _n("Admitted"),
    "status": _n("Status"),
    "languages": _n("Languages"),
    "phone": _n("Telephone"),
    "firm": _n("Firm"),
    "practice": _n("Practice areas"),
    "pro_bono": _n("Takes cases without a fee"),
}
"""Our columns in words."""
ORDER: Final = ("number", "name", "first_name", "middle_name", "last_name", "suffix", "status", "languages")
"""The columns that decide most come first."""
NAMES: Final = tuple(sorted(FIELDS, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER)))
assert set(FIELDS) == {column.name for column in MEMBER_COLUMNS}


class Understood(msgspec.Struct, frozen=True):
    """A file under a mapping. ``doubt`` says why that mapping is not clear, where it is not."""

    proposal: Proposal
    doubt: str = ""


def understood(survey: Survey, mapping: ColumnMapping, *, bar: str, source: str) -> Understood:
    """What a file says under a mapping; where that is not clear, under the first column that may be meant."""
    try:
        return Understood(propose_for(survey.first, bar=bar, mapping=mapping, source=source))
    except BadInput as problem:
        headings = {key_of(heading): heading for heading in survey.first.header if heading}
        there = {
            name: heading for name, heading in mapping.columns.items() if not heading or key_of(heading) in headings
        }
        clear = msgspec.structs.replace(mapping, columns=_first_of_each(survey, there) | there)
        found = propose_for(survey.first, bar=bar, mapping=clear, source=source)
        return Understood(found, str(problem).replace("Nothing was changed.", "").strip())


def _first_of_each(survey: Survey, settled: Mapping[str, str]) -> dict[str, str]:
    """The first heading for each of the columns of which a roster may have only one."""
    known = {key_of(each): column.name for column in MEMBER_COLUMNS for each in (column.name, *column.synonyms)}
    found: dict[str, str] = {}
    for heading in survey.first.header:
        name = known.get(key_of(heading), "")
        if name in DECISIVE and name not in settled:
            found.setdefault(name, heading)
    return found


def settled_for(
    survey: Survey, mapping: ColumnMapping | None, headings_before: tuple[str, ...]
) -> tuple[ColumnMapping, list[str]]:
    """What was settled before and still fits a file, and what moved, in sentences.

    What was left out stays so only in a file with the same headings: another one may bring it.
    """
    if mapping is None:
        return ColumnMapping(), []
    if headings_before == survey.first.header:
        return mapping, []
    headings = {key_of(heading) for heading in survey.first.header if heading}
    kept = {name: each for name, each in mapping.columns.items() if each and key_of(each) in headings}
    said = _("“%(heading)s”, which was %(column)s, is not there any more.")
    moved = [
        said % {"heading": each, "column": _(FIELDS[name])}
        for name, each in mapping.columns.items()
        if each and name not in kept
    ]
    return msgspec.structs.replace(mapping, columns=kept), moved


def field_items(survey: Survey, found: Understood, before: Mapping[str, str], errors: Mapping[str, str]) -> list[Item]:
    """Our columns, each with the headings to choose from, the one that is proposed, and why it is."""
    headings = list({key_of(each): each for each in reversed(survey.first.header) if each}.values())[::-1]
    choices = [(heading, heading[:LONGEST]) for heading in headings]
    columns = found.proposal.mapping.columns
    return [
        {
            "name": f"column-{name}",
            "label": _(FIELDS[name]),
            "choices": choices,
            "chosen": columns.get(name, ""),
            "why": _why(name, found.proposal, before),
            "doubtful": name in found.proposal.guessed or name in found.proposal.missing,
            "error": errors.get(f"column-{name}"),
        }
        for name in NAMES
    ]


def _why(name: str, proposal: Proposal, before: Mapping[str, str]) -> str:
    if name in proposal.guessed:
        return _("Its cells look like it. Please check.")
    if name in proposal.missing:
        return _("A roster needs it, and nothing was found.")
    if before.get(name):
        return _("As it was chosen.")
    return _("Its heading says so.") if proposal.mapping.columns.get(name) else ""


def first_rows_table(survey: Survey, proposal: Proposal) -> Item:
    """The first rows as they stand, each column with what it is taken for."""
    ours = {key_of(heading): name for name, heading in proposal.mapping.columns.items() if heading}
    header = survey.first.header
    columns = [{"heading": each[:LONGEST], "taken": _taken(ours.get(key_of(each), ""))} for each in header]
    width = len(header)
    rows = [
        {"line": line, "cells": [_short(cell) for cell in (*row, *("",) * width)[:width]]}
        for line, row in zip(survey.first.lines[:ROWS], survey.first.rows[:ROWS], strict=True)
    ]
    return {"columns": columns, "rows": rows}


def _taken(name: str) -> str:
    return _(FIELDS[name]) if name else _("not taken over")


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def word_items(
    survey: Survey, mapping: ColumnMapping, chosen: Mapping[str, str], errors: Mapping[str, str]
) -> list[Item]:
    """The bar's words for a standing with their counts, and what each means: what is settled or known is proposed."""
    words = survey.words_of(mapping.columns.get("status", "")) or {}
    settled = {key_of(each): standing for each, standing in mapping.statuses.items()}
    return [
        {
            "at": at,
            "word": each,
            "count": ngettext("%(num)s row", "%(num)s rows", count) % {"num": f"{count:,}"},
            "meaning": chosen.get(each, str(settled.get(key_of(each), _known(each)))),
            "error": errors.get(f"means-{at}"),
        }
        for at, (each, count) in enumerate(words.items())
    ]


def _known(text: str) -> str:
    return str(STANDING(text)) if is_known_word(text) else ""


def words_note(survey: Survey, mapping: ColumnMapping) -> str:
    """Why no words are listed, where none are."""
    heading = mapping.columns.get("status", "")
    if not heading:
        return _("No column holds the status, so nobody of this roster is eligible: every standing is unknown.")
    if survey.words_of(heading) is None:
        said = _("“%(heading)s” has more than %(num)s different words. Those that we do not know count as unknown.")
        return said % {"heading": heading, "num": FEW}
    return ""


def people_items(proposal: Proposal) -> list[Item]:
    """The first members as they would be taken over."""
    return [
        {
            "number": entry.number,
            "name": entry.name,
            "standing": word(entry.standing),
            "languages": _languages(entry),
            "more": [part for part in (entry.email, entry.county, str(entry.admitted or "")) if part],
        }
        for entry in proposal.entries[:PEOPLE]
    ]


def _languages(entry: RosterEntry) -> list[str]:
    return [_spoken(one) for one in entry.languages]


def _spoken(one: Spoken) -> str:
    name = language_name(one.tag)
    level = _(", level %(level)s") % {"level": f"{one.level:g}"} if one.level else ""
    if one.confidence >= 1:
        return f"{name}{level}"
    return _("%(language)s, %(share)s %% sure") % {"language": f"{name}{level}", "share": round(100 * one.confidence)}


def meanings() -> list[tuple[str, str]]:
    """What a bar's word may mean."""
    return options(Standing)


def read_rows(survey: Survey) -> str:
    """How long a file is."""
    return ngettext("%(num)s row", "%(num)s rows", survey.rows) % {"num": f"{survey.rows:,}"}


def mapping_rows(mapping: ColumnMapping | None) -> list[Item]:
    """What is remembered of a roster's columns: ours with the headings; empty where nothing is settled."""
    columns = mapping.columns if mapping else {}
    return [{"label": _(FIELDS[name]), "value": columns[name]} for name in NAMES if columns.get(name)]
