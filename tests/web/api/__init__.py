"""Tests of what programs may use."""
