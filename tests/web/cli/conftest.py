"""Fixtures for tests of the command line."""

from tests.plugins_for_tests.fixtures import load, shelf

__all__ = ["load", "shelf"]
