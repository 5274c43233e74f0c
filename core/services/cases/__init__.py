"""A case from first contact to the waitlist, and what becomes of it outside of a match."""
