"""A case that stands in for an anonymised one where a volunteer asks whether it fits her.

Rules that were asked about the true case would tell what its listing hides: somebody could change her languages, her
county or her leave and read the answers. So she gets an answer about a case that says what the listing says and, where
the listing is silent, whatever suits her best. It follows from the listing and from herself alone, and tells nothing
else. The true facts are for the matcher, and for the coordinator who looks at her claim.
"""

from datetime import date, timedelta
from math import cos, hypot, radians
from typing import Final

from core.model.cases.case import Case
from core.model.languages import ENGLISH, OTHER_FAMILY, family_of, languages_in
from core.model.listings.attributes import Attribute
from core.model.listings.listed import Listing, at_least
from core.model.places import County, counties, county_of
from core.model.plans.snapshot import VolunteerFacts
from core.model.states import CaseState
from core.model.vocabulary import Forum, Posture, PracticeArea

A = Attribute
LAST_DAY: Final = timedelta(days=6)
"""From the Monday to the Sunday of a week: the latest day on which a deadline that is told by its week may be."""
_LONG_AGO: Final = date(2000, 1, 3)


def stand_in(listing: Listing, person: VolunteerFacts) -> Case:
    """The case that suits this volunteer best among all that would be listed like this one."""
    county, state = _place(listing, person)
    return Case(
        id=listing.id,
        ref=listing.ref,
        state=CaseState.WAITLISTED,
        practice_area=listing.practice_area or _best_area(person),
        skill_level=listing.skill_level,
        languages=_languages(listing, person),
        forum=listing.forum or (Forum.EOIR if listing.posture is Posture.DEFENSIVE else Forum.USCIS),
        received=listing.waiting_week or listing.deadline_week or _LONG_AGO,
        relief=listing.relief,
        posture=listing.posture or Posture.AFFIRMATIVE,
        detained=listing.detained,
        county=county,
        us_state=state,
        remote_ok=listing.remote_ok,
        attorneys=listing.attorneys,
        hours=listing.hours if listing.exact_hours else at_least(listing.hours),
        interpreter_hours=listing.interpreter_hours,
        interpreter_gender=listing.interpreter_gender,
        deadline=listing.deadline_week + LAST_DAY if listing.deadline_week else None,
        deadline_kind=listing.deadline_kind,
    )


def _best_area(person: VolunteerFacts) -> PracticeArea:
    return max(PracticeArea, key=lambda area: person.practice.get(area, 0))


def _languages(listing: Listing, person: VolunteerFacts) -> tuple[str, ...]:
    """What is told; else a language of that family, or any, that she interprets or speaks, or one that she does not."""
    if listing.languages:
        return listing.languages
    known = [tag for pair in person.pairs() for tag in pair] + sorted(person.languages)
    family = listing.family
    suitable = [tag for tag in known if tag != ENGLISH and (not family or family_of(tag) == family)]
    return tuple(suitable[:1]) or _strange(family)


def _strange(family: str) -> tuple[str, ...]:
    """A language that stands for all that she does not know."""
    return (min(languages_in(family), default="und"),) if family and family != OTHER_FAMILY else ("und",)


def _place(listing: Listing, person: VolunteerFacts) -> tuple[str, str]:
    """The county nearest to hers among those that the listing leaves possible, with its state."""
    if not listing.us_state:
        return person.county, person.us_state
    possible = [
        county
        for county in counties().values()
        if county.state == listing.us_state and listing.region in ("", county.region)
    ]
    hers = county_of(person.us_state, person.county)
    if not possible:
        return (person.county if person.us_state == listing.us_state else ""), listing.us_state
    nearest = min(possible, key=lambda one: (_apart(one, hers), one.fips)) if hers else possible[0]
    return nearest.name, nearest.state


def _apart(one: County, other: County | None) -> float:
    """How far apart two counties lie, in degrees of latitude; good enough to find the nearest."""
    if other is None:
        return 0.0
    wide = cos(radians((one.latitude + other.latitude) / 2))
    return hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * wide)
