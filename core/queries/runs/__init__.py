"""Runs of the matcher as they are read: what they propose, how they differ, what was asked and settled beside them."""
