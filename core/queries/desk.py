"""The coordinator's desk: what needs a person today, and the counts beside the navigation."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.deadlines.acts import ALERT
from core.model.people import Actor
from core.model.states import MatchState
from core.model.vocabulary import AccountRole
from core.queries.cases.rows import COLUMNS, case_in
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Row, Where, made, select, select_one

EVERY: Final = 1_000_000
"""So many alerts of a kind that each stands for itself."""


class Counts(msgspec.Struct, frozen=True):
    """The numbers beside the navigation; which ones are filled depends on who looks.

    ``incoming`` are cases on their way to the waitlist, ``tasks`` those that are hers to do, ``due`` those of them
    whose day has come, ``steps`` matches that wait for a coordinator's next step: a conflict check or a letter,
    ``joining`` people who wait to be confirmed.
    """

    alerts: int = 0
    claims: int = 0
    steps: int = 0
    joining: int = 0
    incoming: int = 0
    waiting: int = 0
    proposals: int = 0
    matches: int = 0
    offers: int = 0
    unread: int = 0
    tasks: int = 0
    due: int = 0

    @property
    def pressing(self) -> int:
        """How much needs a coordinator today: the number beside the navigation, and in the heading of the page."""
        return self.alerts + self.claims + self.steps + self.joining + self.due


class AlertLine(msgspec.Struct, frozen=True):
    """An open alert with the people and the match that it is about, and a frozen offer if there is one.

    ``alike`` is how many of its kind are open.
    """

    id: UUID
    kind: str
    text: str
    raised_at: datetime
    volunteer: UUID | None = None
    name: str = ""
    match: UUID | None = None
    ref: str = ""
    offer: UUID | None = None
    path: str = ""
    alike: int = 1


class DueMatch(msgspec.Struct, frozen=True):
    """A match that waits for a coordinator or whose offer expires soon."""

    id: UUID
    case: Case
    state: MatchState
    since: datetime
    expires_at: datetime | None = None


async def counts_for(by: Actor, *, today: date) -> Counts:
    """What waits for this person, on a day at the programme. One statement."""
    if by.is_staff():
        return await _for_staff(by.account, today)
    if AccountRole.VOLUNTEER in by.acting_roles():
        return await _for_volunteer(by.account, by.volunteer)
    row = await select_one("SELECT COUNT(*) AS unread FROM message WHERE account = {} AND read_at IS NULL", by.account)
    return made(row or {}, Counts)


async def _for_staff(account: UUID | None, today: date) -> Counts:
    row = await select_one(
        "SELECT (SELECT COUNT(*) FROM alert WHERE closed_at IS NULL) AS alerts, "
        "(SELECT COUNT(*) FROM proposal WHERE state = 'open' AND claimed_by IS NOT NULL) AS claims, "
        "(SELECT COUNT(*) FROM case_match WHERE state IN ('accepted', 'cleared')) AS steps, "
        "(SELECT COUNT(*) FROM joining WHERE state = 'waiting') AS joining, "
        "(SELECT COUNT(*) FROM legal_case WHERE state IN ('received', 'screening')) AS incoming, "
        "(SELECT COUNT(*) FROM legal_case WHERE state = 'waitlisted') AS waiting, "
        "(SELECT COUNT(*) FROM proposal WHERE state = 'open') AS proposals, "
        "(SELECT COUNT(*) FROM case_match WHERE state IN ('offered', 'accepted', 'cleared', 'engaged')) AS matches, "
        "(SELECT COUNT(*) FROM case_task WHERE assignee = {} AND state = 'open') AS tasks, "
        "(SELECT COUNT(*) FROM case_task WHERE assignee = {} AND state = 'open' AND due <= {}) AS due, "
        "(SELECT COUNT(*) FROM message WHERE account = {} AND read_at IS NULL) AS unread",
        account,
        account,
        today,
        account,
    )
    return made(row or {}, Counts)


async def _for_volunteer(account: UUID | None, volunteer: UUID | None) -> Counts:
    row = await select_one(
        'SELECT (SELECT COUNT(*) FROM listing l JOIN legal_case c ON c.id = l."case" '
        "WHERE l.listed = {} AND c.held_by IS NULL) AS waiting, "
        "(SELECT COUNT(*) FROM offer WHERE volunteer = {} AND state = 'open') AS offers, "
        "(SELECT COUNT(*) FROM proposal WHERE claimed_by = {} AND state = 'open') AS claims, "
        '(SELECT COUNT(*) FROM seat s JOIN case_match m ON m.id = s."match" WHERE s.volunteer = {} '
        "AND s.state IN ('accepted', 'conflict_cleared', 'engaged') "
        "AND m.state IN ('offered', 'accepted', 'cleared', 'engaged')) AS matches, "
        "(SELECT COUNT(*) FROM message WHERE account = {} AND read_at IS NULL) AS unread",
        True,
        volunteer,
        volunteer,
        volunteer,
        account,
    )
    return made(row or {}, Counts)


async def open_alerts(limit: int = 50, *, apart: int = EVERY) -> tuple[AlertLine, ...]:
    """The open alerts: deadlines on which nobody acts, then the others, each the oldest first. One statement.

    Of a kind with more than ``apart`` there is the oldest alone, but for deadlines.
    """
    where = Where("(a.alike <= {} OR a.place = 1 OR a.kind = {})", apart, ALERT)
    return await _alerts(where, "CASE WHEN a.kind = {} THEN 0 ELSE 1 END, a.raised_at, a.id", ALERT, limit)


async def alerts_of(kind: str, *, after: UUID | None = None, limit: int = ROWS) -> Page[AlertLine]:
    """One page of the open alerts of a kind, the oldest first. One statement."""
    where = Where("a.kind = {}", kind)
    if after is not None:
        where.also("a.id > {}", after)
    lines = await _alerts(where, "a.id", limit + 1)
    return page_of(list(lines), [str(line.id) for line in lines], limit)


async def _alerts(where: Where, order: str, *last: object) -> tuple[AlertLine, ...]:
    rows = await select(
        'SELECT a.id, a.kind, a.text, a.path, a.raised_at, a.volunteer, v.name, a."match", c.reference AS ref, '
        "o.id AS offer, a.alike FROM (SELECT *, COUNT(*) OVER (PARTITION BY kind) AS alike, "
        "ROW_NUMBER() OVER (PARTITION BY kind ORDER BY raised_at, id) AS place FROM alert WHERE closed_at IS NULL) a "
        "LEFT JOIN volunteer v ON v.id = a.volunteer "
        'LEFT JOIN case_match m ON m.id = a."match" LEFT JOIN legal_case c ON c.id = m."case" '
        'LEFT JOIN seat s ON s."match" = a."match" AND s.volunteer = a.volunteer '
        "LEFT JOIN offer o ON o.seat = s.id AND o.state = 'frozen' "
        f"WHERE {where} ORDER BY {order} LIMIT {{}}",
        *where.values,
        *last,
    )
    return tuple(_alert(row) for row in rows)


def _alert(row: Row) -> AlertLine:
    return made(row, AlertLine, match=row["match"], name=row["name"] or "", ref=row["ref"] or "")


async def due_matches(*, before: datetime, limit: int = 50) -> tuple[DueMatch, ...]:
    """Matches that wait for a conflict check or a letter, and those with an offer that expires before an instant."""
    rows = await select(
        f"SELECT {COLUMNS}, m.id AS due, m.state AS due_state, m.approved_at AS since, o.expires_at FROM case_match m "
        'JOIN legal_case c ON c.id = m."case" LEFT JOIN seat s ON s."match" = m.id AND s.state = \'offered\' '
        "LEFT JOIN offer o ON o.seat = s.id AND o.state = 'open' AND o.expires_at <= {} "
        "WHERE m.state IN ('accepted', 'cleared') OR (m.state = 'offered' AND o.id IS NOT NULL) "
        "ORDER BY c.tier, c.waiting_since, c.reference, o.expires_at LIMIT {}",
        before,
        limit,
    )
    lines = [_due(row) for row in rows]
    return tuple({line.id: line for line in reversed(lines)}.values())[::-1]


def _due(row: Row) -> DueMatch:
    return DueMatch(
        id=row["due"],
        case=case_in(row),
        state=MatchState(row["due_state"]),
        since=row["since"],
        expires_at=row["expires_at"],
    )
