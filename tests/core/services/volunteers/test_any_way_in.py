"""Whoever joins in whatever order: nobody becomes two, nobody gets in unseen, and no number has two owners."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from core import tables as t
from core.model.events import chain_breaks
from core.model.people import SYSTEM, BarAdmission
from core.model.states import JoiningState, may_become
from core.model.vocabulary import Standing
from core.model.volunteers.identity import without_zeros
from core.model.volunteers.joining import Asked
from core.model.volunteers.terms import terms_in
from core.services.accounts.signing_in import hash_password
from core.services.volunteers import joining, vouching
from core.services.volunteers.inviting import find_invitation, invite_members, revoke_invitation
from core.store import audit
from core.store.database import open_database
from core.store.volunteers import joinings, volunteers
from tests import worlds
from tests.core.services.playing import Played, fresh_urls, play
from tests.core.services.test_any_order_of_verbs import PICK
from tests.joining import OFFER, entry_of, mailed
from tests.rosters import members, synced
from tests.worlds import NOW

__all__ = ["fresh_urls"]

MEMBERS = (Asked("0042", "Alma Reyes", "alma@bar.example"), Asked("77", "Berta Ruiz", "berta@bar.example"))
NUMBERS = ("0042", "42", "77", "999")
NAMES = ("Alma Reyes", "Berta Ruiz", "Alma Robles")
ADDRESSES = ("alma@bar.example", "berta@bar.example", "other@home.example", "imported@home.example")
HASH = hash_password("a few words together")


class AnyWayIn(Played):
    """Random people who join, and coordinators who decide, on one database."""

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[UUID, JoiningState] = {}
        self.vouched: set[UUID] = set()

    @initialize()
    def begin(self) -> None:
        self.database = self.runner.run(open_database(self.url))
        self.runner.run(synced([*map(entry_of, MEMBERS), *members(20, 2001)]))
        self.coordinator = self.runner.run(worlds.coordinator())
        known = worlds.attorney(
            "Berta Ruiz", email="imported@home.example", bars=(BarAdmission("NM", "77", Standing.ACTIVE),)
        )
        self.imported = self.runner.run(worlds.joined(known))
        self.vouched.add(known.id)
        self.token = self._invite()

    def _invite(self) -> str:
        return self.runner.run(invite_members("our-bar", clinic=worlds.clinic(), by=SYSTEM, now=NOW))

    def one(self, pick: int, *states: JoiningState) -> UUID | None:
        """A joining to decide on: mostly one in these states, now and then any at all, which must be refused."""
        found = self.runner.run(joinings.joinings_where())
        rows = [one.id for one in found if pick % 5 == 0 or one.state in states]
        return rows[pick % len(rows)] if rows else None

    @rule(number=st.sampled_from(NUMBERS), name=st.sampled_from(NAMES), email=st.sampled_from(ADDRESSES))
    def somebody_joins(self, number: str, name: str, email: str) -> None:
        self.somebody_asks(number, name, email)
        self.somebody_uses_a_link(email)

    @rule(number=st.sampled_from(NUMBERS), name=st.sampled_from(NAMES), email=st.sampled_from(ADDRESSES))
    def somebody_asks(self, number: str, name: str, email: str) -> None:
        self.do(joining.ask_to_join(self.token, Asked(number, name, email), clinic=worlds.clinic(), now=NOW))

    @rule(email=st.sampled_from(ADDRESSES))
    def somebody_uses_a_link(self, email: str) -> None:
        try:
            link = self.runner.run(mailed(email))
        except IndexError:
            return
        self.do(joining.complete_joining(link, password_hash=HASH, terms=terms_in("en"), profile=OFFER, now=NOW))

    @rule(pick=PICK, number=st.sampled_from(("", *NUMBERS)), known=st.integers(0, 3))
    def a_coordinator_confirms(self, pick: int, number: str, known: int) -> None:
        people = self.runner.run(volunteers.all_volunteers())
        existing = people[known].id if known < len(people) else None
        if key := self.one(pick, JoiningState.WAITING, JoiningState.REFUSED):
            person = self.do(
                vouching.confirm_joining(key, number=number, existing=existing, by=self.coordinator, now=NOW)
            )
            self.vouched.update({person} if person else ())

    @rule(pick=PICK)
    def a_coordinator_refuses(self, pick: int) -> None:
        if key := self.one(pick, JoiningState.WAITING):
            self.do(vouching.refuse_joining(key, reason="Not on the roster.", by=self.coordinator, now=NOW))

    @rule(standing=st.sampled_from((Standing.ACTIVE, Standing.SUSPENDED)))
    def the_roster_says_otherwise(self, standing: Standing) -> None:
        entries = [entry_of(MEMBERS[0]), entry_of(MEMBERS[1], standing=standing)]
        self.do(synced([*entries, *members(20, 2001)]))

    @rule()
    def the_bar_takes_its_link_back_and_makes_another(self) -> None:
        invitation = self.runner.run(find_invitation(self.token))
        assert invitation is not None
        self.do(revoke_invitation(invitation.id, roster="our-bar", by=SYSTEM, now=NOW))
        self.token = self._invite()

    async def _check(self) -> None:
        people = await volunteers.all_volunteers()
        found = await joinings.joinings_where()
        numbers = [without_zeros(bar.number) for person in people for bar in person.bars if bar.number]
        assert len(numbers) == len(set(numbers)), "one number, two volunteers"
        accounts = [person.account for person in people if person.account]
        assert len(accounts) == len(set(accounts)), "one account, two volunteers"
        for one in found:
            before = self.states.get(one.id)
            assert before is None or before is one.state or may_become(before, one.state)
            self.states[one.id] = one.state
            assert (one.volunteer is not None) == (one.state is JoiningState.VERIFIED)
            assert (one.accepted_at is None) == (one.state is JoiningState.ASKED)
        self._require_reasons(found)
        assert await t.Account.count() == len({row["email"] for row in await t.Account.select(t.Account.email)})
        assert chain_breaks(await audit.events()) is None

    def _require_reasons(self, found: list[Any]) -> None:
        """Whoever the machine has verified agrees with a member, in the roster's address or in that of her record."""
        for one in found:
            if one.state is JoiningState.VERIFIED and one.decided_by == SYSTEM.label:
                (member,) = [it for it in MEMBERS if without_zeros(it.number) == without_zeros(one.asked.number)]
                assert one.asked.name == member.name
                assert one.asked.email in (member.email, self.imported.email)
                assert one.asked.email == member.email or one.volunteer == self.imported.id


def test_in_no_order_somebody_becomes_two_or_gets_in_unseen(fresh_urls: Iterator[str]) -> None:
    play(AnyWayIn, fresh_urls, examples=12, steps=20)
