"""Who lives on the same money as a client, and how much it is: kept sealed as JSON in ``ClientField.HOUSEHOLD``."""

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

import msgspec

from core.errors import BadInput

LARGEST: Final = 30
"""Persons."""
MOST_INCOME: Final = 100_000_000
_MONEY: Final = re.compile(r"\$?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(\.[0-9]{1,2})?")


class Period(StrEnum):
    """How often an amount of money comes."""

    YEAR = "year"
    MONTH = "month"
    HALF_MONTH = "half_month"
    TWO_WEEKS = "two_weeks"
    WEEK = "week"

    @property
    def in_a_year(self) -> int:
        """How often it comes in a year."""
        return {"year": 1, "month": 12, "half_month": 24, "two_weeks": 26, "week": 52}[self.value]


class Household(msgspec.Struct, frozen=True, omit_defaults=True):
    """``persons`` counts the client. ``income`` is that of all of them before tax, in dollars, once a ``period``."""

    persons: int | None = None
    income: Decimal | None = None
    period: Period = Period.MONTH

    @property
    def yearly(self) -> int | None:
        """The income as whole dollars a year; None where it is not known."""
        if self.income is None:
            return None
        return int((self.income * self.period.in_a_year).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def kept(self) -> str:
        """As it is sealed; empty where nothing is known."""
        return "" if self.persons is None and self.income is None else msgspec.json.encode(self).decode()


def household_in(kept: str) -> Household:
    """What was kept; nothing known where nothing was."""
    return msgspec.json.decode(kept, type=Household) if kept else Household()


def read_persons(text: str) -> int | None:
    """How many persons, as it was typed; None where nothing was. Raises BadInput."""
    line = text.strip()
    if not line:
        return None
    if not (line.isascii() and line.isdigit() and 1 <= int(line[:4]) <= LARGEST):
        raise BadInput(f"Write how many persons live on this money, from 1 to {LARGEST}, the client too.")
    return int(line[:4])


def read_money(text: str) -> Decimal | None:
    """Dollars as people write them, such as "$1,250.50"; None where nothing was typed. Raises BadInput."""
    line = text.strip()
    if not line:
        return None
    found = _MONEY.fullmatch(line)
    amount = Decimal(found[1].replace(",", "") + (found[2] or "")) if found else None
    if amount is None or amount > MOST_INCOME:
        raise BadInput("Write dollars as a number, such as 1250 or 1,250.50; 0 where there is no income.")
    return amount
