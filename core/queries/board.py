"""The run board: what the matcher proposes, most urgent first, with what it could not do and why."""

from collections import Counter
from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.cases import Case
from core.model.languages import language_group
from core.model.states import ProposalState, RunState
from core.model.teams import ProviderFailure, TeamPlan, Unmatched
from core.queries.case_rows import COLUMNS, case_in
from core.queries.paging import ROWS, URGENT_FIRST, Page, behind_case, page_of
from core.queries.reading import Row, Where, loaded, made, select, select_one
from core.queries.seats import NamedSeat, everybody_in, named, names_of

INTERPRETED = '%"role":"interpreter"%'
RELAYED = '%"role":"interpreter"%"role":"interpreter"%'
GROUPS = ("English", "Spanish", "Indigenous", "Other")


class Run(msgspec.Struct, frozen=True):
    """A run of the matcher, with its progress or its result."""

    id: UUID
    state: RunState
    matcher: str
    requested_at: datetime
    stage: str
    done: int
    total: int
    status: str
    seconds: float
    waiting: int
    proposed: int
    changed: int
    gap: float | None = None
    finished_at: datetime | None = None
    pruned: str = ""
    error: str = ""
    failures: tuple[ProviderFailure, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()

    def why_not(self) -> list[tuple[str, int, str]]:
        """The reasons for which cases got no team: code, number of cases, one case's sentence; most frequent first."""
        counted = Counter(one.reason for one in self.unmatched)
        said = {one.reason: one.detail for one in reversed(self.unmatched)}
        return [(reason, n, said[reason]) for reason, n in counted.most_common()]


class Proposed(msgspec.Struct, frozen=True):
    """One proposal on the board. ``incomplete``: a claim whose other seats are still to be found."""

    id: UUID
    state: ProposalState
    case: Case
    seats: tuple[NamedSeat, ...]
    why: str
    reasons: tuple[str, ...]
    score: float
    claimed: bool = False
    declines: int = 0
    run: UUID | None = None
    match: UUID | None = None


class Figures(msgspec.Struct, frozen=True):
    """The board in four numbers."""

    open: int
    detained: int
    interpreted: int
    relayed: int
    claimed: int


class Served(msgspec.Struct, frozen=True):
    """How many waiting cases of a language group have an open proposal."""

    group: str
    proposed: int
    waiting: int


async def find_run(key: UUID | None) -> Run:
    """One run, or the newest one; NotFound when there is none."""
    where, values = ("id = {}", [key]) if key else ("1 = 1", [])
    row = await select_one(f"SELECT * FROM matching_run WHERE {where} ORDER BY id DESC LIMIT 1", *values)
    if row is None:
        raise NotFound("There is no such run of the matcher.")
    return _run(row)


async def recent_runs(limit: int = 10) -> tuple[Run, ...]:
    """The newest runs."""
    rows = await select("SELECT * FROM matching_run ORDER BY id DESC LIMIT {}", limit)
    return tuple(_run(row) for row in rows)


async def newest_board() -> UUID | None:
    """The newest run that ended with a plan: the one whose board is worked on."""
    row = await select_one("SELECT id FROM matching_run WHERE state = 'done' ORDER BY id DESC LIMIT 1")
    return row["id"] if row else None


def _run(row: Row) -> Run:
    return made(
        row,
        Run,
        unmatched=loaded(row["unmatched"], tuple[Unmatched, ...]),
        failures=loaded(row["failures"], tuple[ProviderFailure, ...]),
    )


_SELECT = (
    f"SELECT {COLUMNS}, p.id AS proposal, p.state AS proposal_state, p.team, p.claimed_by, p.run, m.id AS match, "
    '(SELECT COUNT(*) FROM barred_pair b WHERE b."case" = c.id) AS declines '
    'FROM proposal p JOIN legal_case c ON c.id = p."case" LEFT JOIN case_match m ON m.proposal = p.id '
    "AND m.state IN ('offered', 'accepted', 'cleared', 'engaged') "
)


async def proposals(*, claims_only: bool = False, after: str = "", limit: int = ROWS) -> Page[Proposed]:
    """One page of the proposals that wait for a decision. Two statements."""
    where = Where("p.state = {}", str(ProposalState.OPEN))
    if claims_only:
        where.also("p.claimed_by IS NOT NULL")
    behind_case(where, after)
    rows = await select(f"{_SELECT} WHERE {where} ORDER BY {URGENT_FIRST} LIMIT {{}}", *where.values, limit + 1)
    return page_of(await _named(rows), [row["reference"] for row in rows], limit)


async def clear_proposals(limit: int) -> tuple[UUID, ...]:
    """The open proposals that ask for no closer look: nobody claims or has declined their case. Most urgent first."""
    rows = await select(
        "SELECT p.id FROM proposal p JOIN legal_case c ON c.id = p.\"case\" WHERE p.state = 'open' "
        'AND p.claimed_by IS NULL AND NOT EXISTS (SELECT 1 FROM barred_pair b WHERE b."case" = c.id) '
        f"ORDER BY {URGENT_FIRST} LIMIT {{}}",
        limit,
    )
    return tuple(row["id"] for row in rows)


async def proposal(key: UUID) -> Proposed:
    """One proposal, whatever became of it; NotFound when there is none. Two statements."""
    rows = await _named(await select(f"{_SELECT} WHERE p.id = {{}}", key))
    if not rows:
        raise NotFound("There is no such proposal.")
    return rows[0]


async def _named(rows: list[Row]) -> list[Proposed]:
    teams = [loaded(row["team"], TeamPlan) for row in rows]
    names = await names_of(everybody_in(teams))
    return [_proposed(row, team, names) for row, team in zip(rows, teams, strict=True)]


def _proposed(row: Row, team: TeamPlan, names: dict[str, str]) -> Proposed:
    return Proposed(
        id=row["proposal"],
        state=ProposalState(row["proposal_state"]),
        case=case_in(row),
        seats=named(team, names),
        why=team.why,
        reasons=team.reasons,
        score=team.score,
        claimed=row["claimed_by"] is not None,
        declines=row["declines"],
        run=row["run"],
        match=row["match"],
    )


async def figures() -> Figures:
    """Count the open proposals, those for detained clients, with an interpreter, with a relay, and claims."""
    row = await select_one(
        "SELECT COUNT(*) AS open, COALESCE(SUM(CASE WHEN c.detained THEN 1 ELSE 0 END), 0) AS detained, "
        "COALESCE(SUM(CASE WHEN CAST(p.team AS TEXT) LIKE {} THEN 1 ELSE 0 END), 0) AS interpreted, "
        "COALESCE(SUM(CASE WHEN CAST(p.team AS TEXT) LIKE {} THEN 1 ELSE 0 END), 0) AS relayed, "
        "COUNT(p.claimed_by) AS claimed "
        "FROM proposal p JOIN legal_case c ON c.id = p.\"case\" WHERE p.state = 'open'",
        INTERPRETED,
        RELAYED,
    )
    return made(row or {}, Figures)


async def served_by_language() -> tuple[Served, ...]:
    """The waiting cases of each language group, and how many of them have an open proposal."""
    rows = await select(
        "SELECT CAST(c.languages AS TEXT) AS spoken, COUNT(*) AS waiting, COUNT(p.id) AS proposed "
        "FROM legal_case c LEFT JOIN proposal p ON p.\"case\" = c.id AND p.state = 'open' "
        "WHERE c.state = 'waitlisted' GROUP BY CAST(c.languages AS TEXT)"
    )
    waiting: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    for row in rows:
        group = language_group(loaded(row["spoken"], tuple[str, ...]))
        waiting[group] += row["waiting"]
        proposed[group] += row["proposed"]
    return tuple(Served(group, proposed[group], waiting[group]) for group in GROUPS if waiting[group])
