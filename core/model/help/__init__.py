"""What a client is asked, what she agrees to, and how she comes back to it."""
