"""A real mail server on loopback that keeps what it is given."""

import asyncio
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from queue import SimpleQueue
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Starts and stops on one port. ``refusal`` is what it answers to a recipient instead of taking the mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self._arrived: SimpleQueue[EmailMessage] = SimpleQueue()
        self.refusal = ""
        self.port = _free_port()
        self._controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd finds its hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or refuse it."""
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- as above
        """Keep a mail."""
        assert isinstance(envelope.content, bytes)
        mail: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append(mail)
        self._arrived.put(mail)
        return "250 Message accepted"

    async def next(self, patience: float = 60.0) -> EmailMessage:
        """The next mail that was not looked at, as soon as it is there."""
        return await asyncio.to_thread(self._arrived.get, timeout=patience)

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=60.0)
        self._controller.start()

    def stop(self) -> None:
        """Listen no more; harmless where it does not listen."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A mail server that listens until the test ends."""
    server = MailServer()
    server.start()
    yield server
    server.stop()
