"""A year of arrivals, replayed week by week under several ways of choosing, beside what hindsight would have chosen.

``worlds`` and ``arrivals`` say who comes when, ``market`` what a week may choose from, ``ledger`` who is free,
``forecasting`` what a place will be worth in the weeks to come, ``policies`` how a week chooses, ``replaying`` what
comes of it, and ``judging`` compares.
"""
