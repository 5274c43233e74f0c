"""Runs of the matcher, teams and what is asked beside a run, for pages."""
