"""Watching rules and scorers in a run's process: cheap enough for every call, and it knows which one hangs."""

import threading
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, Final, TypeVar

from core.errors import PluginError
from core.host import PluginHost
from core.host.calls import trace
from core.host.causes import told_without_data
from core.host.contracts import Nonsense
from core.host.kinds import check_answer
from core.host.loading import SLOW_SHARE
from core.matching_process.frames import Asked
from core.model.plans.columns import Bools, CaseView, Floats, VolunteerColumns
from core.protocols import PairRule, PairScorer, Rule, Scorer

T = TypeVar("T")
UNHURRIED: Final = ("propose", "advise")
"""What a matcher does has the time limit of the whole run, so it is never slow."""


class Watch:
    """Notes which provider is being asked since when. Asking costs a microsecond, not a thread.

    ``interrupts``: there may be somebody at a keyboard, who can interrupt.
    """

    def __init__(self, host: PluginHost, *, interrupts: bool = True) -> None:
        self._interrupts = interrupts
        self.host, self.limit = host, host.settings.plugin_seconds
        self.traced = host.settings.trace_plugins
        self._asked: dict[int, tuple[str, object, float]] = {}
        self._counts: defaultdict[str, list[float]] = defaultdict(lambda: [0, 0, 0.0])
        self._over = threading.Event()

    def ask(self, kind: str, provider: object, method: str, function: Callable[..., T], *args: Any) -> T:
        """Ask one provider and check its answer. Raises Nonsense whatever goes wrong, SystemExit included.

        KeyboardInterrupt passes where it may be somebody's at the keyboard, who wants the whole to stop.
        """
        if not self.host.is_on(provider):
            raise PluginError(
                plugin=self.host.plugin_of(provider), provider=self.host.name_of(provider), cause="switched off"
            )
        began = monotonic()
        self._asked[threading.get_ident()] = (kind, provider, began)
        outcome = "raised"
        try:
            answer = function(*args)
            outcome = "nonsense"
            check_answer(kind, method, answer, args)
            outcome = "answered"
        except BaseException as error:  # isolation boundary: a plugin's SystemExit must not end the run
            if isinstance(error, KeyboardInterrupt) and self._interrupts:
                raise
            raise Nonsense(told_without_data(error)) from error
        finally:
            del self._asked[threading.get_ident()]
            self.note(provider, method, outcome, monotonic() - began)
        return answer

    def note(self, provider: object, method: str, outcome: str, seconds: float) -> None:
        """Count a call, and write it to the log where that is wanted, as the portal does with its own."""
        count = self._counts[self.host.plugin_of(provider)]
        count[0] += 1
        count[1] += seconds > self.limit * SLOW_SHARE and method not in UNHURRIED
        count[2] += seconds
        if self.traced:
            self._trace(provider, method, outcome, seconds)

    def asked(self) -> tuple[Asked, ...]:
        """What has been called until now, by plugin."""
        return tuple(Asked(name, int(calls), int(slow), s) for name, (calls, slow, s) in self._counts.items())

    def _trace(self, provider: object, method: str, outcome: str, seconds: float) -> None:
        where = {"plugin": self.host.plugin_of(provider), "provider": self.host.name_of(provider), "method": method}
        trace(where, outcome, seconds)

    def guard(self, hangs: Callable[[str, object], None]) -> None:
        """Call ``hangs`` with kind and provider as soon as one takes longer than its limit, in a thread."""
        threading.Thread(target=self._look, args=(hangs,), name="watch", daemon=True).start()

    def _look(self, hangs: Callable[[str, object], None]) -> None:
        while not self._over.wait(self.limit / 10):
            for kind, provider, since in list(self._asked.values()):
                if monotonic() - since > self.limit:
                    hangs(kind, provider)

    def end(self) -> None:
        """Stop watching."""
        self._over.set()


class WatchedRule:
    """A rule as the matcher gets it: the same in every respect, and watched."""

    def __init__(self, rule: Rule, watch: Watch) -> None:
        self._rule, self._watch = rule, watch
        self.name, self.roles, self.reads = rule.name, rule.roles, rule.reads
        self.blocks, self.text, self.lead_only = rule.blocks, rule.text, bool(getattr(rule, "lead_only", False))
        if isinstance(rule, PairRule):
            self.among = rule.among
            self.allows_pairs = partial(watch.ask, "rules", rule, "allows_pairs", rule.allows_pairs)

    def allows(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        """What the rule answers, checked."""
        return self._watch.ask("rules", self._rule, "allows", self._rule.allows, case, volunteers)

    def explain(self, case: CaseView) -> str:
        """The rule's sentence."""
        return self._watch.ask("rules", self._rule, "explain", self._rule.explain, case)


class WatchedScorer:
    """A scorer as the matcher gets it: the same in every respect, and watched."""

    def __init__(self, scorer: Scorer, watch: Watch) -> None:
        self._scorer, self._watch = scorer, watch
        self.name, self.roles, self.reads = scorer.name, scorer.roles, scorer.reads
        self.weight, self.text = scorer.weight, scorer.text
        self.lead_only = bool(getattr(scorer, "lead_only", False))
        if isinstance(scorer, PairScorer):
            self.among = scorer.among
            self.points_of_pairs = partial(watch.ask, "scorers", scorer, "points_of_pairs", scorer.points_of_pairs)

    def points(self, case: CaseView, volunteers: VolunteerColumns) -> Floats:
        """What the scorer answers, checked."""
        return self._watch.ask("scorers", self._scorer, "points", self._scorer.points, case, volunteers)
