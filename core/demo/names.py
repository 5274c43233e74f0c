"""Who the demo's clients and parties are: invented names, and a few that meet in two cases or on a volunteer's list."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from core.demo.words import FIRST_NAMES, LAST_NAMES
from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.clients.parties import Party, PartyRole
from core.model.conflicts.hits import Relation
from core.model.people import Actor
from core.model.states import CaseState
from core.services.clients.writing import add_party, correct_client
from core.services.conflicts.own_lists import list_name
from core.store.cases import cases
from core.store.clients import clients
from core.store.keys import new_id

NAMED: Final = 48
"""So many of the waiting clients have a name in the demo's file."""
HUSBAND, WRITTEN_OTHERWISE = "Rodolfo Alarcón Mata", "ALARCON, RODOLFO"
DAIRY, AS_LISTED = "Valle Verde Dairy, LLC", "Valle Verde Dairy"
TWICE, TWICE_OTHERWISE = "Guadalupe Ixcoy Tzoc", "Lupe Ishcoy Tsoc"


async def name_people(volunteer: UUID, *, by: Actor, now: datetime) -> None:
    """Name waiting clients; let a husband be a client elsewhere, a client be here twice, and a dairy be on a list."""
    random = Random(NAMED)  # noqa: S311 -- invented names
    waiting = sorted(await cases.cases_in(CaseState.WAITLISTED), key=lambda case: case.ref)
    unnamed = [case for case in waiting if ClientField.NAME not in await clients.fields_known(case.id)][:NAMED]
    for case, name in zip(unnamed, _names(unnamed, random), strict=True):
        await correct_client(case.id, {ClientField.NAME: name}, by=by, now=now)
    later = now + timedelta(minutes=1)
    for case, name, is_organisation in zip(unnamed[3:], (WRITTEN_OTHERWISE, DAIRY), (False, True), strict=False):
        party = Party(new_id(), case.id, PartyRole.ADVERSE, name, is_organisation=is_organisation)
        await add_party(party, by=by, now=later)
    await list_name(volunteer, AS_LISTED, relation=Relation.CLIENT, is_organisation=True, by=by, now=later)


def _names(of: Sequence[Case], random: Random) -> list[str]:
    """Two surnames mostly, and the three that meet somebody."""
    drawn = [
        f"{random.choice(FIRST_NAMES)} {' '.join(random.sample(LAST_NAMES, random.choice((1, 2, 2))))}" for _ in of
    ]
    return [*(HUSBAND, TWICE, TWICE_OTHERWISE), *drawn][: len(of)]
