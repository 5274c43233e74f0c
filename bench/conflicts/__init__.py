"""Conflict checks: how fast, how complete and how precise a search over sealed names is."""
