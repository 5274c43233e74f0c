"""Building the demo world: people, a year of cases, and a last evening from which a coordinator goes on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

import msgspec

from core.demo.asking import ask_for_help, follow_a_case
from core.demo.bar import Bar
from core.demo.caseload import Caseload
from core.demo.casework import Files
from core.demo.claims import Claims
from core.demo.counting import see_to_deadlines, take_for_law
from core.demo.dating import date_waiting_cases
from core.demo.disclosing import show_stages
from core.demo.elsewhere import note_beside
from core.demo.faring import herself
from core.demo.keeping import keep_and_forget
from core.demo.names import name_people
from core.demo.people import DEMO_ATTORNEY, DEMO_INTERPRETER, DEMO_SUSPENDED, Crowd
from core.demo.script import arrivals, turns_by_week
from core.demo.settling import settle
from core.demo.signing import hash_of, make_staff
from core.demo.story import MATCHER, Story
from core.errors import BadInput
from core.model.cases.case import Case
from core.model.people import SYSTEM, Actor, Volunteer
from core.model.vocabulary import VolunteerRole
from core.services.accounts.reading import read_all
from core.services.clinic import Clinic
from core.services.runs.proposing import perform_run
from core.services.volunteers.volunteering import change_volunteer, register_volunteer
from core.services.work.delivering import deliver_messages
from core.store.audit import head_sequence
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import runs
from core.store.settings import keep_value, read_value
from core.store.volunteers import volunteers

MARK: Final = "demo_world"
"""The setting that marks a database as a demo world, with the day on which its story ends."""


async def day_of_world() -> date | None:
    """The last day of the demo world in the open database; None where it holds no demo world."""
    mark: dict[str, Any] | None = await read_value(MARK)
    return None if mark is None else date.fromisoformat(mark["last"])


async def in_use() -> bool:
    """Whether anything has ever happened in the open database."""
    return await head_sequence() > 0


async def build(clinic: Clinic, *, today: date, seed: int = 1) -> bool:
    """Fill an empty database with a world whose year ends before ``today``; False where it has one already.

    The same seed and day make the same world. All of it is one transaction: a build that is stopped leaves nothing.
    Raises BadInput where the database holds anything else, and where this is not a demo.
    """
    if not clinic.settings.demo:
        raise BadInput("A demo world is made in demo mode only. Run `amparo demo`.")
    if await day_of_world() is not None:
        return False
    if await in_use():
        raise BadInput("This database is in use: a demo world is made in an empty one only. Nothing was changed.")
    async with transaction():
        last = last_working_day(today)
        random = Random(seed)  # noqa: S311 -- draws invented people
        await _play(clinic, last=last, random=random)
        await keep_value(MARK, {"seed": seed, "last": last.isoformat()})
    return True


def last_working_day(today: date) -> date:
    """The working day before ``today``, on which the story ends."""
    day = today - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


async def _play(clinic: Clinic, *, last: date, random: Random) -> None:
    began = datetime.combine(last - timedelta(days=370), time(15), UTC)
    staff = await make_staff(began)
    people = await _join(Crowd(random, last).volunteers(), began)
    members = Random(len(people))  # noqa: S311 -- a made-up world, the same every time
    bar = await Bar.join(clinic, people, random=members, by=staff[0], now=began + timedelta(days=1))
    story = Story(clinic, staff, turns_by_week(random), random=random, last=last)
    known = {one.ref: str(one.id) for one in people}
    story.expect(list(_cases(Caseload(random), arrivals(random, last), last)), known)
    readers = (*staff, bar.partner, *[await herself(UUID(known[ref])) for ref in (DEMO_ATTORNEY, DEMO_INTERPRETER)])
    story.agenda.add(datetime.combine(last, time(12), UTC), lambda now: _read_all(readers, now))
    evening = datetime.combine(last, time(20), UTC)
    files = Files(staff, Random(len(staff)), most_mib=clinic.settings.document_mib)  # noqa: S311 -- as above
    files.expect(story.agenda, evening)
    await story.agenda.play(evening)
    await files.share(UUID(known[DEMO_ATTORNEY]), evening)
    await _last_evening(clinic, staff, bar, story.claims, known, evening, random)


def _cases(caseload: Caseload, days: list[date], last: date) -> Iterator[Case]:
    """All cases. Two that come lately are for the demo's own interpreter, so that an offer waits for him."""
    lately = [number for number, day in enumerate(days, 1) if day >= last - timedelta(days=11)][:2]
    for number, day in enumerate(days, 1):
        yield caseload.mam_case(number, day) if number in lately else caseload.case(number, day)


