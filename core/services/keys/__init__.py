"""The clinic's keys: rotated while the portal serves, and backups that are sealed with them."""
