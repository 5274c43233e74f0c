"""What of an open case anybody may be shown, so that nobody can single one out."""
