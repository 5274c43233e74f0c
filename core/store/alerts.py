"""Alerts: what a coordinator must look at."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from core import tables as t
from core.store.bulk import insert_rows


async def raise_alert(
    kind: str, *, text: str, now: datetime, path: str = "", volunteer: UUID | None = None, match: UUID | None = None
) -> bool:
    """Open an alert, unless the same one is still open: about nobody and no match, the one with the same text.

    True where it is a new one.

    ``path`` is the page where it is looked at; one that is open leads there from now on.
    """
    a = t.Alert
    same = (a.kind == kind) & (a.closed_at.is_null())
    same = same & (a.volunteer == volunteer if volunteer else a.volunteer.is_null())
    same = same & (a.match == match if match else a.match.is_null())
    if volunteer is None and match is None:
        same = same & (a.text == text)
    if await a.exists().where(same):
        if path:
            await a.update({a.path: path}).where(same)
        return False
    await a.insert(a(kind=kind, text=text, path=path, raised_at=now, volunteer=volunteer, match=match))
    return True


async def raise_alerts(kind: str, told: Mapping[str, str], *, now: datetime) -> None:
    """The same for many alerts of one kind about nobody and no match: by their texts, the pages that they lead to."""
    a = t.Alert
    about_none = (a.kind == kind) & a.closed_at.is_null() & a.volunteer.is_null() & a.match.is_null()
    rows = await a.select(a.text, a.path).where(about_none, a.text.is_in(list(told))) if told else []
    there = {row["text"]: row["path"] for row in rows}
    for text in sorted(there):
        if there[text] != told[text]:
            await a.update({a.path: told[text]}).where(about_none, a.text == text)
    new = [
        {"kind": kind, "text": text, "path": path, "raised_at": now} for text, path in told.items() if text not in there
    ]
    await insert_rows(a, new)


async def close_alert(alert: UUID, *, by: UUID | None, now: datetime) -> bool:
    """Close an alert; False when it is closed already."""
    a = t.Alert
    query = a.update({a.closed_at: now, a.closed_by: by}).where(a.id == alert, a.closed_at.is_null())
    return bool(await query.returning(a.id))


async def close_alerts_of(kind: str, paths: Collection[str], *, by: UUID | None, now: datetime) -> None:
    """Close the alerts of a kind that are looked at on any of these pages."""
    a = t.Alert
    if paths:
        mine = (a.kind == kind) & a.path.is_in(list(paths)) & a.closed_at.is_null()
        await a.update({a.closed_at: now, a.closed_by: by}).where(mine)


async def close_alerts(kind: str, *, path: str, by: UUID | None, now: datetime, parts: bool = False) -> None:
    """Close the alerts of a kind that are looked at on one page, ``parts``: on parts of it, since somebody has."""
    a = t.Alert
    there = a.path.like(f"{path}#%") if parts else a.path == path
    mine = (a.kind == kind) & there & a.closed_at.is_null()
    await a.update({a.closed_at: now, a.closed_by: by}).where(mine)
