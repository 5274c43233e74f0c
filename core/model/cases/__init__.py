"""What is needed, how urgently, whether it may be served, and what is written down beside it."""
