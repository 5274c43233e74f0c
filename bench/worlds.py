"""The seeded worlds that everything here is measured with: the same that ``amparo simulate`` draws from."""

from matching.simulating.worlds import AREAS, HOURS, INDIGENOUS_SHARE, TODAY, World, languages

__all__ = ["AREAS", "HOURS", "INDIGENOUS_SHARE", "TODAY", "World", "languages"]
