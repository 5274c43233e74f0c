"""What came of asking whether a client may be served, as it is kept with her case."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.cases.eligibility import Applicant, Exemption, Finding, Thresholds, Verdict
from core.model.clients.households import Household
from core.model.vocabulary import PracticeArea


class CheckedBy(StrEnum):
    """How a check came about: by the thresholds, by a person who decided otherwise, or somewhere else before."""

    RULES = "rules"
    PERSON = "person"
    ELSEWHERE = "elsewhere"


class Basis(msgspec.Struct, frozen=True):
    """The facts of a case that a check rests on: where one of them changes, it is made again."""

    practice_area: PracticeArea
    us_state: str = ""
    county: str = ""
    detained: bool = False
    exemptions: tuple[Exemption, ...] = ()

    def holds_for(self, case: Case) -> bool:
        """Whether the case is still what was checked."""
        return self == basis_of(case, self.exemptions)


def basis_of(case: Case, exemptions: tuple[Exemption, ...]) -> Basis:
    """What a check of this case rests on; that she is detained is a fact of the case and nobody's choice."""
    claimed = {*exemptions} - {Exemption.DETAINED} | ({Exemption.DETAINED} if case.detained else set())
    return Basis(
        practice_area=case.practice_area,
        us_state=case.us_state,
        county=case.county,
        detained=case.detained,
        exemptions=tuple(one for one in Exemption if one in claimed),
    )


def applicant_of(basis: Basis, household: Household) -> Applicant:
    """Who is judged: the facts of the case with the figures of the household."""
    return Applicant(
        practice_area=basis.practice_area,
        us_state=basis.us_state,
        county=basis.county,
        persons=household.persons,
        income=household.yearly,
        exemptions=basis.exemptions,
    )


class Check(msgspec.Struct, frozen=True):
    """One check. ``by_rules`` is what the thresholds said, ``decided`` what counts, ``reason`` why they differ."""

    id: UUID
    case: UUID
    source: CheckedBy
    by_rules: Verdict
    decided: Verdict
    rests_on: Basis
    made_by: str
    made_at: datetime
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    band: str = ""
    thresholds: UUID | None = None

    def stands_for(self, case: Case) -> bool:
        """Whether it still counts for a case; what was found elsewhere rested on facts that nobody here knows."""
        return self.source is CheckedBy.ELSEWHERE or self.rests_on.holds_for(case)


class ThresholdsKept(msgspec.Struct, frozen=True):
    """Thresholds with since when they count, who set them and why. ``id`` None: nobody has set any yet."""

    asks: Thresholds
    id: UUID | None = None
    since: datetime | None = None
    set_by: str = ""
    why: str = ""
