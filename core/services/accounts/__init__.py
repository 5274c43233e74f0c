"""Signing in, choosing a password, and reading what one was told."""
