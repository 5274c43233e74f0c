"""Deadlines: counted by the law of the day, decided about by people, and reminded of before they fall."""
