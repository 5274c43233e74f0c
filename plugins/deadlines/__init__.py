"""Rules of law about deadlines: each from one dated fact, with its citation and the day of its last review."""
