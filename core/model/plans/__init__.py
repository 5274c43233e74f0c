"""The world as a matcher sees it, the teams that it plans, and two plans side by side."""
