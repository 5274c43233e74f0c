"""A client asks for help, comes back with her receipt code, and hears from the programme there."""
