"""What is known of a program's optimum before it is solved: where it lies, and how good it can be at best."""

from dataclasses import dataclass

from core.model.columns import Floats, Ints


@dataclass(frozen=True, slots=True)
class Lead:
    """A feasible choice, the columns among which the optimum is likely, and prices of all rows with their bound.

    The bound holds for every choice; it may be lower than what the prices of the rows prove column by column.
    """

    chosen: Ints
    near: Ints
    prices: Floats
    bound: float
