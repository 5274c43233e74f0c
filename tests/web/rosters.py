"""A bar without a developer, in the portal: her roster, her exports, and a worker who does what is asked for."""

from core import tables as t
from core.services.work.working import Worker
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW

NAME = "county-bar"
PATH = f"/rosters/{NAME}"
HEADER = "Atty ID,Member,Condition,Tongues,E-mail"


def export(*rows: str, header: str = HEADER) -> bytes:
    """A file as the bar exports it."""
    return "\n".join([header, *rows, ""]).encode()


def members(count: int, condition: str = "Active", first: int = 1001) -> list[str]:
    """So many rows."""
    return [
        f'{n},"Surname{n}, Given",{condition},"Spanish (fluent), some French",member{n}@example.org'
        for n in range(first, first + count)
    ]


async def added(visitor: Visitor) -> Page:
    """The roster, added by a coordinator."""
    page = await visitor.open("/rosters")
    return await visitor.send(page, "/rosters", name=NAME, title="County Bar", bar="NM")


async def uploaded(visitor: Visitor, content: bytes, file: str = "export.csv", path: str = PATH) -> Page:
    """Send a file with the form of the roster's page."""
    page = await visitor.open(path)
    fields = page.form(f"{path}/upload")
    answer = await visitor.client.post(
        f"{path}/upload", data=fields, files={"file": (file, content)}, follow_redirects=True
    )
    return Page(answer)


async def worked(portal: Portal) -> None:
    """Let a worker do what was asked for."""
    await Worker(portal.clinic, clock=lambda: NOW).run_once(NOW)


async def chosen(visitor: Visitor, page: Page, do: str = "keep", **fields: str) -> Page:
    """Send the form of the columns with these choices, the others as they are proposed."""
    data = page.form(f"{PATH}/mapping") | page.selected | {"do": do} | fields
    return Page(await visitor.client.post(f"{PATH}/mapping", data=data, follow_redirects=True))


async def in_use(portal: Portal, visitor: Visitor, rows: list[str]) -> Page:
    """The roster with these members applied; the page of the run."""
    await added(visitor)
    await uploaded(visitor, export(*rows))
    await worked(portal)
    page = await visitor.open(f"{PATH}/mapping")
    await chosen(visitor, page, **COLUMNS)
    await worked(portal)
    run = await visitor.open(f"{PATH}/work")
    await pressed(visitor, run, "apply")
    await worked(portal)
    return await visitor.open(run.path)


COLUMNS = {
    "column-number": "Atty ID",
    "column-name": "Member",
    "column-status": "Condition",
    "column-languages": "Tongues",
}


async def pressed(visitor: Visitor, page: Page, act: str, **fields: str) -> Page:
    """Press a button of a run's page."""
    action = next(form["action"] for form in page.forms if form["action"].endswith(f"/{act}"))
    return await visitor.send(page, action, **fields)


async def numbers() -> list[str]:
    """The numbers of the members who are listed."""
    e = t.RosterEntry
    rows = await e.select(e.number).where(e.gone_since.is_null()).order_by(e.number)
    return [row["number"] for row in rows]
