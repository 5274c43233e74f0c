"""The demo's year, played through the verbs with a simulated clock: every week a run, decisions, answers, work."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from core.demo.agenda import Agenda
from core.demo.claims import Claims
from core.demo.coming import Coming
from core.demo.faring import Faring
from core.demo.picking import Picker
from core.demo.script import CLAIMS, FAVOURED, WEEKS, Turn
from core.model.cases.case import Case
from core.model.people import SYSTEM, Actor
from core.model.plans.snapshot import Snapshot
from core.model.plans.teams import Plan, TeamPlan
from core.services.cases.intake import refresh_tiers
from core.services.clinic import Clinic
from core.services.matches.responding import expire_offers, remind_of_offers
from core.services.runs.saving import save_plan
from core.services.runs.snapshot import take_snapshot
from core.store.audit import record
from core.store.cases import cases
from core.store.keys import new_id
from core.store.matches import runs

MATCHER: Final = "joint"
GAP: Final = 0.004
"""How far from the best the runs of the past say they may be: they were made up, not solved."""
RUN_AT: Final = time(14)
DECIDE_AFTER: Final = timedelta(hours=1)


class Story:
    """A year of a clinic. ``last`` is its last working day; nothing happens after it."""

    def __init__(
        self, clinic: Clinic, staff: tuple[Actor, ...], turns: dict[int, list[Turn]], *, random: Random, last: date
    ) -> None:
        self.agenda = Agenda()
        self._clinic, self._staff, self._turns, self._random, self._last = clinic, staff, turns, random, last
        self._coming = Coming(self.agenda, staff, random)
        self._faring = Faring(self.agenda, clinic, staff, random)
        self.claims = Claims(self.agenda, clinic, self._faring, staff, random)

    def expect(self, waiting: list[Case], known: dict[str, str]) -> None:
        """Put the whole year on the agenda: cases, a run each week, what time brings each day.

        ``known`` gives the ids, as the snapshot has them, of volunteers by their references.
        """
        for case in waiting:
            self._coming.expect(case)
        for ago in range(WEEKS * 7):
            day = datetime.combine(self._last - timedelta(days=ago), time(13), UTC)
            self.agenda.add(day, self._day)
        for ago, turns in self._turns.items():
            if turns:
                at = datetime.combine(self._last - timedelta(weeks=ago), RUN_AT, UTC)
                self._expect_run(at, turns, tuple(known[ref] for ref in FAVOURED.get(ago, ())))
            if ago in CLAIMS:
                self.claims.expect(datetime.combine(self._last - timedelta(weeks=ago), time(19), UTC), CLAIMS[ago])

    async def _day(self, now: datetime) -> None:
        await expire_offers(by=SYSTEM, now=now)
        await remind_of_offers(now=now)
        if now.weekday() == self._last.weekday():
            await refresh_tiers(now=now)
            if now.date() < self._last:
                await self._coming.postpone_hearings(now)

    def _expect_run(self, at: datetime, turns: list[Turn], favoured: tuple[str, ...]) -> None:
        async def run(now: datetime) -> None:
            proposed = await self._run(len(turns), favoured, now)
            for place, (case, turn) in enumerate(zip(proposed, turns, strict=False)):
                decided = now + DECIDE_AFTER + timedelta(minutes=7 * place)
                self._expect_decision(decided, case, turn, favoured=place < len(favoured))

        self.agenda.add(at, run)

    def _expect_decision(self, at: datetime, case: UUID, turn: Turn, *, favoured: bool) -> None:
        async def decide(now: datetime) -> None:
            await self._faring.decide(case, turn, favoured=favoured, now=now)

        self.agenda.add(at, decide)

    async def _run(self, number: int, favoured: tuple[str, ...], now: datetime) -> list[UUID]:
        """A run of the matcher as it was then; returns the cases that got a team, in the order of the teams."""
        snapshot = await take_snapshot(settings=self._clinic.settings, today=self._clinic.today(now))
        by, run = self._random.choice(self._staff), new_id()
        await runs.insert_run(run, matcher=MATCHER, requested_by=by.account, now=now)
        await record("run_requested", subject_kind="run", subject=run, by=by, now=now, matcher=MATCHER)
        await runs.start_run(run, waiting=len(snapshot.cases), now=now)
        found = tuple(self._teams(snapshot, number, favoured))
        await save_plan(run, _plan(found), requested_by=by.account, now=now + timedelta(seconds=4))
        known = await cases.cases_by_ref(team.case for team in found)
        return [known[team.case].id for team in found]

    def _teams(self, snapshot: Snapshot, number: int, favoured: tuple[str, ...]) -> Iterator[TeamPlan]:
        """Teams for the favoured first, then for a mixture of the urgent and of all others."""
        picker = Picker(self._clinic.host, snapshot, self._random, favour=favoured)
        waiting = [case for case in snapshot.cases if not case.pinned]
        waiting.sort(key=lambda case: 0.12 * case.urgency(snapshot.today).tier + self._random.random())
        for team in picker.favoured_teams(waiting):
            number -= 1
            waiting = [case for case in waiting if case.ref != team.case]
            yield team
        for case in waiting:
            if number == 0:
                return
            if (made := picker.team(case)) is not None:
                number -= 1
                yield made


def _plan(found: tuple[TeamPlan, ...]) -> Plan:
    objective = sum(team.score for team in found)
    bound = objective * (1 + GAP)
    return Plan(status="feasible", objective=objective, bound=bound, gap=GAP, seconds=3.1, teams=found)
