"""Whether the programme may serve a client: place, kind and income, each with its reason."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.model.cases.eligibility import (
    Applicant,
    Criterion,
    Exemption,
    Met,
    Thresholds,
    Verdict,
    judge,
    likely_exemptions,
    percent_of,
    require_sound,
)
from core.model.cases.poverty import guideline_on, guidelines
from core.model.vocabulary import PracticeArea
from tests.worlds import case

ON = date(2026, 11, 27)
USUAL = Thresholds()
BERNALILLO, CIBOLA = "35001", "35006"


def somebody(**known: object) -> Applicant:
    usual = Applicant(PracticeArea.ASYLUM, us_state="NM", county="Bernalillo", persons=3, income=30_000)
    return msgspec.structs.replace(usual, **known)


def met(applicant: Applicant, criterion: Criterion, thresholds: Thresholds = USUAL, on: date = ON) -> Met:
    return next(one.met for one in judge(applicant, thresholds, on=on).findings if one.criterion is criterion)


@pytest.mark.parametrize(
    ("state", "household", "line"),
    [
        # 91 FR 1797: 15,960 for one person and 5,680 for each more; Alaska and Hawaii have figures of their own.
        ("NM", 1, 15_960),
        ("NM", 4, 33_000),
        ("NM", 8, 55_720),
        ("NM", 9, 61_400),
        ("AK", 4, 41_250),
        ("HI", 4, 37_950),
        ("PR", 4, 33_000),
    ],
)
def test_the_guideline_of_2026_is_that_of_the_federal_register(state: str, household: int, line: int) -> None:
    assert guideline_on(ON, state).line(household) == line


def test_a_guideline_counts_from_the_day_on_which_it_takes_effect_until_the_next_one() -> None:
    years = [guideline_on(day, "NM").year for day in (date(2025, 1, 15), date(2026, 1, 12), date(2026, 1, 13), ON)]

    assert years == [2025, 2025, 2026, 2026]


def test_before_the_first_guideline_nothing_is_guessed() -> None:
    with pytest.raises(BadInput, match="before 2025-01-15"):
        guideline_on(date(2024, 12, 31), "NM")


def test_a_guideline_that_should_have_been_followed_by_another_says_so() -> None:
    newest = guidelines()[0]

    assert not newest.is_overdue(date(newest.year + 1, 1, 31))
    assert newest.is_overdue(date(newest.year + 1, 3, 31))


def test_whoever_meets_everything_is_eligible() -> None:
    result = judge(somebody(), USUAL, on=ON)

    assert result.verdict is Verdict.ELIGIBLE
    assert {one.criterion: one.met for one in result.findings} == dict.fromkeys(Criterion, Met.YES)


@pytest.mark.parametrize(("income", "answer"), [(54_640, Met.YES), (54_641, Met.NO)])
def test_the_limit_itself_is_within_and_one_dollar_more_is_not(income: int, answer: Met) -> None:
    assert met(somebody(income=income), Criterion.INCOME) is answer  # 200 % of 15,960 + 2 x 5,680


def test_a_practice_area_may_have_a_limit_of_its_own() -> None:
    thresholds = Thresholds(by_area={PracticeArea.CITIZENSHIP: 125})
    asylum, citizenship = somebody(), Applicant(PracticeArea.CITIZENSHIP, "NM", "Bernalillo", 1, 20_000)

    assert met(asylum, Criterion.INCOME, thresholds) is Met.YES
    assert met(citizenship, Criterion.INCOME, thresholds) is Met.NO


def test_what_is_not_known_is_asked_for_and_never_taken_for_a_yes() -> None:
    result = judge(somebody(income=None), USUAL, on=ON)

    assert result.verdict is Verdict.UNKNOWN
    assert result.findings[2].rests_on["lacking"] == "income"


def test_an_exemption_that_the_programme_grants_needs_no_income() -> None:
    held = somebody(income=None, persons=None, exemptions=(Exemption.DETAINED,))
    result = judge(held, USUAL, on=ON)

    assert result.verdict is Verdict.ELIGIBLE
    assert (result.findings[2].met, result.findings[2].rests_on["exemption"]) == (Met.EXEMPT, "detained")
    assert judge(held, Thresholds(exempt=()), on=ON).verdict is Verdict.UNKNOWN


def test_an_exemption_from_income_is_none_from_the_place() -> None:
    assert judge(somebody(us_state="TX", exemptions=(Exemption.CHILD,)), USUAL, on=ON).verdict is Verdict.INELIGIBLE


@pytest.mark.parametrize(
    ("state", "county", "answer"),
    [
        ("NM", "Bernalillo", Met.YES),
        ("NM", "Bernalillo County", Met.YES),
        ("NM", "Taos", Met.NO),
        ("NM", "", Met.UNKNOWN),
        ("TX", "El Paso", Met.NO),
        ("", "", Met.UNKNOWN),
    ],
)
def test_the_place_is_looked_up_county_by_county(state: str, county: str, answer: Met) -> None:
    thresholds = Thresholds(counties=(BERNALILLO, CIBOLA))

    assert met(somebody(us_state=state, county=county), Criterion.PLACE, thresholds) is answer


def test_a_kind_of_case_that_is_not_taken_is_refused_whatever_the_income() -> None:
    thresholds = Thresholds(areas=(PracticeArea.FAMILY,))

    assert judge(somebody(exemptions=(Exemption.VICTIM,)), thresholds, on=ON).verdict is Verdict.INELIGIBLE


def test_the_facts_of_a_case_speak_for_exemptions() -> None:
    assert likely_exemptions(case(detained=True)) == (Exemption.DETAINED,)
    assert likely_exemptions(case(relief="U visa")) == (Exemption.VICTIM,)
    assert likely_exemptions(case(relief="Special immigrant juvenile status")) == (Exemption.CHILD,)
    assert likely_exemptions(case()) == ()


@pytest.mark.parametrize(
    "thresholds",
    [
        Thresholds(areas=()),
        Thresholds(states=()),
        Thresholds(states=("XX",)),
        Thresholds(counties=("99999",)),
        Thresholds(percent=0),
        Thresholds(by_area={PracticeArea.ASYLUM: 5000}),
    ],
)
def test_thresholds_that_cannot_be_meant_are_refused(thresholds: Thresholds) -> None:
    with pytest.raises(BadInput):
        require_sound(thresholds)


households, incomes = st.integers(1, 30), st.integers(0, 400_000)


@given(households, incomes, st.integers(1, 1000))
def test_the_test_of_income_agrees_with_exact_arithmetic(household: int, income: int, limit: int) -> None:
    line = guideline_on(ON, "NM").line(household)
    within = Decimal(income) / line <= Decimal(limit) / 100

    answer = met(somebody(persons=household, income=income), Criterion.INCOME, Thresholds(percent=limit))
    assert answer is (Met.YES if within else Met.NO)
    assert (percent_of(income, household, guideline_on(ON, "NM")) <= limit) == within


@given(households, incomes, incomes)
def test_less_income_or_a_larger_household_never_takes_eligibility_away(household: int, one: int, two: int) -> None:
    poorer = judge(somebody(persons=household, income=min(one, two)), USUAL, on=ON).verdict
    richer = judge(somebody(persons=household, income=max(one, two)), USUAL, on=ON).verdict

    assert poorer is Verdict.ELIGIBLE or richer is Verdict.INELIGIBLE
    if richer is Verdict.ELIGIBLE and household < 30:
        assert judge(somebody(persons=household + 1, income=max(one, two)), USUAL, on=ON).verdict is Verdict.ELIGIBLE
