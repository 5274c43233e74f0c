"""A small world with something on every page, for tests that look at pages: built through the verbs."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from core.model.cases.casework import Channel, Contact, Counterpart, Direction, Outcome, TaskKind
from core.model.people import SYSTEM, Actor, Capacity, Volunteer
from core.model.plans.teams import Plan, Reserve, SeatPlan, TeamPlan, Unmatched
from core.model.states import OfferState
from core.model.vocabulary import AccountRole, Forum, Posture, PracticeArea, SeatRole, Standing, VolunteerRole
from core.services.accounts.signing_in import create_account
from core.services.casework import notes, tasks
from core.services.casework.tasks import Wanted
from core.services.clinic import Clinic
from core.services.deadlines.law import refresh_deadlines
from core.services.matches import approval, claiming
from core.services.matches.responding import accept_offer
from core.services.rosters import standings
from core.services.runs.saving import save_plan
from core.store.accounts import open_session
from core.store.keys import new_id
from core.store.matches import runs
from core.store.matches.teams import offers_of_volunteer, open_proposals
from tests.core.documents import kept, pdf
from tests.worlds import actor_of, attorney, case, interpreter, joined, proposed, seat, waiting


class SmallWorld(msgspec.Struct, frozen=True):
    """Sessions of the two people who look, and the pages that each of them has."""

    volunteer_session: str
    volunteer_pages: tuple[str, ...]
    coordinator_session: str
    coordinator_pages: tuple[str, ...]


async def small_world(at: Clinic, now: datetime) -> SmallWorld:
    """Cases in several states, a run, a claim, offers, a match, an alert."""
    by = await _coordinator(now)
    alma = await joined(attorney("Alma Ortiz", capacity=Capacity(cases=4)), now=now)
    open_key = await _waitlist(now)
    match = await _accepted_match(alma, at, by, now)
    offer = await _open_offer(alma, at, by, now)
    await _claim_of(alma, at, now)
    await _suspended_with_an_offer(at, by, now)
    run, proposal, refused = await _run(now)
    await refresh_deadlines(clinic=at, now=now)
    assert by.account is not None
    assert alma.account is not None
    return SmallWorld(
        volunteer_session=await open_session(alma.account, now=now),
        volunteer_pages=(
            "/cases",
            "/cases?fits=yes&area=asylum",
            "/cases?area=citizenship&language=mam",
            f"/cases/{open_key}",
            f"/cases/{refused}",
            "/claims",
            "/offers",
            f"/offers/{offer}",
            "/matches",
            f"/matches/{match}",
            "/inbox",
            "/profile/conflicts",
            "/nowhere",
        ),
        coordinator_session=await open_session(by.account, now=now),
        coordinator_pages=(
            "/today",
            "/alerts?kind=standing",
            "/intake",
            "/intake/new",
            "/intake/import",
            "/waitlist",
            "/waitlist?tier=now&area=citizenship",
            f"/cases/{open_key}",
            f"/cases/{open_key}/client",
            f"/cases/{open_key}/client/edit",
            f"/cases/{open_key}/eligibility",
            f"/cases/{open_key}/needs",
            "/office/listings",
            f"/cases/{open_key}/dates",
            f"/cases/{open_key}/related",
            "/office/places",
            "/deadlines",
            "/deadlines?show=unknown&area=asylum",
            "/deadlines/rules",
            "/deadlines/rules/bia-appeal-2026",
            "/deadlines/changes",
            f"/cases/{open_key}/conflicts",
            f"/cases/{open_key}/answers",
            f"/cases/{open_key}/privacy",
            *await _file_of(open_key, by, now),
            "/runs",
            f"/runs/{run}",
            f"/proposals/{proposal}",
            f"/proposals/{proposal}/swap",
            "/claims",
            "/matches",
            f"/matches/{match}",
            "/office/eligibility",
            "/volunteers",
            f"/volunteers/{alma.id}",
            f"/volunteers/{alma.id}/conflicts",
            "/inbox",
            "/office",
            "/office/retention",
            "/office/keys",
            "/outgoing",
        ),
    )


async def _coordinator(now: datetime) -> Actor:
    account = await create_account(
        email="carmen@example.org", name="Carmen Vigil", roles=(AccountRole.COORDINATOR,), by=SYSTEM, now=now
    )
    return Actor(label="Carmen Vigil", account=account, roles=(AccountRole.COORDINATOR,))


async def _waitlist(now: datetime) -> UUID:
    today = now.date()
    first = await waiting(
        case("NM-2390", deadline=today + timedelta(days=50), deadline_kind="One-year deadline", hours=45.0),
        now=now - timedelta(days=64),
    )
    await waiting(
        case("NM-2401", practice_area=PracticeArea.CITIZENSHIP, forum=Forum.USCIS, hours=8.0, county="Doña Ana",
             remote_ok=False, summary="Needs help with the N-400 and the interview."),
        now=now - timedelta(days=212),
    )  # fmt: skip
    await waiting(
        case("NM-2377", practice_area=PracticeArea.VICTIMS, relief="U visa", forum=Forum.USCIS, languages=("ht",),
             hours=30.0, deadline=today + timedelta(days=42), deadline_kind="Certificate expires"),
        now=now - timedelta(days=148),
    )  # fmt: skip
    return first.id


async def _file_of(key: UUID, by: Actor, now: datetime) -> tuple[str, ...]:
    """Something in the file of a case; its pages."""
    task = await tasks.add_task(key, Wanted(TaskKind.CALL_CLIENT, "Ask for the date.", now.date()), by=by, now=now)
    await notes.write_note(key, "The mother came along.\n\nEverything is copied.", by=by, now=now)
    called = Contact(
        id=new_id(),
        case=key,
        at=now,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        counterpart=Counterpart.CLIENT,
        outcome=Outcome.REACHED,
        noted_at=now,
        language="es",
    )
    await notes.log_contact(called, by=by, now=now)
    document = await kept(key, pdf(), by=by, now=now)
    pages = ("notes", f"tasks/{task}", "documents", f"documents/{document}", "timeline")
    return (*(f"/cases/{key}/{page}" for page in pages), "/tasks?whose=all", "/tasks")


async def _accepted_match(alma: Volunteer, at: Clinic, by: Actor, now: datetime) -> UUID:
    isidro = await joined(interpreter("Isidro Ramírez"), now=now)
    new = case("NM-2331", languages=("mam",), detained=True, posture=Posture.DEFENSIVE)
    held = await waiting(new, now=now - timedelta(days=90))
    team = (seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
    match = await approval.approve_proposal((await proposed(held, *team, now=now)).id, clinic=at, by=by, now=now)
    for person in (alma, isidro):
        (offer,) = await offers_of_volunteer(person.id, OfferState.OPEN)
        await accept_offer(offer.id, by=actor_of(person), now=now)
    return match


async def _open_offer(alma: Volunteer, at: Clinic, by: Actor, now: datetime) -> UUID:
    asked = await waiting(case("NM-2344"), now=now - timedelta(days=40))
    await approval.approve_proposal((await proposed(asked, seat(alma), now=now)).id, clinic=at, by=by, now=now)
    (offer,) = await offers_of_volunteer(alma.id, OfferState.OPEN)
    return offer.id


async def _claim_of(alma: Volunteer, at: Clinic, now: datetime) -> None:
    berta = await joined(attorney("Berta Chee"), now=now)
    for person, ref in ((berta, "NM-2410"), (await joined(attorney("Celia Montoya"), now=now), "NM-2411")):
        wanted = await waiting(case(ref, hours=20.0), now=now - timedelta(days=20))
        await claiming.claim_case(wanted.id, role=SeatRole.ATTORNEY, clinic=at, by=actor_of(person), now=now)


async def _suspended_with_an_offer(at: Clinic, by: Actor, now: datetime) -> None:
    dora = await joined(attorney("Dora Begay"), now=now)
    asked = await waiting(case("NM-2350"), now=now - timedelta(days=33))
    await approval.approve_proposal((await proposed(asked, seat(dora), now=now)).id, clinic=at, by=by, now=now)
    await standings.record_standing(dora.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=by, now=now)


async def _run(now: datetime) -> tuple[UUID, UUID, UUID]:
    """A run with a relay, a mentor and reserves on its board; the last id is a case that nobody can take."""
    rosa = await joined(attorney("Rosa Sandoval", practice={PracticeArea.REMOVAL: 3, PracticeArea.ASYLUM: 1}), now=now)
    luis = await joined(interpreter("Luis Ramírez", ("quc", "es")), now=now)
    marie = await joined(interpreter("Marie Petit", ("es", "en")), now=now)
    ana = await joined(attorney("Ana Whitehorse", roles=(VolunteerRole.ATTORNEY, VolunteerRole.MENTOR)), now=now)
    detained = case("NM-2418", detained=True, posture=Posture.DEFENSIVE, languages=("quc",), hours=45.0,
                    deadline=now.date() + timedelta(days=9), deadline_kind="Hearing")  # fmt: skip
    urgent = await waiting(detained, now=now - timedelta(days=31))
    alone = await waiting(case("NM-2422", languages=("en",)), now=now - timedelta(days=12))
    nobody = await waiting(case("NM-2425", practice_area=PracticeArea.FAMILY, languages=("cac",)), now=now)
    team = _team(urgent.ref, rosa, luis, marie, ana)
    plain = TeamPlan(
        case=alone.ref, seats=(SeatPlan(SeatRole.ATTORNEY, str(ana.id), 40.0, fact="level 3"),), score=40.0
    )
    run = new_id()
    await runs.insert_run(run, matcher="joint", requested_by=None, now=now)
    await runs.start_run(run, waiting=8, now=now)
    left = Unmatched(nobody.ref, "skill", "No family attorney at level 2, or one below with a mentor.")
    plan = Plan(
        status="optimal", objective=9.0, bound=9.0, gap=0.0, seconds=2.9, teams=(team, plain), unmatched=(left,)
    )
    await save_plan(run, plan, requested_by=None, now=now)
    (proposal,) = await open_proposals(case=urgent.id)
    return run, proposal.id, nobody.id


def _team(ref: str, rosa: Volunteer, luis: Volunteer, marie: Volunteer, ana: Volunteer) -> TeamPlan:
    return TeamPlan(
        case=ref,
        seats=(
            SeatPlan(
                role=SeatRole.ATTORNEY,
                volunteer=str(rosa.id),
                score=9120.5,
                scores={"urgency": 9000.0, "waiting": 31.0, "fit": 89.5},
                fact="asylum level 1, with a mentor",
                reserves=(Reserve(str(ana.id), 9108.0),),
            ),
            SeatPlan(
                role=SeatRole.INTERPRETER,
                volunteer=str(luis.id),
                score=-40.0,
                from_language="quc",
                to_language="es",
                fact="0 of 2 places used",
            ),
            SeatPlan(SeatRole.INTERPRETER, str(marie.id), -40.0, from_language="es", to_language="en"),
            SeatPlan(SeatRole.MENTOR, str(ana.id), 5.0, fact="level 3"),
        ),
        score=9045.5,
        why="Next best team scores 12 lower: Ana Whitehorse would be without a place to mentor.",
        reasons=("Detained", "Relay through Spanish"),
    )
