"""Plugins for tests: a good neighbour, and a shelf on which a test puts hostile ones as modules or distributions."""
