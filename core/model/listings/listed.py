"""An open case as anybody may see it before anything is hers: what is told, what is hidden, and the coarse figures.

Stage 0 of DOMAIN "Confidentiality". What may be told of which case, ``anonymity`` decides; here it becomes
words and figures. Whatever could stand in for something hidden is made coarse with it: hours give a relief away, and
the urgency of somebody in detention her detention. Dates are those of the Monday of their week, so that the day on
which a listing changes tells no date either.
"""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.cases.urgency import Tier, urgency_of
from core.model.languages import family_of
from core.model.listings.attributes import Attribute, Values
from core.model.places import region_of
from core.model.vocabulary import Forum, Gender, Posture, PracticeArea

A = Attribute
BANDS: Final = (10.0, 25.0, 50.0, 100.0, 200.0, 500.0, 5_000.0)
"""Hours that are not told exactly are told as at most one of these."""


class Told(msgspec.Struct, frozen=True):
    """What is told of a case. None and empty values are hidden, or there is nothing to tell.

    ``languages`` are all that the client speaks where ``all_languages``, else the best one, or none where only the
    ``family`` is told. ``hours`` are exact where ``exact_hours``, else the upper end of a band.
    ``waiting_week`` and ``deadline_week`` are Mondays. ``hidden`` names what is not told.
    """

    practice_area: PracticeArea | None
    relief: str
    posture: Posture | None
    detained: bool
    forum: Forum | None
    skill_level: int
    languages: tuple[str, ...]
    all_languages: bool
    family: str
    us_state: str
    region: str
    interpreter_gender: Gender | None
    remote_ok: bool
    attorneys: int
    hours: float
    exact_hours: bool
    interpreter_hours: float | None
    waiting_week: date | None
    deadline_week: date | None
    deadline_kind: str
    hidden: tuple[Attribute, ...]

    def tier_on(self, today: date) -> Tier:
        """The urgency as it follows from what is told: the Monday of the deadline's week stands for the day."""
        due = self.deadline_week
        return urgency_of(detained=self.detained, deadline=due, deadline_kind="", today=monday_of(today)).tier


class Listing(Told, frozen=True, kw_only=True):
    """One open case, anonymised, as it is listed on a day.

    ``weeks_left`` is 0 in the week of the deadline and negative when it has passed.
    """

    id: UUID
    ref: str
    tier: Tier
    weeks_waiting: int
    weeks_left: int | None
    summary: str

    @property
    def place(self) -> str:
        """The broadest place that is told: the region, else the state, else nothing."""
        return self.region or self.us_state


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> int:
    """From the week of one day to that of another one; negative where that comes first."""
    return (monday_of(last) - monday_of(first)).days // 7


def values_of(case: Case) -> dict[Attribute, str]:
    """The true values of a case that may be told or hidden."""
    best = case.languages[0] if case.languages else ""
    return {
        A.LANGUAGE: best,
        A.FAMILY: family_of(best),
        A.AREA: str(case.practice_area),
        A.POSTURE: f"{case.posture} {'detained' if case.detained else 'free'}",
        A.STATE: case.us_state.upper(),
        A.SPOKEN: " ".join(case.languages),
        A.FORUM: str(case.forum),
        A.RELIEF: case.relief,
        A.REGION: region_of(case.us_state, case.county),
        A.GENDER: str(case.interpreter_gender or ""),
        A.KIND: case.deadline_kind if case.deadline else "",
    }


def told_of(case: Case, shown: Values, *, since: date | None = None) -> Told:
    """What is told of a case of which these attributes may be shown, and which waits since a day at the programme."""
    return Told(
        practice_area=case.practice_area if A.AREA in shown else None,
        relief=shown.get(A.RELIEF, ""),
        posture=case.posture if A.POSTURE in shown else None,
        detained=case.detained and A.POSTURE in shown,
        forum=case.forum if A.FORUM in shown else None,
        skill_level=case.skill_level,
        languages=_languages(case, shown),
        all_languages=A.SPOKEN in shown,
        family=shown.get(A.FAMILY, ""),
        us_state=shown.get(A.STATE, ""),
        region=shown.get(A.REGION, ""),
        interpreter_gender=case.interpreter_gender if A.GENDER in shown else None,
        remote_ok=case.remote_ok,
        attorneys=case.attorneys if A.RELIEF in shown else 1,
        hours=case.hours if A.RELIEF in shown else at_most(case.hours),
        exact_hours=A.RELIEF in shown,
        interpreter_hours=case.interpreter_hours if A.RELIEF in shown else None,
        waiting_week=monday_of(since) if since else None,
        deadline_week=monday_of(case.deadline) if case.deadline else None,
        deadline_kind=shown.get(A.KIND, ""),
        hidden=tuple(name for name in Attribute if name not in shown),
    )


def _languages(case: Case, shown: Values) -> tuple[str, ...]:
    if A.SPOKEN in shown:
        return case.languages
    return case.languages[:1] if A.LANGUAGE in shown else ()


def at_most(hours: float) -> float:
    """The upper end of the band that hours lie in."""
    return next((band for band in BANDS if hours <= band), BANDS[-1])


def at_least(hours: float) -> float:
    """The lower end of a band by its upper end."""
    return max((band for band in BANDS if band < hours), default=0.0)
