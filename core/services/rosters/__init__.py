"""Rosters of bars: brought, read, previewed, applied, undone; and who keeps them."""
