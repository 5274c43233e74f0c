"""What plugins hand over and are handed: plain data, never markup and never an identity."""
