"""Questions about a plan: everything known about a case, what if, whom to recruit."""
