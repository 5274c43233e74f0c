"""A clinic as its people meet it: the command, the served portal, a mail server, a browser for each person."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.browser import DESKTOP, PHONE, open_page
from tests.web.serving import ROOT, serving

EXAMPLES = ROOT / "docs" / "examples"
PASSWORD = "a few words together"
PICTURES = "AMPARO_PICTURES"
SLOW = 60_000
"""Milliseconds that a page may take which waits for the matcher's own process."""


class Clinic:
    """One installation: its command line and its address."""

    def __init__(self, database: str, mail_port: int) -> None:
        self.settings = {
            "AMPARO_SMTP_HOST": "127.0.0.1",
            "AMPARO_SMTP_PORT": str(mail_port),
            "AMPARO_SMTP_SECURITY": "none",
        }
        self.database, self.address = database, ""

    def amparo(self, *arguments: str, given: str = "") -> str:
        """Run the command as a coordinator would, and return what it says."""
        environment = {**os.environ, **self.settings, "AMPARO_DATABASE": self.database}
        done = subprocess.run(
            [sys.executable, "-m", "web.cli", *arguments],
            cwd=ROOT,
            env=environment,
            input=given,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def give_password(self, email: str, *options: str) -> None:
        """Let somebody sign in."""
        self.amparo("account", email, *options, "--password-stdin", given=f"{PASSWORD}\n")

    @contextmanager
    def open(self) -> Iterator[None]:
        """Serve the portal; with PostgreSQL a worker runs beside it, as in a real deployment."""
        with serving(self.database, **self.settings) as self.address, self._worker():
            yield

    @contextmanager
    def _worker(self) -> Iterator[None]:
        if self.database.startswith("sqlite"):
            yield
            return
        environment = {
            **os.environ,
            **self.settings,
            "AMPARO_DATABASE": self.database,
            "AMPARO_BASE_URL": self.address,
        }
        command = [sys.executable, "-m", "web.cli", "worker"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as worker:
            try:
                yield
            finally:
                worker.terminate()
                worker.wait(timeout=30)

    async def person(self, browser: Browser, email: str, *, phone: bool = False) -> Page:
        """Somebody signed in, at a desk or with a phone."""
        page = await open_page(browser, PHONE if phone else DESKTOP, base_url=self.address)
        await page.goto("/sign-in")
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Sign in").click()
        await expect(page).not_to_have_url(re.compile("sign-in"))
        return page


def volunteers_by_name() -> dict[str, str]:
    """E-mail addresses of the example volunteers."""
    with (EXAMPLES / "volunteers.csv").open(encoding="utf-8") as file:
        return {row["name"]: row["email"] for row in csv.DictReader(file)}


async def picture(page: Page, name: str) -> None:
    """Keep what a page shows, where pictures are wanted: ``make screenshots`` asks for the README's."""
    folder = os.environ.get(PICTURES)
    if folder:
        await page.evaluate("window.scrollTo(0, 0)")
        await page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")
