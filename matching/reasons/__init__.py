"""A solution read back: its teams with who else could have had each seat, and why a case has none."""
