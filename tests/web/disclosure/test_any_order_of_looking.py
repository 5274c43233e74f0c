"""Whatever is done in whatever order: nobody reads a field of a stage that she has not reached, on any page."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from core.errors import Refused
from core.model.people import SYSTEM, Actor
from core.model.vocabulary import DeclineReason, SeatRole
from core.queries.reading import select
from core.services.checks import volunteers
from core.services.matches import engagement, responding
from core.services.privacy.screening_off import lift, screen_off
from core.store.cases import cases
from core.store.clients import screens
from core.store.engines.hiding import NOTHING, hide
from core.store.matches import teams
from tests import worlds
from tests.core.services.playing import Played, fresh_urls, play
from tests.web.disclosure.marked import FOR_INTERPRETERS, NAMES, Marked, marked_case
from tests.web.disclosure.test_canary import STAFF_MAY
from tests.web.disclosure.walking import Answer, World, looked_around, routes_of
from tests.web.portal import Portal, Visitor, open_portal

__all__ = ["fresh_urls"]

CASES, ATTORNEYS, STAFF = st.sampled_from("AB"), st.sampled_from(["Alma", "Berta"]), st.sampled_from(["Carmen", "Joel"])
VOLUNTEERS = ("Alma", "Berta", "Isidro")
ASKED = ("/matches/{key}", "/matches/{key}/names", "/matches/{key}/file", "/cases/{key}", "/cases", "/offers")
FILE = frozenset({"birth_date", "a_number", "nationality", "email", "address", "story", "family", "other"})
SHARED = frozenset({"document", "file_name", "about"})
"""The document of each case, which is shared with its attorneys and not with an interpreter."""
LASTS = timedelta(hours=72)


class Team:
    """What this test itself knows of a team: who is in it, how far it is, and who has the names open until when."""

    def __init__(self, match: UUID, attorney: str) -> None:
        self.match, self.attorney, self.state = match, attorney, "offered"
        self.members = {attorney, "Isidro"}
        self.yes: set[str] = set()
        self.open: dict[str, datetime] = {}


class AnyLooking(Played):
    """Two cases, two attorneys and an interpreter, two coordinators; what each may read is kept beside the portal."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.teams, self.off = worlds.NOW, dict[str, Team](), set[tuple[str, str]]()
        self.stack = AsyncExitStack()

    @initialize()
    def begin(self) -> None:
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        long: dict[str, Any] = {"session_idle_hours": 100_000, "session_days": 10_000}
        opened = open_portal(self.url, clock=lambda: self.now, offer_days=20, names_hours=72, **long)
        self.portal: Portal = await self.stack.enter_async_context(opened)
        self.by, self.world = await worlds.coordinator(), Marked()
        joel = await worlds.coordinator()
        people = [worlds.attorney("Alma"), worlds.attorney("Berta"), worlds.interpreter("Isidro")]
        self.people = {one.name: await worlds.joined(one) for one in people}
        self.actors = {name: worlds.actor_of(one) for name, one in self.people.items()}
        self.actors |= {"Carmen": self.by, "Joel": joel}
        self.visitors: dict[str, Visitor] = {}
        for name, actor in self.actors.items():
            assert actor.account is not None
            self.visitors[name] = await self.portal.signed_in(actor.account)
        self.visitors |= {"partner": await self.portal.partner(), "nobody": self.portal.visitor()}
        for name in "AB":
            await marked_case(self.world, name, self.by)
        self.gets = routes_of(self.portal.app, "GET")

    def teardown(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()

    def done(self, verb: Any) -> bool:
        """Run a verb; False where it was refused."""
        hide(NOTHING)
        try:
            self.runner.run(verb)
        except Refused:
            return False
        return True

    @rule(case=CASES, attorney=ATTORNEYS)
    def a_team_is_asked(self, case: str, attorney: str) -> None:
        async def ask() -> UUID:
            found = await cases.find_case(self.world.cases[case])
            team = (
                worlds.seat(self.people[attorney]),
                worlds.seat(self.people["Isidro"], SeatRole.INTERPRETER, ("mam", "es")),
            )
            return await worlds.offered(found, *team, by=self.by, at=self.portal.clinic, now=self.now)

        if case in self.teams:
            return
        hide(NOTHING)
        try:
            self.teams[case] = Team(self.runner.run(ask()), attorney)
        except (Refused, ValueError):  # she has declined it, or is full: there is no such proposal
            return

    @rule(case=CASES, who=ATTORNEYS, yes=st.sampled_from([True, True, True, False]))
    def an_offer_is_answered(self, case: str, who: str, yes: bool) -> None:
        for name in (who, "Isidro"):
            team = self.teams.get(case)
            if team is None or name not in team.members:
                continue
            offers = self.runner.run(teams.offers_of_match(team.match))
            offer = next(one.id for one in offers if one.volunteer == self.people[name].id)
            given: dict[str, Any] = {"by": self.actors[name], "now": self.now}
            if yes and self.done(responding.accept_offer(offer, **given)):
                team.yes.add(name)
                team.state = "accepted" if team.yes == team.members else team.state
            elif not yes and self.done(responding.decline_offer(offer, reason=DeclineReason.NO_TIME, **given)):
                del self.teams[case]

    @rule(case=CASES, who=st.sampled_from(VOLUNTEERS))
    def names_are_opened(self, case: str, who: str) -> None:
        team = self.teams.get(case)
        given: dict[str, Any] = {"clinic": self.portal.clinic, "by": self.actors[who], "now": self.now}
        if team and self.done(volunteers.open_names(team.match, **given)):
            team.open.setdefault(who, self.now + LASTS)

    @rule(case=CASES, who=st.sampled_from(VOLUNTEERS), conflict=st.sampled_from([False, False, True]))
    def she_says_whether_she_has_a_conflict(self, case: str, who: str, conflict: bool) -> None:
        team = self.teams.get(case)
        verb = volunteers.declare_conflict if conflict else volunteers.declare_clear
        if team and self.done(verb(team.match, by=self.actors[who], now=self.now)):
            team.open[who] = self.now - LASTS
            if conflict:
                del self.teams[case]

    @rule(case=CASES, to=st.sampled_from(["cleared", "engaged", "ended"]))
    def a_coordinator_moves_the_match(self, case: str, to: str) -> None:
        team = self.teams.get(case)
        given: dict[str, Any] = {"by": self.by, "now": self.now}
        if team is None:
            return
        if to == "cleared" and self.done(engagement.clear_conflicts(team.match, **given)):
            team.state = "cleared"
        elif to == "engaged" and self.done(engagement.engage_match(team.match, **given)):
            team.state = "engaged"
        elif to == "ended" and self.done(engagement.end_engagement(team.match, reason="transfer", **given)):
            del self.teams[case]

    @rule(case=CASES, attorney=ATTORNEYS, engaged=st.booleans())
    def a_team_goes_a_long_way(self, case: str, attorney: str, engaged: bool) -> None:
        """The ordinary path in one step, and beyond its end: she looks while a stage is hers, and once it is over."""
        self.a_team_is_asked(case=case, attorney=attorney)
        self.an_offer_is_answered(case=case, who=attorney, yes=True)
        for who in (attorney, "Isidro"):
            self.names_are_opened(case=case, who=who)
        if engaged:
            self.a_coordinator_moves_the_match(case=case, to="cleared")
            self.a_coordinator_moves_the_match(case=case, to="engaged")
        self.look_around_as(who=attorney, start=0)
        if engaged:
            self.a_coordinator_moves_the_match(case=case, to="ended")
        else:
            self.time_passes(hours=73)
        self.look_around_as(who=attorney, start=0)

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(case=CASES, who=STAFF)
    def one_of_the_staff_is_kept_off(self, case: str, who: str) -> None:
        out: dict[str, Any] = {"account": self.actors[who].account, "reason": "her town", "by": SYSTEM, "now": self.now}
        if (who, case) not in self.off:
            if self.done(screen_off(self.world.cases[case], **out)):
                self.off.add((who, case))
            return
        (one,) = self.runner.run(screens.screens_of(self.world.cases[case]))
        assert self.done(lift(one.id, by=Actor(label="Ruth", trusted=True), now=self.now))
        self.off.remove((who, case))

    @rule(who=st.sampled_from([*VOLUNTEERS, "Carmen", "Joel", "partner", "nobody"]), start=st.integers(0, 9))
    def look_around_as(self, who: str, start: int) -> None:
        """Open a tenth of all pages, and those that matter most, with everything there is."""
        chosen = sorted({*ASKED, *self.gets[start::10]})
        for answer in self.runner.run(self._walk(who, chosen)):
            for mark in self.world.found_in(answer.said):
                allowed = self.may(who, mark.case, mark.what, answer)
                assert allowed, f"{who} reads {mark.what} of {mark.case} at {answer.route}"
            hidden = [case for off, case in self.off if off == who]
            assert [case for case in hidden if f"NM-{case}" in answer.said or f"{case}xyz" in answer.said] == []
        self._sees_what_is_hers(who)

    async def _walk(self, who: str, routes: list[str]) -> list[Answer]:
        hide(NOTHING)
        world = await World.now(self.portal.clinic.host)
        found = [one async for one in looked_around(self.visitors[who], world, routes, most=3)]
        hide(NOTHING)
        sent = str(await select("SELECT subject, body, path FROM message"))
        return [*found, Answer("mail", "", 200, sent)]

    def may(self, who: str, case: str, what: str, answer: Answer) -> bool:
        """What the stages of DOMAIN allow, counted from what happened and not from the tables."""
        if who in ("Carmen", "Joel"):
            pages = [page for page in STAFF_MAY if f"{answer.route}/".startswith(f"{page}/")]
            return (who, case) not in self.off and any(what in STAFF_MAY[page] for page in pages)
        team = self.teams.get(case)
        if team is None or who not in team.members:
            return False
        if team.state == "engaged" and answer.route.startswith("/matches/{key}/documents"):
            return who != "Isidro" and what in SHARED  # by an earlier match of hers as well: it is the same case
        if not answer.path.startswith(f"/matches/{team.match}/"):
            return False
        if team.state == "engaged" and answer.route == "/matches/{key}/file":
            return what in (FOR_INTERPRETERS if who == "Isidro" else FOR_INTERPRETERS | FILE)
        return self.has_names(team, who) and answer.route == "/matches/{key}/names" and what in NAMES

    def has_names(self, team: Team, who: str) -> bool:
        """Whether the names are open to somebody now."""
        return team.state == "accepted" and self.now < team.open.get(who, self.now)

    def _sees_what_is_hers(self, who: str) -> None:
        """Whoever has come to a stage does see it: a portal that shows nothing would keep every secret."""
        for case, team in self.teams.items():
            end = "file" if team.state == "engaged" else "names" if self.has_names(team, who) else ""
            if who in team.members and end:
                path = f"/matches/{team.match}/{end}"
                said = self.runner.run(self.visitors[who].open(path)).answer.text
                assert ("name", case) in {(mark.what, mark.case) for mark in self.world.found_in(said)}, path


def test_nobody_ever_sees_a_field_of_a_stage_that_she_has_not_reached(fresh_urls: Iterator[str]) -> None:
    play(AnyLooking, fresh_urls, examples=5, steps=22)
