"""The worker: jobs and messages, done by one process each."""
