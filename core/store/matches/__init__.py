"""Runs, plans, teams and offers in the database, and what is settled for the runs to come."""
