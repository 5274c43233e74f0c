"""Who clients are: written down in one way, shown in one way, and every look is logged."""
