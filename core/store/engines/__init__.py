"""The two databases: how each is opened, what a transaction promises, and which rows a person never reads."""
