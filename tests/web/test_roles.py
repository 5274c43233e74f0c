"""Every route names its roles, and holds everybody else off."""

import re
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar, get
from litestar.exceptions import ImproperlyConfiguredException
from litestar.routes import HTTPRoute

from core.model.vocabulary import AccountRole
from core.store.accounts import open_session
from tests.joining import invited, joined
from tests.web.casefile.routes import CASEWORK_ROUTES
from tests.web.portal import Portal, Visitor
from tests.worlds import NOW
from web.access.forgery import signature
from web.access.kept_forms import FIELD
from web.access.roles import only, require_declared_roles
from web.access.sessions import SESSION

ANYONE = "anyone"
TOKEN = "token"
EVERYBODY = "volunteer coordinator administrator partner"
CLINIC = "volunteer coordinator administrator"
STAFF = "coordinator administrator"
KEEPERS = "coordinator administrator partner"
VOLUNTEER = "volunteer"
ROSTER_KEEPERS = "coordinator administrator partner"
UNVERIFIED = "unverified"
ROUTES = {
    "GET /": f"{EVERYBODY} {UNVERIFIED}",
    "GET /health": ANYONE,
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE,
    "POST /sign-out": f"{EVERYBODY} {UNVERIFIED}",
    "GET /cases": CLINIC,
    "GET /cases/{key}": CLINIC,
    "POST /cases/{key}/claim": VOLUNTEER,
    "GET /intake": STAFF,
    "GET /intake/new": STAFF,
    "POST /intake/new": STAFF,
    "POST /intake/known": STAFF,
    "GET /intake/import": STAFF,
    "POST /intake/import/file": STAFF,
    "GET /intake/import/{key}": STAFF,
    "POST /intake/import/{key}": STAFF,
    "GET /cases/{key}/client": STAFF,
    "GET /cases/{key}/client/edit": STAFF,
    "POST /cases/{key}/client/edit": STAFF,
    "GET /cases/{key}/eligibility": STAFF,
    "POST /cases/{key}/eligibility": STAFF,
    "POST /cases/{key}/eligibility/decide": STAFF,
    "GET /office/eligibility": STAFF,
    "POST /office/eligibility": STAFF,
    "GET /profile/conflicts": VOLUNTEER,
    "POST /profile/conflicts": VOLUNTEER,
    "POST /profile/conflicts/{listed}/remove": VOLUNTEER,
    "GET /volunteers/{key}/conflicts": STAFF,
    "POST /volunteers/{key}/conflicts": STAFF,
    "POST /volunteers/{key}/conflicts/{listed}/remove": STAFF,
    "GET /cases/{key}/conflicts": STAFF,
    "POST /cases/{key}/conflicts": STAFF,
    "POST /cases/{key}/conflicts/decide": STAFF,
    "POST /cases/{key}/conflicts/parties/{party}/remove": STAFF,
    "POST /volunteers/{key}/firm": STAFF,
    "POST /cases/{key}/screen": STAFF,
    "POST /cases/{key}/turn-down": STAFF,
    "POST /cases/{key}/waitlist": STAFF,
    "POST /cases/{key}/withdraw": STAFF,
    "GET /claims": CLINIC,
    "POST /claims/{key}/withdraw": CLINIC,
    "GET /offers": VOLUNTEER,
    "GET /offers/{key}": VOLUNTEER,
    "POST /offers/{key}/accept": CLINIC,
    "POST /offers/{key}/decline": CLINIC,
    "POST /offers/{key}/revoke": STAFF,
    "POST /offers/{key}/thaw": STAFF,
    "GET /matches": CLINIC,
    "GET /matches/{key}": CLINIC,
    "POST /matches/{key}/clear": STAFF,
    "POST /matches/{key}/close": STAFF,
    "POST /matches/{key}/end": STAFF,
    "POST /matches/{key}/engage": STAFF,
    "POST /matches/{key}/undo": STAFF,
    "POST /seats/{key}/conflict": STAFF,
    "GET /matches/{key}/deadlines.ics": VOLUNTEER,
    "GET /matches/{key}/names": VOLUNTEER,
    "POST /matches/{key}/names/open": VOLUNTEER,
    "POST /matches/{key}/names/clear": VOLUNTEER,
    "POST /matches/{key}/names/conflict": VOLUNTEER,
    "POST /matches/{key}/names/ask": VOLUNTEER,
    "GET /matches/{key}/file": VOLUNTEER,
    "GET /matches/{key}/checks": STAFF,
    "POST /questions/{key}/reply": STAFF,
    "POST /seats/{key}/names/again": STAFF,
    "GET /cases/{key}/disclosures": STAFF,
    "GET /cases/{key}/disclosures/letter": STAFF,
    "GET /cases/{key}/disclosures/file": STAFF,
    "GET /cases/{key}/disclosures/screens": STAFF,
    "POST /cases/{key}/disclosures/screens": STAFF,
    "POST /screens/{key}/lift": STAFF,
    "GET /office/disclosures": STAFF,
    "GET /cases/{key}/privacy": STAFF,
    "POST /cases/{key}/privacy/hold": STAFF,
    "POST /cases/{key}/privacy/lift": STAFF,
    "POST /cases/{key}/privacy/erase": STAFF,
    "GET /office/retention": STAFF,
    "POST /office/retention": STAFF,
    "POST /office/retention/take-back": STAFF,
    "GET /office/keys": STAFF,
    "GET /inbox": f"{EVERYBODY} {UNVERIFIED}",
    "GET /inbox/{key}": f"{EVERYBODY} {UNVERIFIED}",
    "POST /inbox/read": f"{EVERYBODY} {UNVERIFIED}",
    "GET /office": STAFF,
    "GET /outgoing": STAFF,
    "GET /alerts": STAFF,
    "GET /today": STAFF,
    "GET /panels/{name}": EVERYBODY,
    "GET /reports": KEEPERS,
    "GET /reports/{name}": KEEPERS,
    "GET /reports/{name}/csv": KEEPERS,
    "GET /plugins": STAFF,
    "POST /plugins/off": STAFF,
    "POST /plugins/on": STAFF,
    "POST /alerts/{key}/close": STAFF,
    "GET /waitlist": STAFF,
    "GET /waitlist/{ref}": STAFF,
    "GET /runs": STAFF,
    "POST /runs": STAFF,
    "GET /runs/sharing": STAFF,
    "POST /runs/sharing/floors": STAFF,
    "POST /runs/sharing/floors/drop": STAFF,
    "POST /runs/sharing/spread": STAFF,
    "GET /runs/{key}": STAFF,
    "GET /runs/{key}/compare": STAFF,
    "GET /runs/{key}/recruit": STAFF,
    "POST /runs/{key}/recruit": STAFF,
    "GET /runs/{key}/what-if": STAFF,
    "POST /runs/{key}/what-if": STAFF,
    "GET /proposals/{key}": STAFF,
    "POST /proposals/approve": STAFF,
    "POST /proposals/{key}/approve": STAFF,
    "POST /proposals/{key}/reject": STAFF,
    "GET /office/listings": STAFF,
    "POST /office/listings": STAFF,
    "GET /cases/{key}/needs": STAFF,
    "POST /cases/{key}/needs": STAFF,
    "POST /cases/{key}/needs/summary": STAFF,
    "POST /cases/{key}/needs/listing": STAFF,
    "GET /cases/{key}/dates": STAFF,
    "POST /cases/{key}/dates": STAFF,
    "POST /cases/{key}/deadline": STAFF,
    "POST /cases/{key}/deadline/follow": STAFF,
    "GET /cases/{key}/related": STAFF,
    "POST /cases/{key}/related": STAFF,
    "POST /cases/{key}/related/part": STAFF,
    "POST /cases/{key}/referrals": STAFF,
    "POST /cases/{key}/referrals/undo": STAFF,
    "POST /cases/{key}/reopen": STAFF,
    "GET /office/places": STAFF,
    "POST /office/places": STAFF,
    "POST /office/places/retire": STAFF,
    "POST /cases/{key}/deadlines/back": CLINIC,
    "POST /cases/{key}/deadlines/hand": CLINIC,
    "POST /cases/{key}/deadlines/done": CLINIC,
    "POST /cases/{key}/deadlines/decide": STAFF,
    "POST /cases/{key}/deadlines/undo": STAFF,
    "GET /deadlines": STAFF,
    "GET /deadlines.ics": STAFF,
    "GET /deadlines/rules": STAFF,
    "GET /deadlines/rules/{name}": STAFF,
    "POST /deadlines/rules/{name}": STAFF,
    "POST /deadlines/rules/{name}/restore": STAFF,
    "GET /deadlines/changes": STAFF,
    "GET /deadlines/changes/{key}": STAFF,
    "GET /cases/{key}/answers": STAFF,
    "POST /cases/{key}/answers": STAFF,
    "GET /cases/{key}/settle": STAFF,
    "POST /cases/{key}/pin": STAFF,
    "POST /cases/{key}/forbid": STAFF,
    "POST /settled/{key}/lift": STAFF,
    "GET /proposals/{key}/swap": STAFF,
    "POST /proposals/{key}/swap": STAFF,
    "GET /volunteers": STAFF,
    "GET /volunteers/{key}": STAFF,
    "POST /volunteers/{key}/standing": STAFF,
    "GET /volunteers/duplicates": STAFF,
    "POST /volunteers/apart": STAFF,
    "GET /volunteers/{key}/merge": STAFF,
    "POST /volunteers/{key}/merge": STAFF,
    "POST /merges/{key}/split": STAFF,
    "GET /rosters/{name}/figures": KEEPERS,
    "GET /rosters/{name}/access": KEEPERS,
    "POST /rosters/{name}/partners": STAFF,
    "POST /rosters/{name}/partners/link": STAFF,
    "POST /rosters/{name}/partners/remove": STAFF,
    "POST /rosters/{name}/tokens": KEEPERS,
    "POST /rosters/{name}/tokens/revoke": KEEPERS,
    "GET /password/{token}": ANYONE,
    "POST /password/{token}": ANYONE,
    "GET /api/v1/openapi.json": ANYONE,
    "PUT /api/v1/rosters/{name}/entries": TOKEN,
    "GET /rosters": KEEPERS,
    "POST /rosters": STAFF,
    "GET /rosters/{name}": KEEPERS,
    "POST /rosters/{name}/read": KEEPERS,
    "POST /rosters/{name}/upload": KEEPERS,
    "GET /rosters/{name}/mapping": KEEPERS,
    "POST /rosters/{name}/mapping": KEEPERS,
    "GET /rosters/{name}/work": KEEPERS,
    "GET /rosters/{name}/runs/{key}": KEEPERS,
    "POST /rosters/{name}/runs/{key}/accept": STAFF,
    "POST /rosters/{name}/runs/{key}/apply": KEEPERS,
    "POST /rosters/{name}/runs/{key}/go-on": KEEPERS,
    "POST /rosters/{name}/runs/{key}/leave": KEEPERS,
    "POST /rosters/{name}/runs/{key}/undo": STAFF,
    "GET /rosters/{name}/members": STAFF,
    "POST /rosters/{name}/members/confirm": STAFF,
    "POST /rosters/{name}/members/separate": STAFF,
    "POST /rosters/{name}/members/two-persons": STAFF,
    "GET /help": ANYONE,
    "GET /help/in/{language}": ANYONE,
    "GET /help/data": ANYONE,
    "GET /help/leave": ANYONE,
    "POST /help/close": ANYONE,
    "GET /help/begin": ANYONE,
    "POST /help/begin": ANYONE,
    "GET /help/go-on": ANYONE,
    "GET /help/ask/{name}": ANYONE,
    "POST /help/ask/{name}": ANYONE,
    "GET /help/pause": ANYONE,
    "POST /help/pause": ANYONE,
    "GET /help/check": ANYONE,
    "POST /help/send": ANYONE,
    "GET /help/code": ANYONE,
    "POST /help/code": ANYONE,
    "GET /help/case": ANYONE,
    "POST /help/case/write": ANYONE,
    "GET /help/case/papers": ANYONE,
    "POST /help/case/papers/send": ANYONE,
    "GET /help/case/code": ANYONE,
    "POST /help/case/code": ANYONE,
    "GET /help/case/stop": ANYONE,
    "POST /help/case/stop": ANYONE,
    "GET /cases/{key}/messages": STAFF,
    "POST /cases/{key}/messages/write": STAFF,
    "POST /cases/{key}/messages/code": STAFF,
    "POST /cases/{key}/messages/consent": STAFF,
    "GET /join/{token}": ANYONE,
    "POST /join/{token}": ANYONE,
    "GET /join/confirm/{token}": ANYONE,
    "POST /join/confirm/{token}": ANYONE,
    "GET /terms": ANYONE,
    "GET /profile": f"{VOLUNTEER} {UNVERIFIED}",
    "POST /profile": f"{VOLUNTEER} {UNVERIFIED}",
    "GET /welcome": f"{VOLUNTEER} {UNVERIFIED}",
    "GET /joinings": STAFF,
    "GET /joinings/{key}": STAFF,
    "POST /joinings/{key}/confirm": STAFF,
    "POST /joinings/{key}/refuse": STAFF,
    "GET /rosters/{name}/invitations": ROSTER_KEEPERS,
    "POST /rosters/{name}/invitations": ROSTER_KEEPERS,
    "POST /rosters/{name}/invitations/{key}/revoke": ROSTER_KEEPERS,
    **CASEWORK_ROUTES,
}
"""Who may use what, written down a second time so that a change here is a decision."""

