"""The rows of the table, in their order."""

from typing import Final

from bench.matching.goals import Row
from bench.matching.rows import (
    against_cpsat,
    against_greedy,
    against_hungarian,
    finding,
    hours,
    large,
    one_case,
    pruning,
    rerun,
    why,
    years,
)

ROWS: Final[tuple[Row, ...]] = (
    against_cpsat.ROW,
    against_hungarian.ROW,
    *against_greedy.ROWS,
    pruning.ROW,
    finding.ROW,
    large.ROW,
    hours.ROW,
    rerun.ROW,
    why.ROW,
    one_case.ROW,
    years.ROW,
)
