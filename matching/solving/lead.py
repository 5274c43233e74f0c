"""What is known of a program's optimum before it is solved: where it lies, and how good it can be at best."""

from dataclasses import dataclass, field

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.pairs import no_floats, no_ints


@dataclass(frozen=True, slots=True)
class Lead:
    """A feasible choice; the columns among which the optimum is likely, and prices of all rows with their bound.

    The bound holds for every choice; it may be lower than what the prices of the rows prove column by column. Where it
    is infinite, the prices are not known.
    """

    chosen: Ints
    near: Ints = field(default_factory=no_ints)
    prices: Floats = field(default_factory=no_floats)
    bound: float = np.inf

    @property
    def known(self) -> Ints:
        """The columns to begin with."""
        return np.union1d(self.chosen, self.near)
