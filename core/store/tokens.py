"""Tokens that open something for whoever holds them: random, told once, and kept as a hash alone."""

import hashlib
import secrets
from typing import Final

BYTES: Final = 32


def new_token() -> str:
    """A token of 256 random bits, fit for a cookie or an address. Nobody can make one up, so it needs no signature."""
    return secrets.token_urlsafe(BYTES)


def mark_of_token(token: str) -> str:
    """What is kept of a token, to know it again: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
