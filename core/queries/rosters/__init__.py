"""Rosters of bar associations as they are read."""
