"""Rosters, their columns and the runs over them, for pages."""
