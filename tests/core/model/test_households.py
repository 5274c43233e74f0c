"""A household and its money: read as people write it, counted by the year."""

import pytest

from core.errors import BadInput
from core.model.clients.households import Household, Period, household_in, read_money, read_persons


@pytest.mark.parametrize(
    ("text", "period", "a_year"),
    [
        ("$1,250.50", Period.MONTH, 15_006),
        ("600", Period.TWO_WEEKS, 15_600),
        ("612.35", Period.HALF_MONTH, 14_696),
        ("0", Period.WEEK, 0),
    ],
)
def test_money_is_read_as_people_write_it_and_counted_by_the_year(text: str, period: Period, a_year: int) -> None:
    assert Household(income=read_money(text), period=period).yearly == a_year


@pytest.mark.parametrize("text", ["about 1000", "-5", "1,25", "12.345", "1e9", "1.250,50", "999999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="dollars"):
        read_money(text)


@pytest.mark.parametrize("text", ["0", "31", "two", "-1", "4.5", "\u0664"])
def test_a_household_has_a_whole_number_of_persons(text: str) -> None:
    with pytest.raises(BadInput, match="from 1 to 30"):
        read_persons(text)


def test_what_is_not_known_is_not_nothing() -> None:
    assert (read_persons(" "), read_money("")) == (None, None)
    assert Household().kept() == ""
    assert Household(income=read_money("0")).yearly == 0
    assert Household().yearly is None


def test_a_household_is_kept_and_read_again() -> None:
    household = Household(persons=4, income=read_money("1,250.50"), period=Period.WEEK)

    assert household_in(household.kept()) == household
    assert household_in("") == Household()
