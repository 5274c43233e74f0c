"""Keys for new rows, for those who may not know the tables."""

from core.tables.keys import new_case_id, new_id

__all__ = ["new_case_id", "new_id"]
