"""One worked example of everything that a partner can add to Amparo."""
