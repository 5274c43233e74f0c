"""The receipt code of a client: 16 digits that open what she has begun, or her case, without any account.

The digits are told once and kept nowhere; what is kept is made of them by scrypt (RFC 7914), slow on purpose.
"""

import re
from typing import Final

DIGITS: Final = 16
GROUP: Final = 4
_BETWEEN: Final = re.compile(r"[\s.\-–—_]+")


def code_in(typed: str) -> str:
    """The 16 digits in what somebody typed, spaces and hyphens left out; empty where it is no code."""
    digits = _BETWEEN.sub("", typed)
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else ""


def grouped(code: str) -> str:
    """A code as people read and say it: four groups of four; nothing where there is none."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
