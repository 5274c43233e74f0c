"""A bar's web server on the loopback: members as JSON by pages, with tokens and ETags."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Query = dict[str, str]
Answer = tuple[int, Any, dict[str, str]]


class BarServer:
    """What the server knows and what it was asked. ``page`` makes the answer to a query."""

    def __init__(self) -> None:
        self.members: list[dict[str, Any]] = []
        self.page: Callable[[Query], Answer] = lambda query: (200, self.members, {})
        self.token = ""
        self.grants: list[Query] = []
        self.asked: list[Query] = []
        self.unchanged = 0
        self.url = ""

    def by_offset(self, query: Query, *, most: int = 1_000) -> Answer:
        """Pages as an offset and a limit ask for them, no larger than ``most``."""
        start = int(query.get("$offset", query.get("offset", 0)))
        return 200, self.members[start : start + min(most, int(query.get("$limit", query.get("limit", 10))))], {}


@contextmanager
def bar_server() -> Iterator[BarServer]:
    """A server for one test."""
    bar = BarServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            bar.asked.append(query)
            if bar.token and self.headers["Authorization"] != f"Bearer {bar.token}":
                return self._send(401, b"", {})
            status, content, headers = bar.page(query)
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            etag = f'"{hashlib.sha256(body).hexdigest()}"'
            if self.headers["If-None-Match"] == etag:
                bar.unchanged += 1
                return self._send(304, b"", {"ETag": etag})
            return self._send(status, body, {"ETag": etag, **headers})

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            bar.grants.append({**form, "identity": self.headers["Authorization"]})
            bar.token = f"token-{len(bar.grants)}"
            self._send(200, json.dumps({"access_token": bar.token, "token_type": "Bearer"}).encode(), {})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        bar.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield bar
        finally:
            server.shutdown()
            thread.join()
