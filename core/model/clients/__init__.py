"""Who the client is and who else her case is about: what is kept, who may see it, and for how long."""
