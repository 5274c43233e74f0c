"""When the built-in rules were last compared with their sources, and how long before a deadline they remind of it."""

from datetime import date
from typing import Final

REVIEWED: Final = date(2026, 11, 24)
REMINDERS: Final = (90, 60, 30, 14, 7, 2)
"""Days before a deadline, after DOMAIN "Deadlines"."""
