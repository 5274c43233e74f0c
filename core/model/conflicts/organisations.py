"""Names of organisations, so that the same one written in two ways is found to be the same."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 200
_LEGAL_FORMS: Final = frozenset(
    (
        "apc", "chtd", "co", "company", "corp", "corporation", "inc", "incorporated", "limited", "llc", "llp", "lp",
        "lpa", "ltd", "pa", "pc", "plc", "pllc", "pllp", "psc",
    )
)  # fmt: skip
"""Legal forms of companies and firms in the United States, as they end a name."""
_LINKS: Final = frozenset(("and", "the"))
_SEPARATES: Final = re.compile(r"[^\w.'’]+|_")
_JOINS: Final = re.compile(r"[.'’]")
_INITIALS: Final = re.compile(r"\b[^\W\d](?: [^\W\d])+\b")
"""Letters apart, as in L. L. C."""


def organisation_key(name: str) -> str:
    """A name as it is compared: without case, accents, punctuation, legal form, "the", and "and" however it is written.

    Empty where nothing is left to compare.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(one for one in folded if not unicodedata.combining(one))
    words = _SEPARATES.sub(" ", _JOINS.sub("", plain.replace("&", " and "))).split()
    named = " ".join(word for word in words if word not in _LINKS)
    kept = _INITIALS.sub(lambda found: found[0].replace(" ", ""), named).split()
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    return " ".join(kept)
