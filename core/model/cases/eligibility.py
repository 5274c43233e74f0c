"""Whether the programme may serve a client (DOMAIN "Eligibility"): place, kind of case, income, each with its reason.

Who may fill a seat of a case is another question: ``core.eligibility``.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from core.errors import BadInput
from core.model.cases.case import Case
from core.model.cases.poverty import Guideline, guideline_on
from core.model.cases.relief import reliefs
from core.model.clients.households import LARGEST, MOST_INCOME
from core.model.places import STATES, counties, county_of
from core.model.vocabulary import PracticeArea

BANDS: Final = (125, 200, 250, 300)
"""Limits, in per cent of the guideline, that programmes commonly set; reports count by the bands between them."""


class Exemption(StrEnum):
    """Who need not pass the test of income, where the programme says so."""

    DETAINED = "detained"
    VICTIM = "victim"
    CHILD = "child"
    BENEFITS = "benefits"


class Criterion(StrEnum):
    """What is asked of every client."""

    PLACE = "place"
    KIND = "kind"
    INCOME = "income"


class Met(StrEnum):
    """What came of asking one thing."""

    YES = "yes"
    NO = "no"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What came of all of it; ``unknown``: something must still be asked for."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the programme asks of its clients.

    ``counties`` are FIPS codes; empty: every county of ``states``. ``percent`` is how much of the poverty guideline a
    household may have, ``by_area`` another limit for some practice areas.
    """

    states: tuple[str, ...] = ("NM",)
    counties: tuple[str, ...] = ()
    areas: tuple[PracticeArea, ...] = tuple(PracticeArea)
    percent: int = 200
    by_area: dict[PracticeArea, int] = {}
    exempt: tuple[Exemption, ...] = (Exemption.DETAINED, Exemption.VICTIM, Exemption.CHILD)

    def percent_for(self, area: PracticeArea) -> int:
        """How much of the guideline a household may have in a case of this practice area."""
        return self.by_area.get(area, self.percent)


def require_sound(thresholds: Thresholds) -> None:
    """Raise BadInput for thresholds that nobody could meet, or that name what there is not."""
    if not thresholds.areas or not thresholds.states:
        raise BadInput("Choose at least one state and one kind of case: otherwise nobody is eligible.")
    if unknown := sorted(set(thresholds.states) - set(STATES)):
        raise BadInput(f"There is no state {unknown[0]}.")
    known = {county.fips for county in counties().values() if county.state in thresholds.states}
    if unknown := sorted(set(thresholds.counties) - known):
        raise BadInput(f"No county of the chosen states has the code {unknown[0]}.")
    for percent in (thresholds.percent, *thresholds.by_area.values()):
        if not 1 <= percent <= 1000:
            raise BadInput("Write the limit as a whole number of per cent from 1 to 1000, such as 200.")


class Applicant(msgspec.Struct, frozen=True):
    """What is known of a client that decides whether she may be served: nothing by which she could be named.

    ``persons`` live on the same money as she, herself among them. ``income`` is that of all of them in dollars a year,
    before tax. None: not known.
    """

    practice_area: PracticeArea
    us_state: str = ""
    county: str = ""
    persons: int | None = None
    income: int | None = None
    exemptions: tuple[Exemption, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """One thing that was asked, what came of it, and what it rests on, for a sentence about it."""

    criterion: Criterion
    met: Met
    rests_on: dict[str, str] = {}


class Result(msgspec.Struct, frozen=True):
    """What the thresholds say of a client. ``band`` is where her income lies, for reports: "125-200", "over 300"."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    band: str = ""


def judge(applicant: Applicant, thresholds: Thresholds, *, on: date) -> Result:
    """Whether a client may be served, by the guideline of the day ``on``. Raises BadInput for impossible figures."""
    _require_possible(applicant)
    guideline = guideline_on(on, applicant.us_state)
    findings = (_place(applicant, thresholds), _kind(applicant, thresholds), _income(applicant, thresholds, guideline))
    return Result(_verdict(findings), findings, _band(applicant, guideline))


def _require_possible(applicant: Applicant) -> None:
    if applicant.persons is not None and not 1 <= applicant.persons <= LARGEST:
        raise BadInput(f"Write how many persons the household has, from 1 to {LARGEST}.")
    if applicant.income is not None and not 0 <= applicant.income <= MOST_INCOME:
        raise BadInput("Write the income as dollars, 0 or more.")


def _verdict(findings: Iterable[Finding]) -> Verdict:
    met = {finding.met for finding in findings}
    if Met.NO in met:
        return Verdict.INELIGIBLE
    return Verdict.UNKNOWN if Met.UNKNOWN in met else Verdict.ELIGIBLE


def _place(applicant: Applicant, thresholds: Thresholds) -> Finding:
    told = {"county": applicant.county, "state": applicant.us_state}
    if not applicant.us_state:
        met = Met.UNKNOWN
    elif applicant.us_state not in thresholds.states:
        met = Met.NO
    elif not thresholds.counties:
        met = Met.YES
    elif not applicant.county:
        met = Met.UNKNOWN
    else:
        county = county_of(applicant.us_state, applicant.county)
        met = Met.YES if county is not None and county.fips in thresholds.counties else Met.NO
    return Finding(Criterion.PLACE, met, told)


def _kind(applicant: Applicant, thresholds: Thresholds) -> Finding:
    met = Met.YES if applicant.practice_area in thresholds.areas else Met.NO
    return Finding(Criterion.KIND, met, {"area": str(applicant.practice_area)})


def _income(applicant: Applicant, thresholds: Thresholds, guideline: Guideline) -> Finding:
    told = {"limit": str(thresholds.percent_for(applicant.practice_area)), "year": str(guideline.year)}
    if holds := [one for one in Exemption if one in applicant.exemptions and one in thresholds.exempt]:
        return Finding(Criterion.INCOME, Met.EXEMPT, told | {"exemption": str(holds[0])})
    if applicant.persons is None or applicant.income is None:
        lacking = [name for name in ("persons", "income") if getattr(applicant, name) is None]
        return Finding(Criterion.INCOME, Met.UNKNOWN, told | {"lacking": " ".join(lacking)})
    line = guideline.line(applicant.persons)
    within = applicant.income * 100 <= thresholds.percent_for(applicant.practice_area) * line
    return Finding(Criterion.INCOME, Met.YES if within else Met.NO, told)


def percent_of(income: int, persons: int, guideline: Guideline) -> int:
    """An income in per cent of the guideline, rounded up, so that what is above a limit never looks as if within it."""
    return -(-income * 100 // guideline.line(persons))


def _band(applicant: Applicant, guideline: Guideline) -> str:
    if applicant.persons is None or applicant.income is None:
        return ""
    percent = percent_of(applicant.income, applicant.persons, guideline)
    above = 0
    for limit in BANDS:
        if percent <= limit:
            return f"{above}-{limit}"
        above = limit
    return f"over {above}"


def likely_exemptions(case: Case) -> tuple[Exemption, ...]:
    """The exemptions that the facts of a case speak for: detained, U, T or VAWA relief, a young person's relief."""
    code = next((one.code for one in reliefs().values() if one.name == case.relief), "")
    speaks = {
        Exemption.DETAINED: case.detained,
        Exemption.VICTIM: code in ("u_visa", "t_visa", "vawa"),
        Exemption.CHILD: code == "sij",
    }
    return tuple(one for one, holds in speaks.items() if holds)
