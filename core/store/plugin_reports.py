"""What processes tell each other about their plugins."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t


async def keep_report(process: UUID, plugins: Any, *, now: datetime) -> None:
    """Keep how the plugins of a process fare, in place of what it said before."""
    r = t.PluginReport
    row = r(id=process, at=now, plugins=msgspec.json.encode(plugins).decode())
    await r.insert(row).on_conflict(target=r.id, action="DO UPDATE", values=[r.at, r.plugins])


async def other_reports(process: UUID, *, since: datetime) -> list[dict[str, Any]]:
    """What the other processes said last: ``at`` and ``plugins``."""
    r = t.PluginReport
    rows = r.select(r.at, r.plugins).where((r.id != process) & (r.at > since)).order_by(r.at)
    found: list[dict[str, Any]] = await rows.output(load_json=True)
    return found


async def drop_reports_before(moment: datetime) -> None:
    """Forget processes that have not been heard of since."""
    await t.PluginReport.delete().where(t.PluginReport.at < moment)
