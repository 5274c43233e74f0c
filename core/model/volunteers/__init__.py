"""How somebody becomes a volunteer, what she says of herself, and whether two records are one person."""
