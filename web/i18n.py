"""The language of a page: catalogues read once from web/locale, the visitor's best one chosen for each request."""

import io
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from babel import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LOCALE_DIR: Final = Path(__file__).parent / "locale"
DEFAULT: Final = "en"
REMEMBERED: Final = 4096
"""How many sentences are looked up once only: more than the pages have, in two languages."""

_chosen: ContextVar[str] = ContextVar("locale", default=DEFAULT)


@cache
def locales() -> tuple[str, ...]:
    """The languages that there are catalogues for."""
    found = {path.parents[1].name for path in LOCALE_DIR.glob("*/LC_MESSAGES/amparo.po")}
    return tuple(sorted(found | {DEFAULT}))


@cache
def _catalogue(locale: str) -> NullTranslations:
    path = LOCALE_DIR / locale / "LC_MESSAGES" / "amparo.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return Translations(compiled)


def forget_catalogues() -> None:
    """Read the catalogues anew when they are asked for next."""
    for known in (locales, _catalogue, _told, _counted):
        known.cache_clear()


def choose_locale(accepted: str) -> str:
    """Choose the best language for an Accept-Language header, for the rest of this request."""
    wanted = [part.split(";")[0].strip().replace("-", "_") for part in accepted.split(",") if part.strip()]
    chosen = negotiate_locale(wanted, locales()) or DEFAULT
    _chosen.set(chosen)
    return chosen


def locale() -> str:
    """The language of this request."""
    return _chosen.get()


def gettext(message: str) -> str:
    """A message in the language of this request."""
    return _told(_chosen.get(), message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of a message for a number, in the language of this request."""
    return _counted(_chosen.get(), singular, plural, n)


@lru_cache(maxsize=REMEMBERED)
def _told(locale: str, message: str) -> str:
    return str(_catalogue(locale).ugettext(message))


@lru_cache(maxsize=REMEMBERED)
def _counted(locale: str, singular: str, plural: str, n: int) -> str:
    return str(_catalogue(locale).ungettext(singular, plural, n))


def pgettext(context: str, message: str) -> str:
    """A message whose meaning depends on its context."""
    return str(_catalogue(locale()).upgettext(context, message))


def npgettext(context: str, singular: str, plural: str, n: int) -> str:
    """The form of a message for a number, whose meaning depends on its context."""
    return str(_catalogue(locale()).unpgettext(context, singular, plural, n))
