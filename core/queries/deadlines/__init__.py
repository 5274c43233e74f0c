"""The calendar and the rules of law behind it, as they are read."""
