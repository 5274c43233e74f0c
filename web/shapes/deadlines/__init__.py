"""Deadlines and the law behind them, in words."""
