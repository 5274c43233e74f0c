"""Rules of law about deadlines, how days are counted, and what people decide about single ones."""
