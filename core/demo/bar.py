"""The demo's bar association: its export, uploaded at the beginning and again on the last evening by its own staff."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from random import Random
from typing import Final

import msgspec

from core.demo.signing import PARTNER, hash_of
from core.demo.words import FIRST_NAMES, LAST_NAMES
from core.errors import BadInput
from core.members import ColumnMapping
from core.model.people import Actor, Volunteer
from core.model.places import counties
from core.model.rosters.work import RosterAct
from core.model.states import RosterRunState
from core.model.vocabulary import AccountRole, Standing
from core.services.accounts.signing_in import actor_of, create_account
from core.services.clinic import Clinic
from core.services.rosters.asking import ask_about, ask_to_read
from core.services.rosters.partners import give_access
from core.services.rosters.uploads import add_roster, keep_upload, settle_mapping
from core.services.rosters.work import perform_work
from core.store.rosters import roster_runs, roster_work, rosters

ROSTER: Final = "new-mexico"
TITLE: Final = "State Bar of New Mexico"
MEMBERS: Final = 640
"""How many members the bar has who are no volunteers."""
HEADER: Final = ("Bar No.", "Last Name", "First Name", "Firm", "County", "State", "E-mail", "Admitted", "Status")
COLUMNS: Final = ("number", "last_name", "first_name", "firm", "county", "state", "email", "admitted", "status")
STATUSES: Final = {
    Standing.ACTIVE: "Active",
    Standing.EMERITUS: "Pro Bono Emeritus",
    Standing.INACTIVE: "Inactive",
    Standing.SUSPENDED: "Suspended",
}
FIRMS: Final = ("", "Legal Aid", "Rio Law Group", "Mesa & Partners", "Sandia Law Office", "County of Bernalillo")


class Lawyer(msgspec.Struct, frozen=True):
    """A row of the export."""

    number: str
    last: str
    first: str
    firm: str
    county: str
    state: str
    email: str
    admitted: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar with its members. ``partner`` is the one of its staff who keeps its roster with us."""

    clinic: Clinic
    partner: Actor
    members: tuple[Lawyer, ...]

    @classmethod
    async def join(
        cls, clinic: Clinic, people: Sequence[Volunteer], *, random: Random, by: Actor, now: datetime
    ) -> "Bar":
        """Add the roster, give the bar's staff access to it, and apply the first export."""
        await add_roster(ROSTER, title=TITLE, bar="NM", clinic=clinic, by=by, now=now)
        roles = (AccountRole.PARTNER,)
        await create_account(
            email=PARTNER, name="Paula Griego", roles=roles, password_hash=hash_of(PARTNER), by=by, now=now
        )
        partner = await actor_of(await give_access(ROSTER, email=PARTNER, name="Paula Griego", by=by, now=now))
        bar = cls(clinic, partner, tuple(_members(people, random, now.year)))
        await bar.upload(bar.members, now=now)
        return bar

    async def suspend(self, number: str, *, now: datetime) -> None:
        """Upload the export of an evening on which somebody was suspended, somebody has moved and somebody is new."""
        moved = {self.members[place].number: FIRMS[place % 5 + 1] for place in range(400, 407)}
        said = [
            msgspec.structs.replace(
                one,
                firm=moved.get(one.number, one.firm),
                standing=Standing.SUSPENDED if one.number == number else one.standing,
            )
            for one in self.members[:-2]
        ]
        fresh = msgspec.structs.replace(self.members[-1], number="31004", admitted=now.year)
        await self.upload([*said, fresh], now=now)

    async def upload(self, members: Sequence[Lawyer], *, now: datetime) -> None:
        """Upload an export, say once which column is which, and apply what it changes."""
        file = BytesIO(_export(members))

        async def read(size: int) -> bytes:
            return file.read(size)

        await keep_upload(ROSTER, read, file_name=f"members-{now:%Y-%m-%d}.csv", by=self.partner, now=now)
        await self._work(now)
        row = await rosters.find_roster(ROSTER)
        if row["applied"] is None:
            mapping = ColumnMapping(dict(zip(COLUMNS, HEADER, strict=True)), number_length=5)
            await settle_mapping(ROSTER, mapping, header=HEADER, by=self.partner, now=now)
            await ask_to_read(ROSTER, clinic=self.clinic, by=self.partner, now=now)
            await self._work(now)
        (run,) = await roster_runs.runs_in(row["id"], RosterRunState.PREVIEWED)
        await ask_about(run, RosterAct.APPLY, by=self.partner, now=now)
        await self._work(now)

    async def _work(self, now: datetime) -> None:
        """Do at once what a worker would do in a while."""
        row = await rosters.find_roster(ROSTER)
        asked = await roster_work.work_on(row["id"])
        assert asked is not None
        await perform_work({"work": str(asked.id)}, self.clinic, lambda: now)
        done = await roster_work.find_work(asked.id)
        if done is None or done.problem:
            raise BadInput(f"The demo's roster could not be brought in: {done.problem if done else 'it is gone'}.")


def _members(people: Sequence[Volunteer], random: Random, year: int) -> list[Lawyer]:
    """The volunteers of this bar as it knows them, and many more. Two of these are called like volunteers of Texas."""
    ours = [_volunteer(one) for one in people if any(bar.jurisdiction == "NM" and bar.number for bar in one.bars)]
    known, texans = {one.name for one in people}, [one.name for one in people if one.us_state == "TX"][:2]
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    others = random.sample([name for name in names if name not in known], MEMBERS - len(texans))
    numbers = random.sample(range(2_000, 9_999), MEMBERS)
    return list({one.number: one for one in (*ours, *_strangers([*texans, *others], numbers, random, year))}.values())


def _volunteer(person: Volunteer) -> Lawyer:
    (bar,) = (bar for bar in person.bars if bar.jurisdiction == "NM")
    first, last = person.name.rsplit(" ", 1)
    return Lawyer(
        number=bar.number,
        last=last,
        first=first,
        firm="",
        county=person.county,
        state=person.us_state,
        email=person.email,
        admitted=bar.admitted_year or 2001,
        standing=bar.standing,
    )


def _strangers(names: Sequence[str], numbers: Sequence[int], random: Random, year: int) -> list[Lawyer]:
    places = [place for place in counties().values() if place.state == "NM"]
    return [
        Lawyer(
            number=f"{number:05}",
            last=name.rsplit(" ", 1)[1],
            first=name.rsplit(" ", 1)[0],
            firm=random.choice(FIRMS),
            county=random.choice(places).name,
            state="NM",
            email=f"member{number}@example.org",
            admitted=year - random.randint(2, 40),
            standing=random.choices((Standing.ACTIVE, Standing.EMERITUS, Standing.INACTIVE), (88, 4, 8))[0],
        )
        for name, number in zip(names, numbers, strict=True)
    ]


def _export(members: Sequence[Lawyer]) -> bytes:
    """The export as the bar's program writes it. Spreadsheets have taken the leading zeros away."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADER)
    for one in members:
        where, word = (one.county, one.state), STATUSES[one.standing]
        rows.writerow([one.number.lstrip("0"), one.last, one.first, one.firm, *where, one.email, one.admitted, word])
    return out.getvalue().encode("utf-8-sig")
