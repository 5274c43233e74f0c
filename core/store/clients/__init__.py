"""Clients in the database, sealed field by field, with the log of who looked and who may not."""