async def _join(people: list[Volunteer], began: datetime) -> list[Volunteer]:
    return [
        await register_volunteer(one, password_hash=hash_of(one.email), by=SYSTEM, now=began + timedelta(minutes=place))
        for place, one in enumerate(people)
    ]


async def _read_all(readers: tuple[Actor, ...], now: datetime) -> None:
    """Those who can sign in have read what came before the last day."""
    for reader in readers:
        await read_all(by=reader, now=now)


async def _last_evening(
    clinic: Clinic,
    staff: tuple[Actor, ...],
    bar: Bar,
    claims: Claims,
    known: dict[str, str],
    now: datetime,
    random: Random,
) -> None:
    """The file is brought up to date, a volunteer claims a case, the matcher runs; somebody is suspended, seats are
    settled, and it runs once more.

    The second run leaves its proposals for the morning, and what it changed of the first.
    """
    shown = frozenset({known[DEMO_ATTORNEY], known[DEMO_INTERPRETER]})
    await take_for_law(clinic, by=staff[0], now=now + timedelta(minutes=4))
    await date_waiting_cases(clinic, by=staff[0], now=now + timedelta(minutes=5))
    await see_to_deadlines(clinic, by=staff[0], now=now + timedelta(minutes=8))
    await note_beside(by=staff[0], now=now + timedelta(minutes=9))
    await claims.claim(now + timedelta(minutes=10), but=shown)
    await keep_and_forget(by=staff[0], began=now - timedelta(days=365), now=now + timedelta(minutes=12))
    await _run(clinic, by=staff[0], at=now + timedelta(minutes=15))
    suspended = await volunteers.find_volunteer(UUID(known[DEMO_SUSPENDED]))
    await bar.suspend(suspended.bars[0].number, now=now + timedelta(minutes=25))
    await settle(clinic, but=shown, by=staff[0], now=now + timedelta(minutes=30))
    await _run(clinic, by=staff[0], at=now + timedelta(minutes=40))
    await follow_a_case(by=staff[0], now=now + timedelta(minutes=45))
    await ask_for_help(clinic, now=now + timedelta(minutes=48))
    await name_people(UUID(known[DEMO_SUSPENDED]), by=staff[0], now=now + timedelta(minutes=49))
    for ref in (DEMO_ATTORNEY, DEMO_INTERPRETER):
        await _offer_more(UUID(known[ref]), by=staff[0], now=now + timedelta(minutes=50))
    await _come_by_her_bar(UUID(known[DEMO_ATTORNEY]), now=now + timedelta(minutes=55))
    await show_stages(clinic, staff, tuple(UUID(one) for one in sorted(shown)), now=now + timedelta(minutes=42))
    await deliver_messages(clinic=clinic, now=now + timedelta(hours=1), random=random)


async def _run(clinic: Clinic, *, by: Actor, at: datetime) -> None:
    """A run of the real matcher."""
    run = new_id()
    await runs.insert_run(run, matcher=MATCHER, requested_by=by.account, now=at)
    await perform_run(run, clinic=clinic, clock=lambda: at)


async def _come_by_her_bar(volunteer: UUID, *, now: datetime) -> None:
    """Her bar's file brings somebody whom the clinic knows already: a second record for a coordinator to find."""
    known = await volunteers.find_volunteer(volunteer)
    bar = known.bars[0]
    again = Volunteer(
        id=new_id(),
        ref=f"{bar.jurisdiction}-{bar.number}",
        name=known.name,
        roles=(VolunteerRole.ATTORNEY,),
        bars=(bar,),
        county=known.county,
        us_state=known.us_state,
    )
    await register_volunteer(again, by=SYSTEM, now=now)


async def _offer_more(volunteer: UUID, *, by: Actor, now: datetime) -> None:
    """Whoever can sign in offers two more places after the run, so that there is something left to claim."""
    known = await volunteers.find_volunteer(volunteer)
    more = msgspec.structs.replace(known.capacity, cases=known.capacity.cases + 2)
    await change_volunteer(msgspec.structs.replace(known, capacity=more), by=by, now=now)
