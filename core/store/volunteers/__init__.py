"""Volunteers in the database, how they joined, and what hangs on their records."""
