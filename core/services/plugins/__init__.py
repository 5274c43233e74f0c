"""How plugins fare, whether they are switched on, and what they show, report and watch."""
