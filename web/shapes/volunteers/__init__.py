"""People who volunteer, for pages: what they offer, how they join, and records that may be one person."""
