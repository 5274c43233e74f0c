"""A bar's staff in the portal: her roster's pages and nothing else, whatever address she tries."""

from collections import defaultdict
from uuid import UUID

from core.model.people import BarAdmission, Capacity
from core.model.vocabulary import SeatRole, Standing
from core.store.matches import teams
from core.store.rosters import roster_runs, rosters
from tests.rosters import OurBar, members, synced
from tests.web.portal import Page, Portal, Visitor
from tests.web.test_roles import ANYONE, ROUTES, TOKEN, routes_of
from tests.worlds import accept_all, attorney, case, coordinator, interpreter, joined, offered, seat, waiting
from web.access.forgery import signature
from web.access.kept_forms import FIELD
from web.access.sessions import SESSION

OPEN = {route for route, roles in ROUTES.items() if roles == ANYONE} | {
    "GET /",
    "POST /sign-out",
    "GET /inbox",
    "GET /inbox/{key}",
    "POST /inbox/read",
    "GET /rosters",
    "GET /reports",
    "GET /reports/{name}",
    "GET /reports/{name}/csv",
    "GET /panels/{name}",
}
"""What is open to her besides a roster's addresses: what is to anyone, and what plugins report and show to bars."""
PERSONAL = ("Alma Ortiz", "Isidro", "NM-7731", "Catron", "mam", "es-419", "A mother with two children")


class OtherBar(OurBar):
    """The roster of another bar."""

    name, title, bar = "other-bar", "Members of the other bar", "NY"


async def world(portal: Portal) -> dict[str, UUID]:
    """Two rosters, and a case with a team of which the attorney is a member of the first bar."""
    await synced(members(30))
    await synced(members(30), roster=OtherBar())
    alma = await joined(
        attorney("Alma Ortiz", bars=(BarAdmission("NM", "1001", Standing.ACTIVE),), capacity=Capacity(cases=4))
    )
    isidro = await joined(interpreter("Isidro"))
    wanted = await waiting(case("NM-7731", county="Catron", languages=("mam",)))
    team = (seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
    match = await offered(wanted, *team, by=await coordinator(), at=portal.clinic)
    offers = await teams.offers_of_match(match)
    await accept_all(match)
    found = await teams.find_match(match)
    return {"case": wanted.id, "match": match, "offer": offers[0].id, "alma": alma.id, "proposal": found.proposal}


async def ask(visitor: Visitor, route: str, *, name: str, key: UUID) -> Page:
    """Use a route, with a valid form where it takes one."""
    method, path = route.split(" ")
    signed = {FIELD: signature(visitor.client.cookies[SESSION]), "key": str(key)}
    named = defaultdict(lambda: str(key), name=name, ref="NM-7731", token="none", language="es")
    address = path.format_map(named)
    return Page(await visitor.client.request(method, address, data=signed if method == "POST" else None))


def of_roster(route: str) -> bool:
    """Whether an address is one of a roster's."""
    return "/rosters/{name}" in route


async def test_every_address_but_those_of_her_roster_is_closed_to_her(portal: Portal) -> None:
    keys = await world(portal)
    partner = await portal.partner("our-bar")
    closed = set(routes_of(portal.app)) - OPEN - {route for route in ROUTES if of_roster(route)}
    assert closed

    answers = {
        (route, kind): (await ask(partner, route, name="our-bar", key=key)).status
        for route in sorted(closed)
        for kind, key in keys.items()
    }

    assert {route: status for route, status in answers.items() if status not in (403, 404)} == {}


async def test_another_bars_roster_is_answered_as_one_that_is_not_there(portal: Portal) -> None:
    keys = await world(portal)
    partner = await portal.partner("our-bar")
    hers = {route for route, roles in ROUTES.items() if of_roster(route) and "partner" in roles and roles != TOKEN}
    runs = await roster_runs.last_runs()
    run = runs[(await rosters.find_roster("other-bar"))["id"]].id

    for route in sorted(hers):
        for key in (run, keys["match"]):
            theirs = await ask(partner, route, name="other-bar", key=key)
            nobodys = await ask(partner, route, name="no-bar", key=key)
            assert (theirs.status, nobodys.status) == (404, 404), route
            assert theirs.text.replace("other-bar", "no-bar") == nobodys.text, route
    listed = await partner.open("/rosters")
    assert "Members of our bar" in listed.text
    assert "other bar" not in listed.text
    run_page = await partner.open(f"/rosters/our-bar/runs/{run}")
    assert run_page.status == 404


async def test_no_page_of_hers_holds_anything_of_a_case_or_of_a_volunteer(portal: Portal) -> None:
    await world(portal)
    partner = await portal.partner("our-bar")
    seen, waiting_pages = set[str](), ["/"]
    while waiting_pages:
        path = waiting_pages.pop()
        page = await partner.open(path)
        assert page.status == 200, path
        assert [word for word in PERSONAL if word in page.answer.text] == [], path
        seen.add(path)
        waiting_pages += [link for link in page.links if link.startswith("/") and link not in {*seen, *waiting_pages}]

    assert {"/rosters", "/rosters/our-bar", "/rosters/our-bar/figures", "/rosters/our-bar/access"} <= seen
    assert not any(path.startswith(("/cases", "/matches", "/volunteers", "/today", "/waitlist")) for path in seen)
