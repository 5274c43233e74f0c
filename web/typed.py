"""What was typed into a form and could not be taken: told beside each field, with what was typed kept."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from core.errors import BadInput


class WrongFields(BadInput):
    """Some fields of a form cannot be understood. ``errors`` says by the name of each what would be right."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


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
