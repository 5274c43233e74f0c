"""Conflict checks by people: the coordinator's for a case, and the chosen volunteer's own."""
