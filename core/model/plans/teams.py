"""Teams for cases: what a matcher plans, what a coordinator approves, what volunteers answer."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.model.plans.foresight import KeptKind
from core.model.plans.sharing import FloorReached
from core.model.states import MatchState, OfferState, ProposalState, SeatState
from core.model.vocabulary import DeclineReason, SeatRole


class Reserve(msgspec.Struct, frozen=True):
    """A volunteer who could take a seat if the first choice cannot. ``volunteer`` is a snapshot reference."""

    volunteer: str
    score: float


class RunnerUp(msgspec.Struct, frozen=True):
    """Who comes next for a seat, with the score that she would have had there, and what kept her out of it.

    ``kept_by`` is ``score``: she is free, but scores no higher; ``case``: the case named in ``case`` needs her more;
    ``team``: this team's interpreters or mentor would not do for her; ``load``: she has other places in the plan, and
    work is spread; ``room``: she has none; or ``search``: the search ended before it tried her.
    """

    volunteer: str
    score: float
    kept_by: str
    case: str = ""


class SeatPlan(msgspec.Struct, frozen=True):
    """One proposed seat. Interpreters carry the two languages they join; ``scores`` is the score by scorer.

    ``fact`` is the one thing about this person that matters here ("speaks Spanish", "1 of 2 places used").
    """

    role: SeatRole
    volunteer: str
    score: float
    scores: dict[str, float] = {}
    from_language: str = ""
    to_language: str = ""
    fact: str = ""
    reserves: tuple[Reserve, ...] = ()
    runner_up: RunnerUp | None = None


class TeamPlan(msgspec.Struct, frozen=True):
    """A proposed team for one case: seats in the order attorney, co-counsel, interpreters along the chain,
    mentor.

    ``why`` is one sentence; ``reasons`` are short facts behind it.
    """

    case: str
    seats: tuple[SeatPlan, ...]
    score: float
    why: str = ""
    reasons: tuple[str, ...] = ()


class RuleSet(msgspec.Struct, frozen=True):
    """Rules that would have to give way together, by name, with the code and the sentence of each.

    ``volunteers`` counts those whom only these rules keep from the seats in question.
    """

    rules: tuple[str, ...]
    blocks: tuple[str, ...]
    says: tuple[str, ...]
    volunteers: int


class Unmatched(msgspec.Struct, frozen=True):
    """A case that got no team. ``reason`` is a short code, ``detail`` a sentence.

    ``relax`` are the smallest sets of rules, all of one size, of which any one would make a team possible if it gave
    way. ``lost_to`` are the cases, most urgent first, that have the people whom this one would need.
    """

    case: str
    reason: str
    detail: str
    relax: tuple[RuleSet, ...] = ()
    lost_to: tuple[str, ...] = ()


class ProviderFailure(msgspec.Struct, frozen=True):
    """A rule or scorer that could not answer during a run, by its unique name."""

    name: str
    cause: str


class Plan(msgspec.Struct, frozen=True):
    """What a matcher returns. ``gap`` is (bound - objective) / max(1, |objective|); ``status`` says what it proves.

    ``status`` is ``optimal`` (gap at most 1e-6), ``feasible`` or ``empty``. ``pruned`` says in sentences what
    was left out of the search, and which rules or scorers made it slow. ``objective`` is the sum of the teams' scores,
    less what spreading work and missed floors cost; ``floors`` says what became of each. ``kept`` are the kinds of
    people who were kept for the weeks to come, the dearest first.
    """

    status: str
    objective: float
    bound: float
    gap: float
    seconds: float
    teams: tuple[TeamPlan, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    failures: tuple[ProviderFailure, ...] = ()
    pruned: str = ""
    kept: tuple[KeptKind, ...] = ()
    floors: tuple[FloorReached, ...] = ()


class Progress(msgspec.Struct, frozen=True):
    """Where a run stands: what is being done, in words, and how far."""

    stage: str
    done: int = 0
    of: int = 0
    gap: float | None = None


class Proposal(msgspec.Struct, frozen=True):
    """A team put before the coordinator, by a run of the matcher or by a volunteer's claim (``run`` is None).

    In ``team`` the references are the ids of volunteers and of the case.
    """

    id: UUID
    case: UUID
    state: ProposalState
    team: TeamPlan
    created_at: datetime
    run: UUID | None = None
    claimed_by: UUID | None = None


class Seat(msgspec.Struct, frozen=True):
    """One role in an approved team, held by one volunteer."""

    id: UUID
    match: UUID
    role: SeatRole
    volunteer: UUID
    state: SeatState
    position: int = 0
    from_language: str = ""
    to_language: str = ""


class Match(msgspec.Struct, frozen=True):
    """A case with its approved team."""

    id: UUID
    case: UUID
    proposal: UUID
    state: MatchState
    approved_at: datetime
    ended_reason: str = ""


class Offer(msgspec.Struct, frozen=True):
    """A seat put to a volunteer, to be answered before it expires."""

    id: UUID
    seat: UUID
    volunteer: UUID
    state: OfferState
    sent_at: datetime
    expires_at: datetime
    decline_reason: DeclineReason | None = None
