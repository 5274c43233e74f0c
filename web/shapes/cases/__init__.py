"""A case for pages: in full for staff, and no more than may be told for volunteers."""
