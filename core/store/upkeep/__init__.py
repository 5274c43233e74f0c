"""The database as a whole: migrated, copied out and in, its keys made anew, and a case reduced to statistics."""
