"""The built-in sources of rosters. Each is what a bar's developer could write over the same reader."""
