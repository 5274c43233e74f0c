"""Whatever anybody does in whatever order: no illegal state, no lost case, no seat held twice."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from core import tables as t
from core.model.events import chain_breaks
from core.model.people import SYSTEM, Volunteer
from core.model.plans.settled import contradicts
from core.model.plans.snapshot import Held
from core.model.states import HOLDING, LIVE_MATCH, CaseState, OfferState, SeatState, may_become
from core.model.vocabulary import DeclineReason, SeatRole, Standing
from core.services.cases import intake
from core.services.matches import approval, claiming, engagement, pinning, responding
from core.services.rosters import standings
from core.store import audit
from core.store.cases import cases
from core.store.database import open_database
from core.store.matches import settled, teams
from tests import worlds
from tests.core.services.playing import Played, fresh_urls, play

__all__ = ["fresh_urls"]

PICK = st.integers(0, 10_000)
CLINIC = worlds.clinic(most_open_offers=5)


class AnyOrder(Played):
    """Random verbs by coordinators, volunteers and time, on one database."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = worlds.NOW
        self.states: dict[UUID, CaseState] = {}
        self.waiting_since: dict[UUID, datetime] = {}
        self.refs: dict[UUID, Any] = {}

    @initialize()
    def begin(self) -> None:
        self.database = self.runner.run(open_database(self.url))
        self.coordinator = self.runner.run(worlds.coordinator())
        people = [worlds.attorney("Alma"), worlds.attorney("Berta"), worlds.attorney("Carla")]
        self.attorneys = [self.runner.run(worlds.joined(one)) for one in people]
        self.interpreters = [
            self.runner.run(worlds.joined(worlds.interpreter(name, ("mam", "es"), ("mam", "en"))))
            for name in ("Isidro", "Juana")
        ]
        for mam in (False, True, False, True):
            self.a_case_comes_in(mam=mam, detained=False)

    def some(self, rows: list[Any], pick: int) -> Any:
        return rows[pick % len(rows)] if rows else None

    def all(self, table: Any, *states: str) -> list[UUID]:
        """The rows in these states, or all."""

        async def read() -> list[UUID]:
            query = table.select(table.id).order_by(table.id)
            return [row["id"] for row in await (query.where(table.state.is_in(list(states))) if states else query)]

        return self.runner.run(read())

    def one(self, table: Any, pick: int, *states: str) -> UUID | None:
        """A row to act on: mostly one in these states, now and then any at all, which must be refused."""
        rows = self.all(table) if pick % 7 == 0 else self.all(table, *states)
        return rows[pick % len(rows)] if rows else None

    @rule(mam=st.booleans(), detained=st.booleans())
    def a_case_comes_in(self, mam: bool, detained: bool) -> None:
        made = worlds.case(languages=("mam",) if mam else ("es",), detained=detained)
        self.refs[made.id] = made
        self.runner.run(worlds.waiting(made, self.now))

    @rule(pick=PICK, attorney=PICK, interpreter=PICK)
    def the_matcher_proposes(self, pick: int, attorney: int, interpreter: int) -> None:
        chosen = self.one(t.Case, pick * 7 + 1, "waitlisted")
        if chosen is None:
            return
        case = self.refs[chosen]
        seats = [worlds.seat(self.some(self.attorneys, attorney))]
        if case.languages == ("mam",):
            person = self.some(self.interpreters, interpreter)
            seats.append(worlds.seat(person, SeatRole.INTERPRETER, ("mam", "es")))
        self.do(worlds.planned(case, *seats, now=self.now))

    @rule(pick=PICK)
    def a_proposal_is_approved(self, pick: int) -> None:
        if proposal := self.one(t.Proposal, pick, "open"):
            self.do(approval.approve_proposal(proposal, clinic=CLINIC, by=self.coordinator, now=self.now))

    @rule(pick=PICK, attorney=PICK, interpreter=PICK, engaged=st.booleans())
    def a_case_goes_all_the_way(self, pick: int, attorney: int, interpreter: int, engaged: bool) -> None:
        """The ordinary path in one step, so that what happens late in it is tried often enough."""
        self.the_matcher_proposes(pick=pick, attorney=attorney, interpreter=interpreter)
        for proposal in self.all(t.Proposal, "open")[:2]:
            self.do(approval.approve_proposal(proposal, clinic=CLINIC, by=self.coordinator, now=self.now))
        for offer in self.all(t.Offer, "open"):
            self.do(responding.accept_offer(offer, by=self.coordinator, now=self.now))
        for match in self.all(t.Match, "accepted", "cleared") if engaged else ():
            self.do(engagement.clear_conflicts(match, by=self.coordinator, now=self.now))
            self.do(engagement.engage_match(match, by=self.coordinator, now=self.now))

    @rule(pick=PICK)
    def a_proposal_is_rejected(self, pick: int) -> None:
        if proposal := self.one(t.Proposal, pick, "open"):
            self.do(approval.reject_proposal(proposal, reason="other plans", by=self.coordinator, now=self.now))

    @rule(pick=PICK, who=PICK, role=st.sampled_from([SeatRole.ATTORNEY, SeatRole.ATTORNEY, SeatRole.INTERPRETER]))
    def a_seat_is_pinned(self, pick: int, who: int, role: SeatRole) -> None:
        people = self.attorneys if role is SeatRole.ATTORNEY else self.interpreters
        if case := self.one(t.Case, pick, "waitlisted"):
            given: dict[str, Any] = {"volunteer": self.some(people, who).id, "role": role, "reason": "knows them"}
            self.do(pinning.pin_seat(case, **given, clinic=CLINIC, by=self.coordinator, now=self.now))

    @rule(pick=PICK, who=PICK)
    def a_pair_is_forbidden(self, pick: int, who: int) -> None:
        if case := self.one(t.Case, pick, "waitlisted", "matched"):
            her = self.some([*self.attorneys, *self.interpreters], who)
            self.do(pinning.forbid_pair(case, volunteer=her.id, reason="same town", by=self.coordinator, now=self.now))

    @rule(pick=PICK)
    def a_pin_or_forbid_is_undone(self, pick: int) -> None:
        if made := self.some(self.all(t.SettledPair), pick):
            self.do(pinning.lift_settled(made, by=self.coordinator, now=self.now))

    @rule(pick=PICK, who=PICK)
    def a_volunteer_claims(self, pick: int, who: int) -> None:
        if case := self.some(sorted(self.refs), pick):
            her = worlds.actor_of(self.some(self.attorneys, who))
            self.do(claiming.claim_case(case, role=SeatRole.ATTORNEY, clinic=CLINIC, by=her, now=self.now))

    @rule(pick=PICK)
    def a_claim_is_taken_back(self, pick: int) -> None:
        if proposal := self.one(t.Proposal, pick, "open"):
            self.do(claiming.withdraw_claim(proposal, by=self.coordinator, now=self.now))

    @rule(pick=PICK, yes=st.sampled_from([True, True, True, False]), why=st.sampled_from(DeclineReason))
    def an_offer_is_answered(self, pick: int, yes: bool, why: DeclineReason) -> None:
        offer = self.one(t.Offer, pick, OfferState.OPEN)
        if offer is None:
            return
        if yes:
            self.do(responding.accept_offer(offer, by=self.coordinator, now=self.now))
        else:
            self.do(responding.decline_offer(offer, reason=why, by=self.coordinator, now=self.now))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.do(responding.remind_of_offers(now=self.now))
        self.do(responding.expire_offers(by=SYSTEM, now=self.now))

    @rule(
        pick=PICK,
        verb=st.sampled_from([approval.undo_approval, engagement.clear_conflicts, engagement.engage_match]),
    )
    def a_coordinator_moves_a_match(self, pick: int, verb: Callable[..., Awaitable[None]]) -> None:
        if match := self.one(t.Match, pick, *LIVE_MATCH):
            self.do(verb(match, by=self.coordinator, now=self.now))

    @rule(pick=PICK)
    def an_engagement_ends(self, pick: int) -> None:
        if match := self.one(t.Match, pick, *LIVE_MATCH):
            self.do(engagement.end_engagement(match, reason="transfer", by=self.coordinator, now=self.now))

    @rule(pick=PICK)
    def a_conflict_is_found(self, pick: int) -> None:
        if seat := self.one(t.Seat, pick, *HOLDING):
            self.do(engagement.report_conflict(seat, by=self.coordinator, now=self.now))

    @rule(pick=PICK)
    def a_case_is_closed(self, pick: int) -> None:
        if case := self.one(t.Case, pick, "engaged"):
            self.do(engagement.close_case(case, outcome="granted", by=self.coordinator, now=self.now))

    @rule(pick=PICK)
    def a_client_withdraws(self, pick: int) -> None:
        if case := self.one(t.Case, pick, "screening"):
            self.do(intake.withdraw_case(case, reason="moved away", by=self.coordinator, now=self.now))

    @rule(who=PICK, standing=st.sampled_from([Standing.ACTIVE, Standing.SUSPENDED]))
    def a_roster_speaks(self, who: int, standing: Standing) -> None:
        her: Volunteer = self.some(self.attorneys, who)
        self.do(
            standings.record_standing(her.id, jurisdiction="NM", standing=standing, by=self.coordinator, now=self.now)
        )

    @rule(pick=PICK, thaw=st.booleans())
    def a_frozen_offer_is_decided(self, pick: int, thaw: bool) -> None:
        offer = self.one(t.Offer, pick, OfferState.FROZEN)
        if offer is None:
            return
        if thaw:
            self.do(standings.thaw_offer(offer, clinic=CLINIC, by=self.coordinator, now=self.now))
        else:
            self.do(standings.revoke_offer(offer, reason="standing", by=self.coordinator, now=self.now))

    async def _check(self) -> None:
        rows = await t.Case.select(t.Case.id, t.Case.state, t.Case.waiting_since, t.Case.held_by)
        assert {row["id"] for row in rows} == set(self.refs), "a case is lost"
        live = [str(state) for state in LIVE_MATCH]
        matches = await t.Match.select(t.Match.id, t.Match.case, t.Match.state).where(t.Match.state.is_in(live))
        owners = [match["case"] for match in matches]
        assert len(owners) == len(set(owners)), "two live matches for one case"
        for row in rows:
            self._check_case(row, in_team=row["id"] in owners)
        await self._check_seats({match["id"] for match in matches})
        await self._check_settled()
        assert chain_breaks(await audit.events()) is None

    def _check_case(self, row: dict[str, Any], *, in_team: bool) -> None:
        state, before = CaseState(row["state"]), self.states.get(row["id"])
        assert before in (None, state) or may_become(before, state), f"{before} became {state}"
        assert in_team == (state in (CaseState.MATCHED, CaseState.ENGAGED)), f"{state}, live match: {in_team}"
        assert row["held_by"] is None or state is CaseState.WAITLISTED
        assert self.waiting_since.setdefault(row["id"], row["waiting_since"]) == row["waiting_since"]
        self.states[row["id"]] = state

    async def _check_settled(self) -> None:
        """No open proposal has anybody on it who is ruled out, or gives a pinned seat away; one seat has one pin."""
        barred, pins = await cases.barred_pairs(), await settled.pins()
        for case, made in pins.items():
            roles = [pin.role for pin in made if pin.role is not SeatRole.INTERPRETER]
            assert len(roles) == len(set(roles)), "a seat is pinned twice"
            assert not barred.get(case, set()) & {pin.volunteer for pin in made}, "a pin of somebody ruled out"
        for one in await teams.open_proposals():
            kept = [Held(pin.role, str(pin.volunteer)) for pin in pins.get(one.case, ()) if pin.role]
            out = [str(person) for person in barred.get(one.case, ())]
            assert not contradicts(one.team, barred=out, pinned=kept), "a proposal contradicts what is settled"

    async def _check_seats(self, live: set[UUID]) -> None:
        held: dict[UUID, int] = {}
        offers = {row["seat"]: OfferState(row["state"]) for row in await t.Offer.select(t.Offer.seat, t.Offer.state)}
        for seat in await t.Seat.select():
            state = SeatState(seat["state"])
            assert (state in HOLDING) <= (seat["match"] in live), f"a seat is {state} in a match that has ended"
            if state in HOLDING:
                held[seat["volunteer"]] = held.get(seat["volunteer"], 0) + 1
            answerable = offers[seat["id"]] in (OfferState.OPEN, OfferState.FROZEN)
            assert answerable == (state is SeatState.OFFERED), f"offer {offers[seat['id']]}, seat {state}"
        for person in (*self.attorneys, *self.interpreters):
            assert held.get(person.id, 0) <= self.most_seats(person), f"{person.name} holds too many seats"

    def most_seats(self, person: Volunteer) -> int:
        """How many seats a volunteer may hold."""
        return person.capacity.cases


def test_no_order_of_verbs_reaches_an_illegal_state_a_lost_case_or_a_seat_held_twice(fresh_urls: Iterator[str]) -> None:
    play(AnyOrder, fresh_urls, examples=15, steps=60)
