"""Options that several commands share."""

from collections.abc import Callable
from typing import Any

import click

Decorator = Callable[[Any], Any]


def time_limit(seconds: float, said: str) -> Decorator:
    """``--time-limit``: what the solver may take, by default so many seconds."""
    return click.option(
        "--time-limit",
        type=click.FloatRange(0.1, 86_400),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help=said,
    )


def today(said: str) -> Decorator:
    """``--today``: a day that stands for the user's own."""
    return click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DAY",
        help=f"{said}, such as 2026-03-04. [default: today]",
    )
