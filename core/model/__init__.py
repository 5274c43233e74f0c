"""What exists in a pro bono programme: frozen Structs and the rules of their states. Pure: no database, no web."""
