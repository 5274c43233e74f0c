"""Prices for many cases at once: what volunteers' places are worth, a bound from that, and teams chosen by it."""
