"""The canary: a mark in every sealed field, then every route for everybody, mail, logs, and the database's files."""

import base64
import tempfile
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from random import Random

import pytest
from structlog.testing import capture_logs

from core import tables as t
from core.model.clients.client import ClientField
from core.queries.reading import select
from core.services.keys.backups import back_up
from core.services.work.delivering import deliver_messages
from core.settings import Smtp
from core.store.database import Database, current
from tests.mail import MailServer, mail_server
from tests.web.disclosure.marked import FOR_INTERPRETERS, NAMES, STEM, Mark, Marked, marked_world
from tests.web.disclosure.walking import Answer, World, looked_around, routes_of, tried_everything
from tests.web.hosted import hosted
from tests.web.portal import Portal, open_portal
from tests.worlds import NOW

__all__ = ["mail_server"]

CLIENT = frozenset(map(str, ClientField))
CASEWORK = frozenset({"note", "task", "contact"})
STAFF_MAY = {
    "/cases/{key}/client": CLIENT,
    "/cases/{key}/conflicts": {"name", "other_names", "adverse", "family", "other"},
    "/matches/{key}/checks": {"question", "reply"},
    "/cases/{key}/dates": {"birth_date"},
    "/cases/{key}/deadline": {"birth_date"},
    "/cases/{key}/deadlines": {"birth_date"},
    "/cases/{key}/privacy": {"hold"},
    "/cases/{key}/messages": {"message"},
    "/cases/{key}/notes": CASEWORK,
    "/cases/{key}/contacts": CASEWORK,
    "/cases/{key}/tasks": CASEWORK,
    "/cases/{key}/documents": {"file_name", "about"},
    "/cases/{key}/documents/{document}": {"document", "file_name", "about"},
}
"""What a coordinator may read, by page with its forms. A page that shows what is sealed is a decision: enter it."""
STAFF = ("coordinator", "administrator", "Joel")
Leak = tuple[str, str, str]


def may(viewer: str, answer: Answer, mark: Mark, world: Marked) -> bool:
    """Whether somebody may read a mark there, by what DOMAIN says of stages."""
    if viewer in STAFF:
        pages = [page for page in STAFF_MAY if answer.route == page or answer.route.startswith(f"{page}/")]
        return any(mark.what in STAFF_MAY[page] for page in pages) and (viewer, mark.case) != ("Joel", "A")
    if viewer == "client":
        return answer.route == "/help/case" and (mark.case, mark.what) == ("C", "message")
    if viewer == "asking":
        return answer.route.startswith("/help/") and mark.what == "draft"
    mine = {"Alma": "A", "Isidro": "A", "Berta": "B"}.get(viewer)
    if mine != mark.case or not answer.path.startswith(f"/matches/{world.matches[mine]}/"):
        return False
    file = CLIENT - {"household", "interpreted"} | {"adverse", "family", "other"}
    shown = {
        ("Alma", "/matches/{key}/file"): file,
        ("Alma", "/matches/{key}/documents"): {"file_name", "about"},
        ("Alma", "/matches/{key}/documents/{document}/file"): {"document", "file_name"},
        ("Isidro", "/matches/{key}/file"): FOR_INTERPRETERS,
        ("Berta", "/matches/{key}/names"): NAMES | {"question", "reply"},
    }
    return mark.what in shown.get((viewer, answer.route), ())


def traces(answers: Iterable[tuple[str, Answer]], world: Marked) -> set[tuple[str, str]]:
    """What tells somebody that a case is there which he is kept off: its reference, a word of it, an id of it."""
    telling = ("NM-A", "Axyz", str(world.cases["A"]), str(world.matches["A"]))
    joels = [one for viewer, one in answers if viewer == "Joel"]
    return {(one.route, word) for one in joels for word in telling if word in one.said and word not in one.path}


def leaks(viewer: str, answers: Iterable[Answer], world: Marked) -> set[Leak]:
    """What was said to somebody who may not hear it."""
    return {
        (viewer, answer.route, mark.what)
        for answer in answers
        for mark in world.found_in(answer.said)
        if not may(viewer, answer, mark, world)
    }


def written(marks: Iterable[Mark]) -> list[bytes]:
    """How marks could stand in a file: as they are, in UTF-16, in base64 at each of the three offsets."""
    days = [mark.text.encode() for mark in marks if not mark.text.startswith(STEM)]
    padded = [base64.b64encode(b"\0" * pad + STEM.encode() + b"0" * 6)[4:12] for pad in (3, 4, 5)]
    return [*days, STEM.encode(), STEM.casefold().encode(), STEM.upper().encode(), STEM.encode("utf-16-le"), *padded]


