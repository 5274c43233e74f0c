"""Verbs: one file a journey, one transaction a verb, with its audit event and its messages."""
