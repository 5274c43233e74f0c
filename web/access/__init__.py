"""Who comes in: roles of routes, sessions and visits, forged requests, guessed passwords."""
