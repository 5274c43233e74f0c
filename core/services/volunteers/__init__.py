"""Volunteers join, say what they offer, and two records of one person become one."""
