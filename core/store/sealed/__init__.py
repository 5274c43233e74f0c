"""The keys: one for each case, sealed by those of the clinic."""