NOBODY_HAS_THIS = UUID(int=7)
WORDS = {"ref": "NM-0", "name": "no-roster", "token": "x", "step": "done"}
"""What stands for the places of an address that are no ids."""


def declared(opt: dict[str, Any]) -> str:
    """What a route says of who may use it."""
    if opt.get("token"):
        return TOKEN
    named: list[str] = [role for role in AccountRole if role in opt["roles"]]
    return " ".join([*named, UNVERIFIED] if opt["unverified"] else named) or ANYONE


def routes_of(app: Litestar) -> dict[str, str]:
    """The routes of the application with their declared roles, static files left out."""
    found: dict[str, str] = {}
    for route in app.routes:
        if isinstance(route, HTTPRoute) and not route.path.startswith("/static"):
            path = route.path_format
            for handler in route.route_handlers:
                for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                    found[f"{method} {path}"] = declared(handler.opt)
    return found


async def ask(visitor: Visitor, route: str) -> tuple[int, str]:
    """Use a route as this visitor, with a valid form; the status and where it leads."""
    method, path = route.split(" ")
    token = visitor.client.cookies.get(SESSION)
    fields = {FIELD: signature(token)} if token else {}
    places = re.findall(r"{(\w+)}", path)
    there = path.format(**dict.fromkeys(places, NOBODY_HAS_THIS) | WORDS)
    answer = await visitor.client.request(method, there, data=fields if method == "POST" else None)
    return answer.status_code, answer.headers.get("location", "")


