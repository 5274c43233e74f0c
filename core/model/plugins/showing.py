"""What plugins show on pages: data, never markup. Pages of ours put it into words, tables and links."""

import re
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

import msgspec

from core.model.vocabulary import AccountRole

LONGEST_ADDRESS: Final = 500
STAFF_ROLES: Final = frozenset({AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR})
KEEPER_ROLES: Final = STAFF_ROLES | {AccountRole.PARTNER}
"""Who may see pages of rosters, and read reports at all."""
Cell = str | int | float | date | None
"""What stands in one place of a table; None: nothing is known."""


class ColumnKind(StrEnum):
    """What a column holds. A percent is a share from 0 to 1; hours are zero or more."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    HOURS = "hours"
    DATE = "date"


class Column(msgspec.Struct, frozen=True):
    """A column of a table: its heading, and what kind of values stand in it."""

    label: str
    kind: ColumnKind = ColumnKind.TEXT


class Table(msgspec.Struct, frozen=True):
    """Columns, rows with one cell for each of them, and a note for the reader. The first cell names a row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    note: str = ""


class PanelPlace(StrEnum):
    """Where a panel stands: on a page of ours, below what is there, or on a page of its own, ``/panels/NAME``."""

    TODAY = "today"
    CASE = "case"
    VOLUNTEER = "volunteer"
    ROSTER = "roster"
    PAGE = "page"

    @property
    def readers(self) -> frozenset[AccountRole]:
        """The roles that may see this place: pages of cases and volunteers are those of coordinators."""
        if self is PanelPlace.PAGE:
            return frozenset(AccountRole)
        return KEEPER_ROLES if self is PanelPlace.ROSTER else STAFF_ROLES


class PanelFact(msgspec.Struct, frozen=True):
    """One fact of a panel: what it is, and what it comes to."""

    term: str
    value: str


class PanelLink(msgspec.Struct, frozen=True):
    """One link of a panel. ``href`` is a path of this portal or an https address."""

    label: str
    href: str


class PanelContent(msgspec.Struct, frozen=True):
    """What a panel shows, in this order. Everything is text: markup in it is shown as it was written."""

    paragraphs: tuple[str, ...] = ()
    facts: tuple[PanelFact, ...] = ()
    table: Table | None = None
    links: tuple[PanelLink, ...] = ()


class NavigationEntry(msgspec.Struct, frozen=True):
    """An entry of the navigation, after ours. ``href`` is a path of this portal or an https address.

    ``roles`` are those who see it.
    """

    label: str
    href: str
    roles: tuple[AccountRole, ...]

    @property
    def name(self) -> str:
        """The name under which it is listed and which no other may use: its label."""
        return self.label


_PATH: Final = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""A path of this portal: not the beginning of another host's address, which browsers take a backslash for, too."""
_OUTSIDE: Final = re.compile(r"https://[!-\[\]-~]+")


def leads_somewhere(href: object) -> bool:
    """Whether an address is a path of this portal or an https address without anybody's name in it."""
    if type(href) is not str or len(href) > LONGEST_ADDRESS:
        return False
    return bool(_PATH.fullmatch(href)) or (bool(_OUTSIDE.fullmatch(href)) and _has_plain_host(href))


def _has_plain_host(href: str) -> bool:
    try:
        parts = urlsplit(href)
        return bool(parts.hostname) and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets that do not close, a port that is no number
        return False


def leads_outside(href: str) -> bool:
    """Whether an address leads away from this portal."""
    return not href.startswith("/")
