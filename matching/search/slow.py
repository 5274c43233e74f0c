"""Which rules and scorers are asked so often that a run is slow, in words for whoever can ask their author."""

from collections.abc import Sequence

from core.protocols import PairRule, PairScorer, Rule, Scorer
from matching.search.pools import CROWDED, crowded
from matching.search.searching import Search


def slow_providers(search: Search) -> tuple[str, ...]:
    """One sentence for each rule or scorer that answers nearly every case differently."""
    asked, cases = search.asked, len(search.views)
    told = []
    providers: Sequence[Rule | Scorer] = (*asked.rules, *asked.scorers)
    for one in providers:
        combinations = search.signatures.of(one.reads).count
        answers = max((pools.answers.get(one.name, 0) for pools in search.pools.values()), default=0)
        slow = combinations > CROWDED or crowded(answers, cases)
        if slow and not isinstance(one, PairRule | PairScorer):
            told.append(
                f"{one.name} had to be asked {combinations:,} times for {cases:,} cases, which makes a run slow: it "
                "would be quick as a rule or scorer of pairs."
            )
    return tuple(told)
