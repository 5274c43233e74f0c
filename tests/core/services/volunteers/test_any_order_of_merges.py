"""Merges and splits among the ordinary verbs, in any order: nothing is lost, nobody is on a team twice."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from core import tables as t
from core.errors import Refused
from core.model.people import BarAdmission, Volunteer
from core.model.states import OfferState
from core.model.vocabulary import DeclineReason, Standing
from core.services.volunteers.merge_previews import preview_merge
from core.services.volunteers.merging import merge_records
from core.services.volunteers.splitting import split_records
from core.store.accounts import open_session
from core.store.matches import teams
from core.store.volunteers import volunteers
from tests import worlds
from tests.core.services.playing import fresh_urls, play
from tests.core.services.test_any_order_of_verbs import PICK, AnyOrder

__all__ = ["fresh_urls"]


class AnyOrderOfMerges(AnyOrder):
    """The ordinary verbs, and coordinators who merge records and split them again."""

    def __init__(self) -> None:
        super().__init__()
        self.group: dict[UUID, set[UUID]] = {}

    @initialize()
    def begin(self) -> None:
        super().begin()
        more = [
            worlds.attorney("Dora", bars=(BarAdmission("TX", "5", Standing.ACTIVE),)),
            worlds.attorney("Elsa", bars=(BarAdmission("NM", "1001", Standing.INACTIVE), BarAdmission("NY", "8"))),
        ]
        self.attorneys += [self.runner.run(worlds.joined(one)) for one in more]
        self.people: list[Volunteer] = [*self.attorneys, *self.interpreters]
        for one in self.attorneys[:2]:
            self.runner.run(open_session(one.account or one.id, now=self.now))

    def most_seats(self, person: Volunteer) -> int:
        """Capacities are not added, but seats that two records hold stay held when they are one."""
        group = self.group.get(person.id, {person.id})
        return sum(one.capacity.cases for one in self.people if one.id in group)

    def two(self, one: int, other: int) -> tuple[UUID, UUID]:
        """Two records to merge: mostly two that stand for themselves, now and then any, which must be refused."""
        old = self.runner.run(volunteers.kept_of(person.id for person in self.people))
        people = [person for person in self.people if one % 7 == 0 or person.id not in old]
        first = one % len(people)
        second = (first + 1 + other % (len(people) - 1)) % len(people)
        return people[first].id, people[second].id

    @rule(one=PICK, other=PICK, chosen=PICK)
    def records_are_merged(self, one: int, other: int, chosen: int) -> None:
        kept, absorbed = self.two(one, other)
        used = [person.account for person in self.people if person.id in (kept, absorbed)]
        account = self.some([None, *used], chosen)
        done = self.do(merge_records(kept, absorbed, account=account, by=self.coordinator, now=self.now))
        if done is not None:
            whole = self.group.get(kept, {kept}) | self.group.get(absorbed, {absorbed})
            self.group |= dict.fromkeys(whole, whole)

    @rule(pick=PICK)
    def a_merge_is_split(self, pick: int) -> None:
        if merge := self.some(self.runner.run(_merges()), pick):
            self.do(split_records(merge, by=self.coordinator, now=self.now))

    @rule(picks=st.lists(PICK, min_size=8, max_size=8), engaged=st.booleans(), yes=st.booleans())
    def a_merge_comes_and_goes(self, picks: list[int], engaged: bool, yes: bool) -> None:
        """Two records with work, merged; something happens to her; split again: in one step, to be tried often."""
        case, attorney, interpreter, one, other, chosen, pick, more = picks
        self.a_case_goes_all_the_way(pick=case, attorney=attorney, interpreter=interpreter, engaged=engaged)
        self.the_matcher_proposes(pick=more, attorney=attorney + 1, interpreter=interpreter)
        if chosen % 2:
            self.a_proposal_is_approved(pick=pick)
            self.a_volunteer_claims(pick=more, who=attorney)
        self.records_are_merged(one=one, other=other, chosen=chosen)
        happens: list[Callable[[], None]] = [
            lambda: self.an_offer_is_answered(pick=pick, yes=yes, why=DeclineReason.NO_TIME),
            lambda: self.a_roster_speaks(who=one, standing=Standing.SUSPENDED),
            lambda: self.a_conflict_is_found(pick=pick),
            lambda: self.the_matcher_proposes(pick=pick, attorney=one, interpreter=interpreter),
            lambda: self.records_are_merged(one=more, other=one, chosen=chosen),
        ]
        for at in {pick % len(happens), more % len(happens)}:
            happens[at]()
        self.a_merge_is_split(pick=-1)

    @rule(one=PICK, other=PICK)
    def a_merge_is_split_at_once(self, one: int, other: int) -> None:
        kept, absorbed = self.two(one, other)
        self.runner.run(self._there_and_back(kept, absorbed))
        self.do(_nothing())

    async def _there_and_back(self, kept: UUID, absorbed: UUID) -> None:
        try:
            freezes = (await preview_merge(kept, absorbed, by=self.coordinator)).freezes
            before = await _world()
            merge = await merge_records(kept, absorbed, by=self.coordinator, now=self.now)
        except Refused:
            return
        assert await split_records(merge.id, by=self.coordinator, now=self.now) == ()
        after = await _world()
        assert set(before.pop("alert")) <= set(after.pop("alert")), "Alerts stay open until a coordinator has looked."
        for name in before.keys() - ({"offer"} if freezes else set()):
            assert after[name] == before[name], name

    async def _check(self) -> None:
        await super()._check()
        owners = await volunteers.kept_of(one.id for one in self.people)
        whole = {one.id: one for one in await volunteers.all_volunteers()}
        assert whole.keys() == {one.id for one in self.people} - owners.keys()
        for person in self.people:
            mine = {bar.jurisdiction for bar in whole[owners.get(person.id, person.id)].bars}
            assert {bar.jurisdiction for bar in person.bars} <= mine, f"{person.name} lost an admission"
        await self._check_old_records(list(owners))

    async def _check_old_records(self, old: list[UUID]) -> None:
        """Nothing that lives hangs on an old record, and each offer is its seat's."""
        rows = await t.Offer.select(t.Offer.volunteer, t.Offer.state, t.Offer.seat.volunteer.as_alias("holder"))
        assert all(row["volunteer"] == row["holder"] for row in rows)
        gone, live = set(old), [str(OfferState.OPEN), str(OfferState.FROZEN)]
        assert not gone & {row["volunteer"] for row in rows if row["state"] in live}
        seats = await teams.held_seats(old) if old else []
        assert seats == []
        cases = await t.Case.select(t.Case.held_by)
        assert not gone & {row["held_by"] for row in cases}
        for one in await teams.open_proposals():
            named = [seat.volunteer for seat in one.team.seats]
            assert len(named) == len(set(named)), "one person is on a team twice"
            assert not {str(key) for key in gone} & set(named)
            assert one.claimed_by not in gone
        pins = await t.SettledPair.select(t.SettledPair.volunteer).where(t.SettledPair.lifted_at.is_null())
        assert not gone & {row["volunteer"] for row in pins}
        accounts = await t.Volunteer.select(t.Volunteer.account).where(t.Volunteer.account.is_not_null())
        assert len({row["account"] for row in accounts}) == len(accounts), "two records share an account"


