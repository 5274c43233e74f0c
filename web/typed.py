"""What was typed into a form and could not be taken: told beside each field, with what was typed kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from core.errors import Overtaken, WrongEntries
from web.i18n import gettext as _


def given_back(typed: object, errors: Mapping[str, str], refused: str = "") -> dict[str, Any]:
    """What a page needs to show a form again.

    ``typed`` has the values by the names of the fields, ``errors`` what is wrong with some, ``summary`` the same for
    the top of the form; ``refused`` says why the form as a whole was not taken.
    """
    summary = [{"name": name, "text": said} for name, said in errors.items()]
    return {"typed": typed, "errors": errors, "summary": summary, "refused": refused}


WAS: Final = "was-"
"""Before the name of a field: the hidden field that says what stood there when the form was opened."""


def changed_entries(form: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """The entries that somebody changed since the form was opened: what others changed meanwhile stays theirs."""
    sent = {str(name): form[name] for name in names if name in form}
    return {name: typed for name, typed in sent.items() if typed != form.get(f"{WAS}{name}", "")}


def opened_with(form: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """What stood in the fields when the form was opened.

    A form that comes back with an error holds it still: else the next try would overwrite what others changed since.
    """
    return {str(name): form.get(f"{WAS}{name}", "") for name in names}


def beside(problem: Overtaken, now: Mapping[str, str], words: Mapping[str, str] | None = None) -> dict[str, str]:
    """For each field that somebody else has changed as well, what stands there ``now``: told beside what was typed.

    ``words``: what a choice is called, by its value. The form is shown again as opened with what stands there now, so
    that whoever keeps it once more has seen what it takes the place of.
    """
    said = _("Somebody else has changed this meanwhile, to “%(text)s”. Keep it again to put yours in its place.")
    emptied = _("Somebody else has emptied this meanwhile. Keep it again to put yours there.")
    shown = {name: (words or {}).get(now.get(name, ""), now.get(name, "")) for name in problem.names}
    return {name: said % {"text": text} if text else emptied for name, text in shown.items()}


def words_of(choices: Mapping[str, Iterable[tuple[str, str]]]) -> dict[str, str]:
    """What the choices of a form are called, by their values; a number differs from field to field."""
    return {value: said for told in choices.values() for value, said in told if not value.isdigit()}


def read_day(text: str, name: str) -> date | None:
    """The day in a field; None where nothing stands there, WrongEntries by the name of the field for what is no day."""
    typed = text.strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as problem:
        said = _("“%(text)s” is no date. Write year, month and day: 2026-03-09.") % {"text": typed[:40]}
        raise WrongEntries({name: said}) from problem
