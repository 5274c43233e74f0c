"""What the checks of a plugin find, and what they let pass."""
