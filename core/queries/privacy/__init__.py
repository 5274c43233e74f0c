"""Who saw what of a client, and how long it is kept, as it is read."""
