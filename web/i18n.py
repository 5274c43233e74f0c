"""The language of a page: catalogues read once from web/locale, the visitor's best one chosen for each request."""

import io
from collections.abc import Callable
from contextvars import ContextVar
from enum import StrEnum
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Final, TypeVar, TypeVarTuple

from babel import negotiate_locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

Codes = TypeVarTuple("Codes")
Words = TypeVar("Words", bound=str)
LOCALE_DIR: Final = Path(__file__).parent / "locale"
DEFAULT: Final = "en"
REMEMBERED: Final = 4096
"""How many answers of each function are kept: more than the pages have sentences, in two languages."""


class Readers(StrEnum):
    """For whom a page is, which settles what languages it is shown in."""

    CLIENTS = "clients"
    VOLUNTEERS = "volunteers"
    EVERYBODY = "everybody"


CLIENTS_PAGES: Final = (
    "web/frames/help",
    "web/pages/help",
    "web/shapes/clients/helping",
    "web/templates/help/",
    "web/templates/layouts/help",
    "web/words/clients",
    "web/words/help",
    "web/shapes/clients/disclosures",
    "web/templates/casefile/disclosure_letter",
)
VOLUNTEERS_PAGES: Final = (
    *(f"web/templates/{name}" for name in ("cases/", "claims/", "components/", "error", "inbox", "join/", "layouts/")),
    *(f"web/templates/{name}" for name in ("offers/", "password", "profile/", "sign_in")),
    *(f"web/templates/matches/{name}" for name in ("documents", "file", "mine", "names", "one_mine")),
    *(f"web/pages/{name}.py" for name in ("cases", "inbox", "passwords", "signing")),
    *(f"web/pages/matches/{name}.py" for name in ("claims", "listing", "offers", "own_check", "shared_documents")),
    *(f"web/pages/volunteers/{name}.py" for name in ("joining", "profile")),
    *(f"web/shapes/cases/{name}.py" for name in ("documents", "fits", "full", "listings", "urgency")),
    *(f"web/shapes/volunteers/{name}.py" for name in ("people", "profile", "profile_reading")),
    *(f"web/shapes/{name}.py" for name in ("clients/stages", "runs/teams")),
    *(f"web/frames/{name}.py" for name in ("mishaps", "portal")),
    *(f"web/words/{name}.py" for name in ("done", "field", "reasons", "times")),
)
"""Where the sentences of clients' and volunteers' pages stand, as the beginnings of paths."""
ENOUGH: Final = 0.95
"""Which share of their sentences a catalogue must say before a language is offered to volunteers, and to staff."""

_chosen: ContextVar[str] = ContextVar("locale", default=DEFAULT)
_memories: list[Callable[[], None]] = []


def remembered(tell: Callable[[*Codes], Words]) -> Callable[[*Codes], Words]:
    """Keep what a function says of codes and numbers, for each language; for functions of nothing else.

    A code is known by its type as well: "open" is one thing of an offer and another of a proposal.
    """

    @lru_cache(maxsize=REMEMBERED, typed=True)
    def kept(_locale: str, *codes: *Codes) -> Words:
        return tell(*codes)

    @wraps(tell)
    def told(*codes: *Codes) -> Words:
        return kept(_chosen.get(), *codes)

    _memories.append(kept.cache_clear)
    return told


@cache
def locales() -> tuple[str, ...]:
    """The languages that there are catalogues for."""
    found = {path.parents[1].name for path in LOCALE_DIR.glob("*/LC_MESSAGES/amparo.po")}
    return tuple(sorted(found | {DEFAULT}))


@cache
def locales_for(readers: Readers) -> tuple[str, ...]:
    """The languages that these readers are offered; a sentence that is missing is said in English.

    Clients every one that there is: a test holds each to all that they read. Everybody else those in which little is
    missing of what they read.
    """
    if readers is Readers.CLIENTS:
        return locales()
    return tuple(locale for locale in locales() if locale == DEFAULT or said_of(_written(locale), readers) >= ENOUGH)


def said_of(catalogue: Catalog, readers: Readers) -> float:
    """Which share of what these readers meet a catalogue says, 0 to 1."""
    said = [wholly_said(message) for message in catalogue if message.id and is_read_by(message, readers)]
    return sum(said) / len(said) if said else 1.0


def is_read_by(message: Message, readers: Readers) -> bool:
    """Whether these readers meet a sentence, by the places that it stands in."""
    if readers is Readers.EVERYBODY:
        return True
    pages = CLIENTS_PAGES if readers is Readers.CLIENTS else VOLUNTEERS_PAGES
    return any(place.startswith(pages) for place, _line in message.locations)


def wholly_said(message: Message) -> bool:
    """Whether a sentence is translated, in each of its forms."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(forms)


@cache
def _written(locale: str) -> Catalog:
    with (LOCALE_DIR / locale / "LC_MESSAGES" / "amparo.po").open("rb") as source:
        return read_po(source, locale=locale)


@cache
def _catalogue(locale: str) -> NullTranslations:
    path = LOCALE_DIR / locale / "LC_MESSAGES" / "amparo.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, _written(locale))
    compiled.seek(0)
    return Translations(compiled)


def read_catalogues() -> None:
    """Read all catalogues, a second's work for each, so that nobody waits for that who comes first."""
    for one in locales():
        _catalogue(one)
    for readers in Readers:
        locales_for(readers)


def forget_catalogues() -> None:
    """Read the catalogues anew when they are asked for next."""
    for forget in (
        locales.cache_clear,
        locales_for.cache_clear,
        _written.cache_clear,
        _catalogue.cache_clear,
        _best.cache_clear,
        *_memories,
    ):
        forget()


def choose_locale(accepted: str, readers: Readers = Readers.EVERYBODY) -> str:
    """Choose the best language for an Accept-Language header and these readers, for the rest of this request."""
    chosen = _best(accepted, readers)
    _chosen.set(chosen)
    return chosen


@lru_cache(maxsize=256)
def _best(accepted: str, readers: Readers) -> str:
    wanted = [part.split(";")[0].strip().replace("-", "_") for part in accepted.split(",") if part.strip()]
    return negotiate_locale(wanted, locales_for(readers)) or DEFAULT


def locale() -> str:
    """The language of this request."""
    return _chosen.get()


@remembered
def gettext(message: str) -> str:
    """A message in the language of this request."""
    return str(_catalogue(locale()).ugettext(message))


@remembered
def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of a message for a number, in the language of this request."""
    return str(_catalogue(locale()).ungettext(singular, plural, n))


def pgettext(context: str, message: str) -> str:
    """A message whose meaning depends on its context."""
    return str(_catalogue(locale()).upgettext(context, message))


def npgettext(context: str, singular: str, plural: str, n: int) -> str:
    """The form of a message for a number, whose meaning depends on its context."""
    return str(_catalogue(locale()).unpgettext(context, singular, plural, n))


def marked(message: str) -> str:
    """Mark a message for the catalogues; it is translated when it is told."""
    return message
