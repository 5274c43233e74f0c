"""Fixtures for tests of core."""

from tests.plugins_for_tests.fixtures import load, shelf

__all__ = ["load", "shelf"]
