"""Everything that speaks HTTP, and the commands: pages, sign-in, wiring."""