async def test_the_routes_and_their_roles_are_these(portal: Portal) -> None:
    assert routes_of(portal.app) == ROUTES


async def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page_by_every_other_route(portal: Portal) -> None:
    stranger = portal.visitor()

    answers = {route: await ask(stranger, route) for route, roles in ROUTES.items() if roles not in (ANYONE, TOKEN)}

    open_doors = {route for route, (status, to) in answers.items() if status != 303 or not to.startswith("/sign-in")}
    assert open_doors == set()


@pytest.mark.parametrize("role", list(AccountRole))
async def test_each_role_is_held_off_from_what_is_not_its_own(portal: Portal, role: AccountRole) -> None:
    visitor = await portal.coordinator(role)
    mine = {route for route, roles in ROUTES.items() if roles not in (ANYONE, TOKEN) and role in roles.split()}
    other = {route for route, roles in ROUTES.items() if roles not in (ANYONE, TOKEN) and role not in roles.split()}

    refused = {route for route in sorted(other) if (await ask(visitor, route))[0] == 403}
    admitted = {
        route for route in sorted(mine - {"POST /sign-out"}) if (await ask(visitor, route))[0] not in (401, 500)
    }

    assert refused == other
    assert admitted == mine - {"POST /sign-out"}


async def test_whom_nobody_has_vouched_for_is_held_off_from_everything_that_does_not_say_otherwise(
    portal: Portal,
) -> None:
    waits = await joined(await invited())
    assert waits.account is not None
    newcomer = Visitor(portal.app, **{SESSION: await open_session(waits.account, now=NOW)})
    guarded = {route: roles.split() for route, roles in ROUTES.items() if roles != ANYONE and route != "POST /sign-out"}

    opened = {route for route in guarded if (await ask(newcomer, route))[0] not in (403, 401, 500)}

    assert opened == {route for route, roles in guarded.items() if UNVERIFIED in roles} - {"POST /sign-out"}


def test_a_route_that_does_not_name_its_roles_stops_the_start() -> None:
    @get("/open-by-mistake")
    async def open_by_mistake() -> str:
        return ""

    with pytest.raises(ImproperlyConfiguredException, match="GET /open-by-mistake"):
        require_declared_roles(Litestar([open_by_mistake], openapi_config=None))


def test_a_route_that_names_its_roles_may_start() -> None:
    @get("/meant", opt=only(frozenset({AccountRole.VOLUNTEER})))
    async def meant() -> str:
        return ""

    app = Litestar([meant], openapi_config=None)
    require_declared_roles(app)

    assert routes_of(app) == {"GET /meant": VOLUNTEER}