async def _nothing() -> None:
    return None


async def _merges() -> list[UUID]:
    m = t.RecordMerge
    return [row["id"] for row in await m.select(m.id).where(m.split_at.is_null()).order_by(m.id)]


async def _world() -> dict[str, Any]:
    """Everything that a merge may touch."""

    async def rows(table: Any, *columns: Any) -> list[Any]:
        found = await table.select(*columns).order_by(table._meta.primary_key)
        return [tuple(row.values()) for row in found]

    s, o, p, b, x = t.Seat, t.Offer, t.Proposal, t.BarredPair, t.SettledPair
    return {
        "people": await volunteers.all_volunteers(),
        "account": await rows(t.Account, t.Account.id, t.Account.active),
        "seat": await rows(s, s.id, s.volunteer, s.state),
        "offer": await rows(o, o.id, o.volunteer, o.state),
        "proposal": await rows(p, p.id, p.state, p.team, p.claimed_by),
        "case": await rows(t.Case, t.Case.id, t.Case.state, t.Case.held_by),
        "barred": await rows(b, b.case, b.volunteer, b.reason),
        "settled": await rows(x, x.id, x.volunteer, x.lifted_at),
        "alert": await rows(t.Alert, t.Alert.id, t.Alert.volunteer, t.Alert.closed_at),
    }


def test_no_order_of_merges_and_verbs_loses_anything(fresh_urls: Iterator[str]) -> None:
    play(AnyOrderOfMerges, fresh_urls, examples=12, steps=40)