def marked_files(folders: Iterable[Path], marks: list[Mark]) -> set[str]:
    """The files below some folders in which a mark can be read."""
    looked_for = written(marks)
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return {file.name for file in files if any(text in kept for kept in (file.read_bytes(),) for text in looked_for)}


async def folders_of(database: Database, beside: Path) -> list[Path]:
    """Where the files of a database are: those beside it, and those of the server with its log of what it wrote."""
    if database.dialect == "sqlite":
        return [beside]
    await t.Case.raw("CHECKPOINT")
    (row,) = await t.Case.raw("SELECT current_setting('data_directory') AS folder")
    return [beside, Path(row["folder"])]


async def walked(world: Marked, portal: Portal) -> tuple[set[Leak], list[tuple[str, Answer]]]:
    """Everybody opens every page, then some send every form; what leaked, and what the pages answered."""
    gets, posts = routes_of(portal.app, "GET"), routes_of(portal.app, "POST")
    there = await World.now(portal.clinic.host)
    found, opened = set[Leak](), list[tuple[str, Answer]]()
    for viewer, visitor in world.viewers.items():
        answers = [one async for one in looked_around(visitor, there, gets)]
        found |= leaks(viewer, answers, world)
        opened += [(viewer, one) for one in answers]
    for viewer in ("nobody", "partner", "Cora", "Joel", "Alma", "coordinator"):
        tried = [one async for one in tried_everything(world.viewers[viewer], there, posts)]
        found |= leaks(viewer, tried, world)
    return found, opened


TELLING = """
class Telling:
    roles, title = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR), "All that it gets"
    def __init__(self, place): self.name, self.place = f"all_{place}", place
    async def show(self, subject): return PanelContent((repr(subject)[:4000],))
@hookimpl
def amparo_panels(): return [Telling(place) for place in (PanelPlace.CASE, PanelPlace.TODAY)]
"""
"""A plugin that shows everything that it is given."""


@pytest.fixture
async def telling(
    database_url: str, tmp_path: Path, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Portal]:
    """A portal that sends real mail, with a plugin that tells what it knows; temporary files are beside its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    smtp = Smtp(host="127.0.0.1", port=mail_server.port, security="none")
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with hosted(shelf, {"telling": TELLING}, smtp=smtp) as host:
        async with open_portal(database_url, host, demo=True, smtp=smtp) as portal:
            yield portal


async def backed_up(into: Path) -> None:
    """A backup beside the database."""
    with into.open("wb") as file:
        await back_up(file, current(), now=NOW)


async def test_no_mark_appears_where_it_must_not(
    telling: Portal,
    tmp_path: Path,
    mail_server: MailServer,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    with capture_logs() as logged:
        world = await marked_world(telling)
        found, opened = await walked(world, telling)
        await deliver_messages(clinic=telling.clinic, now=NOW, random=Random(1))
        await backed_up(tmp_path / "backup")
    rows = str([row for table in t.TABLES for row in await select(f'SELECT * FROM "{table._meta.tablename}"')])
    out, err = capfd.readouterr()
    told = "\n".join([str(logged), caplog.text, out, err, *map(str, mail_server.mails)])

    assert len({mark.text for mark in world.marks}) >= 40
    assert found == set()
    assert [(mark.case, mark.what) for mark in world.found_in(told)] == []
    assert [(mark.case, mark.what) for mark in world.found_in(rows)] == []
    assert marked_files(await folders_of(current(), tmp_path), world.marks) == set()
    assert mail_server.mails
    assert {one.route for _viewer, one in opened if one.status == 500} == set()
    read = {(viewer, one.route) for viewer, one in opened for _mark in world.found_in(one.said)}
    assert read >= {(who, "/matches/{key}/file") for who in ("Alma", "Isidro")} | {("Berta", "/matches/{key}/names")}
    assert ("Alma", "/matches/{key}/documents/{document}/file") in read
    assert unopened(opened) == set()
    assert traces(opened, world) == set()


WALKED = frozenset({"cases", "matches", "offers", "panels", "reports"})


def unopened(opened: Iterable[tuple[str, Answer]]) -> set[str]:
    """Pages of something in the world that nobody could open: of them the canary would say nothing."""
    answers = [
        one
        for _viewer, one in opened
        if one.route.startswith(("/cases/", "/matches/", "/offers/", "/panels/", "/reports/"))
    ]
    return {one.route for one in answers} - {one.route for one in answers if one.status == 200}
