"""What programs may use: no sessions, no cookies, no forms; a token with every request, and problems as documents."""
