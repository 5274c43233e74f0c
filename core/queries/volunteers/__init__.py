"""Volunteers as coordinators look them up, and records that may be of one person."""
