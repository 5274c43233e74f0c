"""Names in the database, found without being read."""
