"""Continuity: people who know the client, and proposals that are already out."""

from collections.abc import Sequence

import numpy as np

from amparo import CasesOfPairs, PeopleOfPairs, Scorer, hookimpl, pair_scorer
from core.model.plans.columns import Floats


@pair_scorer(role=("attorney", "interpreter", "mentor"), among="prior", weight=15.0)
def continuity(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """She worked with this client before."""
    return np.ones(volunteers.n)


@pair_scorer(role="lead", among="proposed_attorney", weight=30.0)
def stay(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """She is proposed for this case already: a second run changes only what must change."""
    return np.ones(volunteers.n)


@pair_scorer(role="co_counsel", among="proposed_co_counsel", weight=30.0)
def stay_beside_the_lead(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """Co-counsel is proposed for this case already."""
    return np.ones(volunteers.n)


@pair_scorer(role="interpreter", among="proposed_interpreters", weight=5.0)
def stay_interpreter(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """The interpreter is proposed for this case already."""
    return np.ones(volunteers.n)


@pair_scorer(role="mentor", among="proposed_mentor", weight=5.0)
def stay_mentor(cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
    """The mentor is proposed for this case already."""
    return np.ones(volunteers.n)


@hookimpl
def amparo_scorers() -> Sequence[Scorer]:
    """The scorers of continuity."""
    return (continuity, stay, stay_beside_the_lead, stay_interpreter, stay_mentor)
