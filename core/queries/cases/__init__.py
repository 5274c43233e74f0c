"""Cases as they are read: on the way in, on the waitlist, as listings, through their history."""
