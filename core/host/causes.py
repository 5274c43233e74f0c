"""Failures in words. Where a call may have seen data of people, they tell the type and the place only."""

import traceback
from pathlib import Path
from typing import Final

from core.errors import AmparoError, DeliveryFailed

LONGEST: Final = 1_000
TOO_MUCH: Final = "it wanted more memory than it may have"


def place_of(error: BaseException) -> str:
    """The innermost place that the error came from, numpy's own files left out: "rules.py line 12"."""
    known = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in known if "numpy" not in Path(frame.filename).parts] or known
    return f"{Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames else "an unknown place"


def _said(error: BaseException) -> str:
    """What an error says, fit to be shown and stored: one line, not too long, no characters that no text holds."""
    try:
        said = " ".join(str(error).replace("\0", " ").split())
    except Exception:  # isolation boundary: the error's class is the plugin's own
        return "a message that cannot be read"
    short = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
    return short.encode(errors="replace").decode()


def refusal_of(error: DeliveryFailed) -> DeliveryFailed:
    """A channel's refusal as an error of ours: its own class may do anything when it is looked at."""
    permanent = getattr(error, "permanent", False) is True
    return DeliveryFailed(_said(error) or "The channel did not say why.", permanent=permanent)


def told_at_start(error: BaseException) -> str:
    """A failure while plugins are loaded, with its message: nothing about people is known yet."""
    if isinstance(error, AmparoError):
        return _said(error)
    if isinstance(error, MemoryError):
        return f"{TOO_MUCH} ({place_of(error)})"
    return f"{type(error).__name__}: {_said(error) or 'no message'} ({place_of(error)})"


def told_without_data(error: BaseException) -> str:
    """A failure of a call: our own sentences as they are, anything else by its type and place.

    A message such as "mailbox ana@example.org unknown" must not reach a log or a page.
    """
    return error.logged if isinstance(error, AmparoError) and error.logged else told_to_staff(error)


def told_to_staff(error: BaseException) -> str:
    """The same for who may see the data that it is about: our own sentences whole."""
    if isinstance(error, AmparoError) and not isinstance(error, DeliveryFailed):
        return _said(error)
    if isinstance(error, MemoryError):
        return f"{TOO_MUCH} ({place_of(error)})"
    return f"{type(error).__name__} ({place_of(error)})"
