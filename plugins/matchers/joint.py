"""The built-in matcher: attorneys, interpreters and mentors of all cases chosen together."""

from collections.abc import Callable, Sequence

from amparo import Advised, Matcher, Plan, Progress, Questions, Rule, Scorer, Snapshot, hookimpl


class Joint:
    """Solves one model over all cases and all seats, to a proved optimum where time allows."""

    name = "joint"
    title = "Attorneys, interpreters and mentors together"

    def propose(
        self,
        snapshot: Snapshot,
        rules: Sequence[Rule],
        scorers: Sequence[Scorer],
        *,
        seed: int,
        time_limit: float,
        report: Callable[[Progress], None],
    ) -> Plan:
        """Plan teams for the open cases; with foresight, some people are kept for the weeks to come."""
        # here, since every process that lists plugins loads this module, and few of them solve anything
        from matching.looking_ahead import plan_ahead
        from matching.planning import Planner

        planner = Planner(rules, scorers, seed, time_limit, report)
        if snapshot.foresight is not None:
            return plan_ahead(planner, snapshot, snapshot.foresight)
        return planner.run(snapshot).plan

    def advise(
        self,
        snapshot: Snapshot,
        rules: Sequence[Rule],
        scorers: Sequence[Scorer],
        *,
        questions: Questions,
        seed: int,
        time_limit: float,
        report: Callable[[Progress], None],
    ) -> Advised:
        """Plan teams and answer what is asked about them."""
        from matching.advice.advising import advise  # as above

        return advise(snapshot, rules, scorers, questions=questions, seed=seed, time_limit=time_limit, report=report)


@hookimpl
def amparo_matchers() -> Sequence[Matcher]:
    """The joint matcher."""
    return (Joint(),)
