"""Where a case is usually decided and how it is usually brought, by what it is about: what a form begins with."""

from typing import Final

from core.model.vocabulary import Forum, Posture, PracticeArea

_FORUMS: Final = {
    "bia_appeal": Forum.BIA,
    "sij": Forum.STATE_COURT,
    "consular_processing": Forum.CONSULATE,
}


def usual_forum(area: PracticeArea, relief: str = "") -> Forum:
    """The forum of a relief, by its code; removal is before the immigration court, all else before USCIS."""
    return _FORUMS.get(relief, Forum.EOIR if area is PracticeArea.REMOVAL else Forum.USCIS)


def usual_posture(area: PracticeArea) -> Posture:
    """Whoever is in removal proceedings defends herself; everybody else applies."""
    return Posture.DEFENSIVE if area is PracticeArea.REMOVAL else Posture.AFFIRMATIVE
