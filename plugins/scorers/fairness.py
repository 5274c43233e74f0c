"""Work spread over many, and scarce people kept free."""

from collections.abc import Sequence

import numpy as np

from amparo import CaseView, Scorer, VolunteerColumns, hookimpl, scorer
from core.model.plans.columns import Floats


@scorer(role=("attorney", "interpreter", "mentor"), reads=(), weight=10.0)
def even_load(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """Room left: somebody with none of her places used comes before somebody with most of them used."""
    return 1.0 - np.clip(volunteers.load, 0.0, 1.0)


@scorer(role="interpreter", reads=(), weight=-60.0)
def interpreter_use(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """An interpreter's time is scarce: used only where it serves somebody."""
    return np.ones(volunteers.n)


@scorer(role="mentor", reads=(), weight=-30.0)
def mentor_use(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """A mentor's time is scarce: used only where a case needs it."""
    return np.ones(volunteers.n)


@scorer(role="attorney", reads=("hours",), weight=-1.0)
def kept_for_later(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """What her place and hours are likely to be worth to cases to come."""
    return volunteers.place_price + volunteers.hour_price * case.hours


@scorer(role="interpreter", reads=("interpreter_hours",), weight=-1.0)
def interpreter_kept_for_later(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """What the interpreter's place and hours are likely to be worth to cases to come."""
    return volunteers.place_price + volunteers.hour_price * case.interpreter_hours


@scorer(role="mentor", reads=(), weight=-1.0)
def mentor_kept_for_later(case: CaseView, volunteers: VolunteerColumns) -> Floats:
    """What the mentor's place is likely to be worth to cases to come."""
    return volunteers.mentor_price


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """The scorers of fairness."""
    kept = (kept_for_later, interpreter_kept_for_later, mentor_kept_for_later)
    return (even_load, interpreter_use, mentor_use, *kept)
