"""What a person chose on the page of a roster's columns, as a mapping, with what is wrong beside each field."""

from collections.abc import Mapping
from typing import Any, Final

from core.members import ColumnMapping, Survey
from core.members.mapping import missing_in
from core.model.vocabulary import Standing
from core.spreadsheets.columns import key_of
from web.i18n import gettext as _
from web.shapes.rosters.mapping import FIELDS, NAMES

LONGEST_NUMBER: Final = 40
Chosen = tuple[dict[str, str], dict[str, str]]
"""What was chosen, and what is wrong with it by the names of the fields."""


def chosen_columns(form: Mapping[str, Any], survey: Survey) -> Chosen:
    """Our columns with the chosen headings, empty where one is left out; and errors by the name of the field."""
    headings = {each for each in survey.first.header if each}
    columns: dict[str, str] = {}
    errors: dict[str, str] = {}
    taken: dict[str, str] = {}
    for name in NAMES:
        heading = str(form.get(f"column-{name}", ""))
        if heading and heading not in headings:
            errors[f"column-{name}"] = _("This column is not in the file. Choose another one.")
            heading = ""
        elif heading and (other := taken.setdefault(key_of(heading), name)) != name:
            said = _("This column is taken for %(field)s already. Choose another one, or none.")
            errors[f"column-{name}"] = said % {"field": _(FIELDS[other])}
        columns[name] = heading
    for name in missing_in([each for each, heading in columns.items() if heading]):
        errors.setdefault(f"column-{name}", _("A roster needs this column. Choose it."))
    return columns, errors


def chosen_words(form: Mapping[str, Any], survey: Survey, columns: Mapping[str, str]) -> Chosen:
    """The bar's words with the codes of what each was said to mean; and errors for those that were not decided.

    Only words of the column that is chosen now count: the form may still hold those of another one.
    """
    words = survey.words_of(columns.get("status", "")) or {}
    said = {str(form.get(f"word-{at}", "")): str(form.get(f"means-{at}", "")) for at in range(len(form))}
    chosen = {each: said[each] for each in words if each in said}
    known = {str(standing) for standing in Standing}
    errors = {
        f"means-{at}": _("Say what “%(word)s” means. If it is not clear, choose that the standing is not known.")
        % {"word": each}
        for at, each in enumerate(words)
        if each in chosen and chosen[each] not in known
    }
    return chosen, errors


def chosen_length(form: Mapping[str, Any]) -> tuple[int, dict[str, str]]:
    """How many digits the bar's numbers have, 0 where nobody says; and an error."""
    text = str(form.get("number_length", "")).strip()
    if not text:
        return 0, {}
    if text.isascii() and text.isdigit() and 0 <= int(text[:3]) <= LONGEST_NUMBER:
        return int(text), {}
    return 0, {"number_length": _("Write how many digits the numbers have, such as 6, or nothing.")}


def mapping_of(columns: Mapping[str, str], words: Mapping[str, str], length: int) -> ColumnMapping:
    """What was chosen, as it is kept."""
    known = {str(standing) for standing in Standing}
    statuses = {each: Standing(meaning) for each, meaning in words.items() if meaning in known}
    return ColumnMapping(columns=dict(columns), statuses=statuses, number_length=length)
