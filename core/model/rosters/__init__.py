"""A bar's roster in our words, what a run over it would change, and what makes a person look first."""
