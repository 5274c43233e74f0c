"""Keys for new rows, for those who may not know the tables."""

from core.tables.keys import new_id

__all__ = ["new_id"]
