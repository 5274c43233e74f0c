"""Rules and scorers: how a partner says who may take a case, and who had better.

A rule is a function of one case's values and whole columns of volunteers. It declares the case fields that it
``reads``; the engine asks it once for each distinct combination of those, can explain a missing match by leaving
it out, and refuses it when it touches anything else of the case. What nearly every case has for itself (where the
client lives, whom she knows) is the matter of a *pair* rule: a function of aligned columns, one row for each pair.
"""

from core.ruling.declared import BadAnswer, CasesOfPairs, Declared, PeopleOfPairs, UndeclaredField, declared
from core.ruling.pairs import PairRule, PairScorer, pair_rule, pair_scorer
from core.ruling.single import Rule, Scorer, rule, scorer
from core.ruling.words import CASE_FIELDS, NAMING_FIELDS, is_about

__all__ = [
    "CASE_FIELDS",
    "NAMING_FIELDS",
    "BadAnswer",
    "CasesOfPairs",
    "Declared",
    "PairRule",
    "PairScorer",
    "PeopleOfPairs",
    "Rule",
    "Scorer",
    "UndeclaredField",
    "declared",
    "is_about",
    "pair_rule",
    "pair_scorer",
    "rule",
    "scorer",
]
