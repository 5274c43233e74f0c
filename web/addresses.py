"""Addresses and what people write into them: codes, words, nothing else."""

from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from litestar.params import FromPath, FromQuery

from core.errors import BadInput
from web.i18n import gettext as _

Code = TypeVar("Code", bound=StrEnum)
Key = FromPath[UUID]
"""The id in a path: ``/cases/{key:uuid}``."""
Text = FromQuery[str]
"""What is written into a query; pages read it with ``chosen`` and ``plain``."""
After = FromQuery[UUID | None]
"""After which row a page of a list begins."""


def address(path: str, **query: object) -> str:
    """A path with those parts of a query that are given."""
    given = {name: str(value) for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def within(path: str) -> str:
    """The path to go on to, if it is one of this portal; else its start."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path
    return path if ours else "/"


def chosen(kind: type[Code], text: str) -> Code | None:
    """A choice of a vocabulary; None where nothing was chosen, BadInput for anything else."""
    if not text:
        return None
    try:
        return kind(text)
    except ValueError as problem:
        raise BadInput(_("“%(text)s” is not one of the choices.") % {"text": text[:40]}) from problem


def listed_key(text: str) -> UUID:
    """The id that a form sends of something in a list; BadInput for anything else."""
    try:
        return UUID(text)
    except ValueError as problem:
        raise BadInput(_("This is not in the list. Load the page again.")) from problem


def plain(text: str) -> str:
    """A code or language tag, without anything that could not be part of one."""
    return "".join(letter for letter in text[:40] if letter.isalnum() or letter in "-_")
