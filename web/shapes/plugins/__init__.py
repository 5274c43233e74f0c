"""Plugins, and what they show, for pages."""
