"""What is written down, filed and still to be done for a case."""
