"""Everything known about one case: its team with who else could have had each seat, or why it waits, and the rules."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from core.model.languages import language_name
from core.model.plans.advice import Explanation, LegsFound, Passing, SeatSieve
from core.model.plans.changes import find_case
from core.model.plans.columns import Ints
from core.model.plans.snapshot import CaseFacts
from core.model.vocabulary import SeatRole
from matching.advice.present_worth import present_worth
from matching.planning import Run
from matching.reasons.seating import Seating


class CaseReader:
    """Reads everything about one case after the other out of a run."""

    def __init__(self, run: Run) -> None:
        self._found, self._seating = run.candidates, Seating(run.candidates)
        self._number = {case.ref: number for number, case in enumerate(run.candidates.snapshot.cases)}
        self._teams = {team.case: team for team in run.plan.teams}
        self._worth = present_worth(run)
        self._unmatched = {left.case: left for left in run.plan.unmatched}

    def explain(self, ref: str) -> Explanation:
        """Everything about one case. Raises BadInput with the nearest refs where there is no such case."""
        facts = find_case(self._found.snapshot, ref)
        number = self._number[ref]
        return Explanation(
            case=ref,
            tier=facts.urgency(self._found.snapshot.today).tier.word,
            facts=tuple(self._facts(facts)),
            team=self._teams.get(ref),
            unmatched=self._unmatched.get(ref),
            seats=tuple(self._sieve(role, number) for role in SeatRole if facts.asks_for(role)),
            legs=tuple(self._legs(number)),
            worth=float(self._worth[number]),
        )

    def _facts(self, facts: CaseFacts) -> Iterator[str]:
        today = self._found.snapshot.today
        yield f"{facts.practice_area.word} at level {facts.skill_level}, {facts.forum}, {facts.hours:g} hours"
        yield f"client speaks {' or '.join(map(language_name, facts.languages))}"
        place = ", ".join(filter(None, (facts.county, facts.us_state))) or "place not known"
        yield f"{place}, {'remote work will do' if facts.remote_ok else 'in person'}"
        yield from (reason[:1].lower() + reason[1:] for reason in facts.urgency(today).reasons)
        waited = max(0, (today - facts.received).days)
        yield f"waiting {waited} day{'s' * (waited != 1)}"

    def _sieve(self, role: SeatRole, case: int) -> SeatSieve:
        asked, view = self._found.asked, self._found.views[case]
        rules = [
            Passing(
                asked.rules[one].name,
                asked.rules[one].blocks,
                int(asked.allowed_by(one, view).sum()),
                asked.sentence(one, view),
            )
            for one in asked.rules_for(role)
        ]
        return SeatSieve(role, tuple(rules), int(self._seating.allowed(role, case).sum()))

    def _legs(self, case: int) -> Iterator[LegsFound]:
        """The legs of eligible interpreters that lead, alone or with another, to an eligible attorney who needs them.

        Where no attorney is eligible, all that begin at the client.
        """
        view, legs = self._found.views[case], self._seating.legs
        interpreters = self._seating.allowed(SeatRole.INTERPRETER, case)
        attorneys = self._seating.allowed(SeatRole.ATTORNEY, case) & ~self._seating.alone(view)
        first = legs.first(view, interpreters)
        if not self._seating.allowed(SeatRole.ATTORNEY, case).any():
            yield from self._counted(first, onward=False)
            return
        heard = np.asarray(self._seating.speaks[attorneys].any(axis=0))
        onward = legs.onward(view, interpreters, first)
        onward = onward[heard[legs.target[onward]]]
        useful = heard | legs.among(legs.source[onward])
        yield from self._counted(first[useful[legs.target[first]]], onward=False)
        yield from self._counted(onward, onward=True)

    def _counted(self, rows: Ints, *, onward: bool) -> Iterator[LegsFound]:
        legs, tags = self._seating.legs, self._found.tags
        pairs = zip(legs.source[rows].tolist(), legs.target[rows].tolist(), strict=True)
        for (source, target), count in sorted(Counter(pairs).items(), key=lambda item: (-item[1], item[0])):
            yield LegsFound(tags[source], tags[target], count, onward)
