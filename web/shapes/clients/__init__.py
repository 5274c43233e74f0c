"""What may be shown of who a client is, and to whom."""
