"""What surrounds every page: the navigation with its counts, what just happened, and errors as pages."""
