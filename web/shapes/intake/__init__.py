"""The forms by which somebody comes in, and what was typed into them."""
