"""Rosters of bars in the database, the runs over them and who brings them."""
