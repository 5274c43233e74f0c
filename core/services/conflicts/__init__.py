"""Names that collide: found without reading them, and whom they keep off a case."""
