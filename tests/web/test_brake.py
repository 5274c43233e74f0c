"""The brake on guessing: tries are counted before their end is known, and a place is what one person can have."""

from typing import Any, cast

import pytest
from litestar.connection import Request

from tests.worlds import NOW
from web.access.brake import TRIES, TRIES_FROM_ONE_PLACE, Brake, TooManyTries
from web.access.visiting import place_of


def start(brake: Brake, address: str) -> bool:
    """Whether a try may begin; it does not end."""
    try:
        brake.trying(address, "192.0.2.1", now=NOW).__enter__()
    except TooManyTries:
        return False
    return True


def test_tries_that_run_at_the_same_time_are_held_back_as_those_one_after_another() -> None:
    same, many = Brake(), Brake()

    begun = [start(same, "1234") for _ in range(2 * TRIES)]
    anywhere = [start(many, str(number)) for number in range(2 * TRIES_FROM_ONE_PLACE)]

    assert (sum(begun), sum(anywhere)) == (TRIES, TRIES_FROM_ONE_PLACE)


def test_what_ends_well_is_not_counted_and_what_fails_is() -> None:
    brake = Brake()
    for _ in range(2 * TRIES_FROM_ONE_PLACE):
        with brake.trying("1234", "192.0.2.1", now=NOW):
            pass
    for _ in range(TRIES):
        with pytest.raises(ValueError, match="wrong"), brake.trying("1234", "192.0.2.1", now=NOW):
            raise ValueError("wrong")

    assert not start(brake, "1234")
    assert start(brake, "5678")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_a_place_is_an_address_and_in_ipv6_its_network(one: str, other: str, same: bool) -> None:
    first, second = (place_of(Request(cast(Any, {"type": "http", "client": (host, 1)}))) for host in (one, other))

    assert (first == second) is same
