"""The measurements: each figure as a ratio against its reference in the same run."""
