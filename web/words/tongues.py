"""Languages by name in the language of the page."""

from functools import lru_cache

from core.model import languages
from web.i18n import DEFAULT, locale, remembered

OURS = 400
"""More languages than the programme meets."""


@remembered
def language_name(tag: str) -> str:
    """A language by name. Where the page's language has no name for it, as for Mayan languages, the one in English."""
    return _name(tag, locale())


@lru_cache(maxsize=OURS)
def _name(tag: str, spoken: str) -> str:
    english = languages.language_name(tag)
    if spoken == DEFAULT:
        return english
    import langcodes  # here, since its tables take long to read, and pages in English never need them

    named = langcodes.Language.get(tag).display_name(spoken.replace("_", "-"))
    return english if named in (tag, langcodes.Language.get(tag).display_name(DEFAULT)) else named
