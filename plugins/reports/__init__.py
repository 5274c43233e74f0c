"""Questions of the programme's that a table answers."""
