"""Documents that a coordinator shares: who on the engaged team reads them, from when on, and until when."""

from uuid import UUID

import pytest

from core import tables as t
from core.errors import Held, NotFound
from core.model.cases.documents import DocumentKind, Sharing
from core.model.people import Actor
from core.model.vocabulary import SeatRole
from core.services.casework import documents
from core.services.casework.documents import Brought
from core.services.casework.notes import take_back_note, write_note
from core.services.matches import engagement
from core.services.privacy.holding import hold_case
from tests.core.documents import held, kept, pdf
from tests.web.portal import Portal, Visitor
from tests.worlds import (
    NOW,
    accept_all,
    actor_of,
    attorney,
    case,
    coordinator,
    interpreter,
    joined,
    offered,
    seat,
    waiting,
)


class Team:
    """A case with an attorney, an interpreter and three documents, each shared otherwise."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.papers: dict[Sharing, UUID] = {}

    async def made(self) -> "Team":
        self.by, at = await coordinator(), self.portal.clinic
        alma, isidro = await joined(attorney("Alma")), await joined(interpreter("Isidro"))
        one = await waiting(case(languages=("mam",)))
        self.case = one.id
        self.match = await offered(
            one, seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")), by=self.by, at=at
        )
        self.actors: dict[str, Actor] = {"Alma": actor_of(alma), "Isidro": actor_of(isidro)}
        self.visitors: dict[str, Visitor] = {
            "Alma": await self.portal.volunteer(alma),
            "Isidro": await self.portal.volunteer(isidro),
        }
        for sharing in Sharing:
            brought = Brought(DocumentKind.COURT, f"{sharing}.pdf", sharing=sharing)
            self.papers[sharing] = await kept(self.case, pdf(), brought, by=self.by)
        return self

    async def reads(self, who: str) -> set[str]:
        """Which documents somebody finds on her page and gets by its links."""
        page = await self.visitors[who].open(f"/matches/{self.match}/documents")
        if page.status != 200:
            return set()
        found = [link for link in page.links if link.endswith("/file")]
        assert {(await self.visitors[who].client.get(link)).content for link in found} == {pdf()}
        return {str(one) for one, key in self.papers.items() if any(str(key) in link for link in found)}

    async def engaged(self) -> None:
        await accept_all(self.match)
        await engagement.clear_conflicts(self.match, by=self.by, now=NOW)
        await engagement.engage_match(self.match, by=self.by, now=NOW)


async def test_documents_are_read_by_whom_they_are_shared_with_while_the_engagement_lasts(portal: Portal) -> None:
    team = await Team(portal).made()
    assert [await team.reads(who) for who in ("Alma", "Isidro")] == [set(), set()]
    await accept_all(team.match)
    assert await team.reads("Alma") == set()
    await engagement.clear_conflicts(team.match, by=team.by, now=NOW)
    await engagement.engage_match(team.match, by=team.by, now=NOW)

    assert await team.reads("Alma") == {"attorneys", "team"}
    assert await team.reads("Isidro") == {"team"}
    file = await team.visitors["Alma"].open(f"/matches/{team.match}")
    assert f"/matches/{team.match}/documents" in file.links

    await engagement.end_engagement(team.match, reason="moved away", by=team.by, now=NOW)
    assert [await team.reads(who) for who in ("Alma", "Isidro")] == [set(), set()]


async def test_what_is_not_shared_is_not_there_and_every_look_is_noted(portal: Portal) -> None:
    team = await Team(portal).made()
    await team.engaged()
    for who, sharing in (("Alma", Sharing.STAFF), ("Isidro", Sharing.STAFF), ("Isidro", Sharing.ATTORNEYS)):
        with pytest.raises(NotFound):
            await held(team.case, team.papers[sharing], by=team.actors[who])
        path = f"/matches/{team.match}/documents/{team.papers[sharing]}/file"
        assert (await team.visitors[who].open(path)).status == 404
    assert await t.Disclosure.count() == 0

    await team.reads("Isidro")
    seen = await t.Disclosure.select(t.Disclosure.actor_label, t.Disclosure.purpose, t.Disclosure.stage)
    assert seen == [{"actor_label": "Isidro", "purpose": "engagement", "stage": 2}] * 2


async def test_a_document_that_is_shared_no_more_is_gone_at_once(portal: Portal) -> None:
    team = await Team(portal).made()
    await team.engaged()
    for paper in (team.papers[Sharing.TEAM], team.papers[Sharing.ATTORNEYS]):
        await documents.describe_document(
            paper, case=team.case, kind=DocumentKind.COURT, about="", sharing=Sharing.STAFF, by=team.by, now=NOW
        )
    page = await team.visitors["Alma"].open(f"/matches/{team.match}/documents")
    assert "Nothing is shared with you" in page.text


async def test_another_match_of_hers_opens_no_document_of_this_one(portal: Portal) -> None:
    team = await Team(portal).made()
    await team.engaged()
    elsewhere = await Team(portal).made()
    await elsewhere.engaged()
    path = f"/matches/{elsewhere.match}/documents"
    assert (await team.visitors["Alma"].open(path)).status == 404
    mixed = f"/matches/{team.match}/documents/{elsewhere.papers[Sharing.TEAM]}/file"
    assert (await team.visitors["Alma"].open(mixed)).status == 404


async def test_nothing_is_deleted_under_a_legal_hold(portal: Portal) -> None:
    team = await Team(portal).made()
    note = await write_note(team.case, "The mother came along.", by=team.by, now=NOW)
    await hold_case(team.case, reason="a court asks for the file", by=team.by, now=NOW)
    with pytest.raises(Held):
        await documents.remove_document(team.papers[Sharing.TEAM], case=team.case, by=team.by, now=NOW)
    with pytest.raises(Held):
        await take_back_note(team.case, note, by=team.by, now=NOW)
    assert len(await documents.list_documents(team.case, by=team.by, now=NOW)) == 3
