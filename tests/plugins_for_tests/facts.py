"""A case and a volunteer as a matcher sees them, ordinary in everything that a test does not say."""

from datetime import date
from typing import Any

from core.model.plans.snapshot import CaseFacts, VolunteerFacts
from core.model.vocabulary import Forum, PracticeArea, Standing, VolunteerRole

TODAY = date(2026, 3, 2)


def a_case(ref: str = "C-1", **given: Any) -> CaseFacts:
    """An asylum case at level 2 of a client who speaks Spanish."""
    usual: dict[str, Any] = {
        "practice_area": PracticeArea.ASYLUM,
        "skill_level": 2,
        "languages": ("es",),
        "forum": Forum.USCIS,
        "received": date(2026, 1, 5),
    }
    return CaseFacts(ref=ref, **(usual | given))


def a_volunteer(ref: str = "V-1", **given: Any) -> VolunteerFacts:
    """An attorney in good standing who does asylum at level 2 and speaks English."""
    usual: dict[str, Any] = {
        "roles": (VolunteerRole.ATTORNEY,),
        "practice": {PracticeArea.ASYLUM: 2},
        "languages": {"en": 5.0},
        "bars": ("NM",),
        "standing": Standing.ACTIVE,
    }
    return VolunteerFacts(ref=ref, **(usual | given))
