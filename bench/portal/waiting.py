"""What the page of open cases is measured on: 300 cases that wait, and a volunteer who has signed in."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec
import numpy as np

from core import tables as t
from core.model.states import CaseState
from core.model.vocabulary import AccountRole, Forum, Posture, PracticeArea
from core.store.accounts import open_session
from core.store.cases.listings import work_out
from core.store.database import open_database
from core.store.keys import new_id
from core.store.upkeep.migrating import migrate

NOW: Final = datetime(2026, 11, 24, 16, 14, tzinfo=UTC)
WAITING: Final = 300


async def filled(url: str) -> str:
    """Make the database and fill it; returns the token of the volunteer's session."""
    database = await open_database(url)
    try:
        await migrate(database)
        return await furnished()
    finally:
        await database.close()


async def furnished() -> str:
    """Fill the open database with a volunteer and waiting cases; returns the token of her session."""
    account = t.Account(id=new_id(), email="alma@example.org", name="Alma", created_at=NOW)
    await t.Account.insert(account)
    await t.RoleGrant.insert(t.RoleGrant(account=account.id, role=str(AccountRole.VOLUNTEER)))
    await t.Volunteer.insert(t.Volunteer(id=new_id(), reference="A-1", account=account.id, name="Alma", created_at=NOW))
    draw = np.random.default_rng(1)
    await t.Case.insert(*[_case(number, draw) for number in range(WAITING)])
    await work_out(now=NOW)
    return await open_session(account.id, now=NOW)


def _case(number: int, draw: np.random.Generator) -> t.Case:
    since = NOW - timedelta(days=int(draw.integers(3, 200)))
    return t.Case(
        id=new_id(),
        reference=f"26-{number:04}",
        state=str(CaseState.WAITLISTED),
        practice_area=str(draw.choice(list(PracticeArea))),
        skill_level=int(draw.integers(1, 5)),
        languages=msgspec.json.encode([str(draw.choice(["es", "es", "es", "mam", "quc", "ht"]))]).decode(),
        forum=str(draw.choice(list(Forum))),
        posture=str(draw.choice(list(Posture))),
        us_state="NM",
        region=str(draw.choice(["Central", "North", "South", "East"])),
        hours=float(draw.integers(5, 60)),
        received=since.date(),
        waiting_since=since,
        deadline=date(2027, 3, 1) if draw.random() < 0.4 else None,
        deadline_kind="one-year filing",
        tier=int(draw.integers(1, 4)),
        summary="Fled threats against her family and asks for help with her filing.",
        changed_at=NOW,
    )
