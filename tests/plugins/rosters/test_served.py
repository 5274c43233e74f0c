"""Rosters that a bar's server gives as JSON, over a real connection."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import PluginError
from core.host import PluginState
from core.model.vocabulary import Standing
from tests.plugins.rosters.bar_server import Answer, BarServer, Query, bar_server
from tests.plugins.rosters.described import entries_of, host_of

JSON = "plugins.rosters.served"
MEMBERS = [{"id": n, "name": {"first": "Ana", "last": f"Baca {n}"}, "status": "Active"} for n in range(25)]


@pytest.fixture
def bar(monkeypatch: pytest.MonkeyPatch) -> Iterator[BarServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with bar_server() as server:
        server.members = list(MEMBERS)
        yield server


def describe(bar: BarServer, more: str = "") -> str:
    columns = 'columns = { number = "id", first_name = "name.first", last_name = "name.last" }'
    return f'[our-bar]\nkind = "json"\ntitle = "Our bar"\nbar = "NM"\nurl = "{bar.url}/members"\n{columns}\n{more}'


async def numbers(folder: Path, bar: BarServer, more: str = "") -> list[str]:
    async with host_of(folder, describe(bar, more), JSON) as host:
        return [entry.number for entry in await entries_of(host, "our-bar")]


async def test_members_are_read_from_nested_values(tmp_path: Path, bar: BarServer) -> None:
    async with host_of(tmp_path, describe(bar), JSON) as host:
        entries = await entries_of(host, "our-bar")

    assert [entry.number for entry in entries] == [str(n) for n in range(25)]
    assert (entries[3].name, entries[3].standing, entries[3].origin) == ("Ana Baca 3", Standing.ACTIVE, "row 4")


def by_next(bar: BarServer, query: Query) -> Answer:
    at = int(query.get("cursor", 0))
    following = f"/members?cursor={at + 10}" if at + 10 < len(bar.members) else None
    return 200, {"data": {"members": bar.members[at : at + 10]}, "links": {"next": following}}, {}


def by_link(bar: BarServer, query: Query) -> Answer:
    at = int(query.get("cursor", 0))
    following = {"Link": f'<{bar.url}/members?cursor={at + 10}>; rel="next", <{bar.url}/>; rel="first"'}
    return 200, bar.members[at : at + 10], following if at + 10 < len(bar.members) else {}


def by_page(bar: BarServer, query: Query) -> Answer:
    at = (int(query["page"]) - 1) * int(query["limit"])
    return 200, bar.members[at : at + int(query["limit"])], {}


Serves = Callable[[BarServer, Query], Answer]
PAGING: dict[str, Serves] = {
    'paging = "next"\nnext = "links.next"\nrecords = "data.members"': by_next,
    'paging = "link"': by_link,
    'paging = "page"\npage_size = 10': by_page,
    'paging = "offset"\npage_size = 10': BarServer.by_offset,
    'paging = "offset"\npage_size = 10\n# the server gives fewer': lambda bar, query: bar.by_offset(query, most=7),
}


@pytest.mark.parametrize("paging", PAGING)
async def test_page_after_page_is_asked_for_until_the_last(tmp_path: Path, bar: BarServer, paging: str) -> None:
    bar.page = lambda query: PAGING[paging](bar, query)

    assert await numbers(tmp_path, bar, paging) == [str(n) for n in range(25)]


async def test_the_open_data_of_new_york_has_a_name(tmp_path: Path, bar: BarServer) -> None:
    bar.members = [
        {"registration_number": "77", "first_name": "ANA", "last_name": "BACA", "status": "Currently registered"},
        {"registration_number": "4312345", "first_name": "Ben", "last_name": "Öz", "suffix": "Jr.", "middle_name": "M",
         "company_name": "Öz LLP", "state": "NY", "country": "United States", "county": "Kings",
         "phone_number": "(716) 366-3677", "email_address": "b@example.org", "year_admitted": "1998"},
    ]  # fmt: skip
    bar.page = bar.by_offset
    description = f'[ny]\nkind = "json"\npreset = "new-york"\nurl = "{bar.url}/resource/eqw2-r5nb.json"'

    async with host_of(tmp_path, description, JSON) as host:
        ana, ben = await entries_of(host, "ny")

    assert (ana.number, ana.name, ana.standing) == ("0000077", "Ana Baca", Standing.ACTIVE)
    assert (ben.name, ben.firm, ben.county, ben.admitted) == ("Ben M Öz, Jr.", "Öz LLP", "Kings", 1998)
    assert bar.asked[0] == {"$limit": "5000", "$offset": "0"}


async def test_a_page_that_did_not_change_is_not_sent_again_and_its_members_stay(
    tmp_path: Path, bar: BarServer
) -> None:
    bar.page = bar.by_offset
    async with host_of(tmp_path, describe(bar, 'paging = "offset"\npage_size = 10'), JSON) as host:
        first = await entries_of(host, "our-bar")
        bar.members[24] = bar.members[24] | {"status": "Retired"}
        second = await entries_of(host, "our-bar")

    assert bar.unchanged == 3  # of four pages, the empty one at the end included
    assert first[:24] == second[:24]
    assert second[24].standing is Standing.INACTIVE


async def test_a_bearer_token_comes_from_the_environment(
    tmp_path: Path, bar: BarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar.token = "s3cret"
    with pytest.raises(PluginError, match="The environment variable OUR_BAR_TOKEN is not set"):
        await numbers(tmp_path, bar, 'token_env = "OUR_BAR_TOKEN"')
    monkeypatch.setenv("OUR_BAR_TOKEN", "wrong")
    with pytest.raises(PluginError, match="answers 401: check the token") as refused:
        await numbers(tmp_path, bar, 'token_env = "OUR_BAR_TOKEN"')
    assert "wrong" not in str(refused.value)
    monkeypatch.setenv("OUR_BAR_TOKEN", "s3cret")
    assert len(await numbers(tmp_path, bar, 'token_env = "OUR_BAR_TOKEN"')) == 25


async def test_client_credentials_are_granted_a_token_and_a_new_one_when_it_ends(
    tmp_path: Path, bar: BarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends_after_one_page(query: Query) -> Answer:
        if query["offset"] == "10" and len(bar.grants) == 1:
            bar.token = "another"
            return 401, b"", {}
        return bar.by_offset(query)

    monkeypatch.setenv("OUR_BAR_SECRET", "s3cret")
    bar.page, bar.token = ends_after_one_page, "none yet"
    oauth = (
        f'oauth = {{ token_url = "{bar.url}/token", client_id = "amparo", secret_env = "OUR_BAR_SECRET", scope = "r" }}'
    )

    assert len(await numbers(tmp_path, bar, f'paging = "offset"\npage_size = 10\n{oauth}')) == 25
    identity = "Basic " + base64.b64encode(b"amparo:s3cret").decode()
    assert bar.grants == [{"grant_type": "client_credentials", "scope": "r", "identity": identity}] * 2


WRONG: dict[str, tuple[Callable[[BarServer], Answer], str]] = {
    "a refusal": (lambda bar: (403, b"", {}), "answers 403: check the token"),
    "a failure": (lambda bar: (500, b"", {}), "answers 500."),
    "another address": (lambda bar: (302, b"", {"Location": "/x"}), "answers 302: it has moved"),
    "half of it": (lambda bar: (200, b'[{"id": 1, "na', {}), "sends what is no JSON, or only half of it"),
    "a sign-in page": (lambda bar: (200, b"<html>", {}), "sends what is no JSON"),
    "no list": (lambda bar: (200, {"members": []}, {}), "gives no list of members in its answer. It has: members."),
    "no members": (lambda bar: (200, [1, 2], {}), "gives no list of members"),
    "a member without a number": (
        lambda bar: (200, [*bar.members, {"name": {"first": "X", "last": "Y"}}], {}),
        "127.0.0.1, row 26, number: the cell is empty",
    ),
    "members under other names": (lambda bar: (200, [{"bar_no": 1, "full_name": "A"}], {}), "no column is known"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_whatever_a_server_does_wrong_is_told_under_the_rosters_name(
    tmp_path: Path, bar: BarServer, what: str
) -> None:
    answer, said = WRONG[what]
    bar.page = lambda query: answer(bar)

    with pytest.raises(PluginError) as failure:
        await numbers(tmp_path, bar)
    assert said in str(failure.value)


PAGES: dict[str, tuple[Serves, str]] = {
    'paging = "offset"\npage_size = 10': (lambda bar, query: (200, bar.members[:10], {}), "the same page again"),
    'paging = "next"': (lambda bar, query: (200, {"next": "https://elsewhere.example/"}, {}), "gives no list"),
    'paging = "next"\nrecords = "m"': (lambda bar, query: (200, {"m": bar.members}, {}), "tells no next page at next"),
    'paging = "link"': (
        lambda bar, query: (200, bar.members, {"Link": '<https://elsewhere.example/2>; rel="next"'}),
        "leads to another server for its next page, which is not asked",
    ),
}


@pytest.mark.parametrize("paging", PAGES)
async def test_pages_that_lead_nowhere_are_told(tmp_path: Path, bar: BarServer, paging: str) -> None:
    answer, said = PAGES[paging]
    bar.page = lambda query: answer(bar, query)

    with pytest.raises(PluginError, match=said):
        await numbers(tmp_path, bar, paging)


async def test_a_server_that_is_not_there_is_told(tmp_path: Path, bar: BarServer) -> None:
    description = describe(bar).replace(bar.url, "http://127.0.0.1:1")

    async with host_of(tmp_path, description, JSON) as host:
        with pytest.raises(PluginError, match=r"our-bar: The server 127.0.0.1 does not answer .* \(ConnectError\)"):
            await entries_of(host, "our-bar")


@pytest.mark.parametrize(
    "more",
    ['url = "http://bar.example/members"', 'url = "file:///etc/passwd"'],
)
async def test_members_do_not_travel_unencrypted(tmp_path: Path, more: str) -> None:
    description = f'[our-bar]\nkind = "json"\ntitle = "X"\nbar = "NM"\n{more}'

    async with host_of(tmp_path, description, JSON) as host:
        (plugin,) = host.plugins()
    assert plugin.state is PluginState.FAILED
    assert "our-bar: write an address that begins with https://." in plugin.cause
