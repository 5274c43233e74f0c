"""Matches, seats and offers as they are read."""
