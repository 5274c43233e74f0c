"""The run board: what the matcher proposes, most urgent first."""

from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.cases.case import Case
from core.model.plans.teams import TeamPlan
from core.model.states import ProposalState
from core.queries.cases.rows import COLUMNS, case_in
from core.queries.matches.seats import NamedSeat, everybody_in, named, names_of
from core.queries.paging import ROWS, URGENT_FIRST, Page, behind_case, page_of
from core.queries.reading import Row, Where, loaded, made, select, select_one

INTERPRETED = '%"role":"interpreter"%'
RELAYED = '%"role":"interpreter"%"role":"interpreter"%'


class Proposed(msgspec.Struct, frozen=True):
    """One proposal on the board. ``incomplete``: a claim whose other seats are still to be found."""

    id: UUID
    state: ProposalState
    case: Case
    seats: tuple[NamedSeat, ...]
    why: str
    reasons: tuple[str, ...]
    score: float
    claimed_by: UUID | None = None
    declines: int = 0
    run: UUID | None = None
    match: UUID | None = None

    @property
    def claimed(self) -> bool:
        """Whether a volunteer asks for the case herself."""
        return self.claimed_by is not None


class Figures(msgspec.Struct, frozen=True):
    """The board in four numbers."""

    open: int
    detained: int
    interpreted: int
    relayed: int
    claimed: int


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
        claimed_by=row["claimed_by"],
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
