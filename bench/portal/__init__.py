"""How many pages the portal serves, and what they cost."""
