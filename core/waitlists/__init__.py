"""The waitlist of a clinic that comes from elsewhere: a file in any shape becomes cases and clients in our words.

Pure: no database is known, nothing is written. What a person settles about a file (which column is which, what its
words mean) is a ``WaitlistMapping``; what the file says under it is a ``Understood``.
"""

from core.waitlists.alike import SameRow, same_rows
from core.waitlists.columns import CLIENT_COLUMNS, WAITLIST_COLUMNS
from core.waitlists.days import DayOrder
from core.waitlists.files import LIMITS, read_waitlist
from core.waitlists.mapping import WaitlistMapping, first_mapping, undecided_words, words_in
from core.waitlists.reading import Understood, WaitlistRow, understand

__all__ = [
    "CLIENT_COLUMNS",
    "LIMITS",
    "WAITLIST_COLUMNS",
    "DayOrder",
    "SameRow",
    "Understood",
    "WaitlistMapping",
    "WaitlistRow",
    "first_mapping",
    "read_waitlist",
    "same_rows",
    "undecided_words",
    "understand",
    "words_in",
]
