"""Small worlds built through the verbs, for tests: a coordinator, volunteers, waiting cases, teams."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import msgspec

from core.model.cases.case import Case
from core.model.clients.parties import Party, PartyRole
from core.model.languages import InterpretingPair, LanguageAbility
from core.model.listings.listed import Listing
from core.model.people import SYSTEM, Actor, BarAdmission, Capacity, Volunteer
from core.model.plans.teams import Plan, Proposal, SeatPlan, TeamPlan
from core.model.states import CaseState
from core.model.vocabulary import AccountRole, Forum, PracticeArea, SeatRole, Standing, VolunteerRole
from core.queries.cases.listings import last_listing
from core.services.accounts.signing_in import create_account
from core.services.cases import intake
from core.services.cases.eligibility import checked_elsewhere
from core.services.clients import writing
from core.services.clinic import Clinic
from core.services.matches import approval, responding
from core.services.runs.saving import save_plan
from core.services.volunteers.volunteering import register_volunteer
from core.settings import Settings
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import runs, teams
from tests.hosts import built_in

NOW = datetime(2026, 11, 24, 9, 14, tzinfo=UTC)
"""A Tuesday morning."""


def clinic(**settings: object) -> Clinic:
    """The built-in plugins, and settings as given."""
    chosen = msgspec.convert(settings, Settings)
    return Clinic(settings=chosen, host=built_in(chosen))


async def coordinator(now: datetime = NOW) -> Actor:
    """Somebody who may do what coordinators do."""
    email = f"coordinator-{uuid4().hex[:8]}@example.org"
    account = await create_account(email=email, name="Carmen", roles=(AccountRole.COORDINATOR,), by=SYSTEM, now=now)
    return Actor(label="Carmen", account=account, roles=(AccountRole.COORDINATOR,))


def attorney(name: str = "Alma", **changes: object) -> Volunteer:
    """An attorney of the New Mexico bar, level 3 in asylum, who speaks Spanish and works remotely."""
    return msgspec.structs.replace(
        Volunteer(
            id=new_id(),
            ref=f"{name}-{uuid4().hex[:8]}",
            name=name,
            email=f"{name.lower()}-{uuid4().hex[:8]}@example.org",
            roles=(VolunteerRole.ATTORNEY,),
            practice={PracticeArea.ASYLUM: 3, PracticeArea.REMOVAL: 2},
            languages=(LanguageAbility("en", 5.0), LanguageAbility("es", 4.0)),
            bars=(BarAdmission("NM", "1001", Standing.ACTIVE),),
            eoir_registered=True,
            county="Bernalillo",
            us_state="NM",
            capacity=Capacity(cases=2, mentoring=2),
        ),
        **changes,
    )


def interpreter(name: str = "Isidro", *pairs: tuple[str, str], **changes: object) -> Volunteer:
    """An interpreter; without pairs, between Mam and Spanish."""
    spoken = sorted({tag for pair in pairs or (("mam", "es"),) for tag in pair})
    return msgspec.structs.replace(
        Volunteer(
            id=new_id(),
            ref=f"{name}-{uuid4().hex[:8]}",
            name=name,
            email=f"{name.lower()}-{uuid4().hex[:8]}@example.org",
            roles=(VolunteerRole.INTERPRETER,),
            languages=tuple(LanguageAbility(tag, 5.0) for tag in spoken),
            interprets=tuple(InterpretingPair(*pair) for pair in pairs or (("mam", "es"),)),
            county="Bernalillo",
            us_state="NM",
            capacity=Capacity(cases=2),
        ),
        **changes,
    )


async def joined(volunteer: Volunteer, now: datetime = NOW) -> Volunteer:
    """Register a volunteer."""
    return await register_volunteer(volunteer, by=SYSTEM, now=now)


def actor_of(volunteer: Volunteer) -> Actor:
    """The volunteer herself, signed in."""
    return Actor(
        label=volunteer.name, account=volunteer.account, roles=(AccountRole.VOLUNTEER,), volunteer=volunteer.id
    )


def case(ref: str = "", **changes: object) -> Case:
    """A Spanish-speaking asylum case at level 2 before the immigration court."""
    return msgspec.structs.replace(
        Case(
            id=new_id(),
            ref=ref or f"NM-{uuid4().hex[:6]}",
            state=CaseState.RECEIVED,
            practice_area=PracticeArea.ASYLUM,
            skill_level=2,
            languages=("es",),
            forum=Forum.EOIR,
            received=date(2026, 9, 1),
            county="Bernalillo",
            us_state="NM",
            summary="A mother with two children asks for asylum.",
        ),
        **changes,
    )


async def found_eligible(of: Case, now: datetime = NOW) -> None:
    """Record that the client of a case may be served, as a partner has found."""
    await checked_elsewhere(of.id, reason="screened by a partner", by=SYSTEM, now=now)


async def waiting(new: Case | None = None, now: datetime = NOW) -> Case:
    """A case on the waitlist, all it takes in one transaction."""
    async with transaction():
        received = await intake.receive_case(new or case(), by=SYSTEM, now=now)
        await intake.begin_screening(received.id, by=SYSTEM, now=now)
        await found_eligible(received, now)
        await intake.waitlist_case(received.id, by=SYSTEM, now=now)
    return received


async def listing(of: Case) -> Listing:
    """How a case is listed for volunteers."""
    return await last_listing(of.id, today=NOW.date())


async def against(of: UUID, name: str, *, is_organisation: bool = True, now: datetime = NOW) -> Party:
    """Somebody on the other side of a case."""
    party = Party(id=new_id(), case=of, role=PartyRole.ADVERSE, name=name, is_organisation=is_organisation)
    await writing.add_party(party, by=SYSTEM, now=now)
    return party


def seat(volunteer: Volunteer, role: SeatRole = SeatRole.ATTORNEY, chain: tuple[str, str] = ("", "")) -> SeatPlan:
    """A planned seat."""
    return SeatPlan(role=role, volunteer=str(volunteer.id), score=1.0, from_language=chain[0], to_language=chain[1])


async def planned(of: Case, *seats: SeatPlan, now: datetime = NOW) -> None:
    """A team for a case, as a run of the matcher plans it; the other open proposals stay."""
    run = new_id()
    await runs.insert_run(run, matcher="joint", requested_by=None, now=now)
    await runs.start_run(run, waiting=1, now=now)
    team = TeamPlan(case=of.ref, seats=seats, score=1.0, why="They fit.")
    others = [one.team for one in await teams.open_proposals() if one.case != of.id and one.claimed_by is None]
    plan = Plan(status="optimal", objective=1.0, bound=1.0, gap=0.0, seconds=0.1, teams=(*others, team))
    await save_plan(run, plan, requested_by=None, now=now)


async def proposed(of: Case, *seats: SeatPlan, now: datetime = NOW) -> Proposal:
    """A proposal for a case, as a run of the matcher saves it."""
    await planned(of, *seats, now=now)
    (found,) = await teams.open_proposals(case=of.id)
    return found


async def offered(of: Case, *seats: SeatPlan, by: Actor, at: Clinic, now: datetime = NOW) -> UUID:
    """A match whose offers are out."""
    proposal = await proposed(of, *seats, now=now)
    return await approval.approve_proposal(proposal.id, clinic=at, by=by, now=now)


async def accept_all(match: UUID, now: datetime = NOW) -> None:
    """Every volunteer of a match accepts."""
    for offer in await teams.offers_of_match(match):
        await responding.accept_offer(
            offer.id, by=Actor(label="she", account=new_id(), volunteer=offer.volunteer), now=now
        )
