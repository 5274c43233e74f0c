"""The only rooms that know both tables and Structs."""
