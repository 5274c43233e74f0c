"""The demo world: a clinic in New Mexico with a year behind it, made through the same verbs as any other."""
