"""Whole matching strategies."""
