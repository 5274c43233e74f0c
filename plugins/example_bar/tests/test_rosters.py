"""The members: their contract, against a real server on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from example_bar import rosters

from amparo import AmparoError, Settings, Spoken, Standing
from amparo_testing import check_roster, entries_of

ALMA = {"number": "007", "name": "Alma Reyes", "status": "Good Standing", "languages": ["es"], "admitted": 2011}
OMAR = {"number": "008", "name": "Omar Haddad", "status": "On sabbatical"}
PAGES: dict[str, Any] = {
    "/members": {"members": [ALMA], "next": "/members?page=2"},
    "/members?page=2": {"members": [OMAR], "next": None},
    "/elsewhere": {"members": [], "next": "https://other.example.org/members"},
}


class Service(BaseHTTPRequestHandler):
    """The bar's service: two pages, for whoever brings the token."""

    def do_GET(self) -> None:
        """Answer with a page."""
        known = self.headers["Authorization"] == "Bearer secret"
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/members")
            self.end_headers()
            return
        self.send_response(200 if known and self.path in PAGES else 403)
        self.end_headers()
        self.wfile.write(json.dumps(PAGES.get(self.path, {})).encode() if known else b"")

    def log_message(self, *said: Any) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a running service."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/members"
        server.shutdown()


def test_it_keeps_its_contract(address: str) -> None:
    check_roster(rosters.Members(address, "secret"))


def test_all_pages_are_read_and_put_into_our_words(address: str) -> None:
    alma, omar = entries_of(rosters.Members(address, "secret"))

    assert (alma.number, alma.standing, alma.languages) == ("007", Standing.ACTIVE, (Spoken("es"),))
    assert (omar.status, omar.standing) == ("On sabbatical", Standing.UNKNOWN)


@pytest.mark.parametrize(("path", "token"), [("/members", "wrong"), ("/nowhere", "secret"), ("/moved", "secret")])
def test_what_the_service_refuses_fails_the_run(address: str, path: str, token: str) -> None:
    with pytest.raises(OSError, match="HTTP Error"):
        entries_of(rosters.Members(address.replace("/members", path), token))


def test_the_token_is_shown_to_no_other_server(address: str) -> None:
    with pytest.raises(AmparoError, match="on another server"):
        entries_of(rosters.Members(address.replace("/members", "/elsewhere"), "secret"))
    with pytest.raises(AmparoError, match="must begin with https"):
        rosters.Members("http://bar.example.org/members", "secret")


def test_without_an_address_there_is_no_roster(monkeypatch: pytest.MonkeyPatch, amparo_settings: Settings) -> None:
    monkeypatch.delenv(rosters.ADDRESS, raising=False)
    assert rosters.amparo_rosters(amparo_settings) == []

    monkeypatch.setenv(rosters.ADDRESS, "https://bar.example.org/members")
    assert [roster.name for roster in rosters.amparo_rosters(amparo_settings)] == ["example-bar"]
