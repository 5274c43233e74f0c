"""Running the matcher: what it sees, what it proposes, and what it is asked beside a run."""
