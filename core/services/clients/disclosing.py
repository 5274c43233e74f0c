"""Showing who a client is: the one way in which identity leaves the database for a person.

Each view asks which stage the person has reached, and writes the disclosure log with its audit event in the
transaction that reads. What cannot be logged is not shown.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from core.errors import NotFound
from core.model.clients.checks import Reach, reached
from core.model.clients.client import Client, ClientField, Purpose, Stage
from core.model.clients.parties import Party, PartyRole
from core.model.people import Actor
from core.store.audit import record
from core.store.clients import checks, clients, disclosures
from core.store.clients import parties as party_store
from core.store.database import transaction

PARTIES = "parties"
"""What the log calls the names of the parties."""
NOT_YOURS = "There is no such case, or it is not yours to see."


QUESTIONS = "questions"
"""What the log calls the questions that volunteers ask before they can say whether they have a conflict."""


async def stage_reached(case: UUID, *, by: Actor, now: datetime) -> Stage:
    """How far somebody has come with a case."""
    return (await reach_of(case, by=by, now=now)).stage


async def reach_of(case: UUID, *, by: Actor, now: datetime) -> Reach:
    """How far somebody has come with a case, and in which seat."""
    if by.is_staff():
        return Reach(Stage.STAFF)
    place = await checks.place_in_team(case, volunteer=by.volunteer) if by.volunteer else None
    if place is None:
        return Reach(Stage.LISTING)
    seat, match, check = place
    return Reach(reached(seat.state, match, check, now=now), seat.role)


async def read_client(
    case: UUID, fields: Collection[ClientField], *, purpose: Purpose, by: Actor, now: datetime
) -> Client:
    """What is known of these fields of a client, for a person who may see them all; NotFound for anybody else.

    Raises Erased where it was erased. Side effects, where anything is shown: the disclosure log, an audit event.
    """
    async with transaction():
        reach = await reach_of(case, by=by, now=now)
        shown = await _fields(case, fields, reach)
        await _note(case, _told(shown), stage=reach.stage, purpose=purpose, by=by, now=now)
    return shown


async def read_parties(case: UUID, *, purpose: Purpose, by: Actor, now: datetime) -> tuple[Party, ...]:
    """The parties of a case with their names, for whoever has come to the names. Side effects as ``read_client``.

    Whoever checks for conflicts, or interprets, sees those on the other side alone: the family is a part of the file.
    """
    async with transaction():
        reach = await reach_of(case, by=by, now=now)
        shown = await _parties(case, reach)
        await _note(case, [PARTIES] if shown else [], stage=reach.stage, purpose=purpose, by=by, now=now)
    return shown


async def read_people(
    case: UUID, fields: Collection[ClientField], *, purpose: Purpose, by: Actor, now: datetime
) -> tuple[Client, tuple[Party, ...]]:
    """Both at once, for a page that shows them together: it is one look, and one line of the log."""
    async with transaction():
        reach = await reach_of(case, by=by, now=now)
        client, parties = await _fields(case, fields, reach), await _parties(case, reach)
        told = [*_told(client), *([PARTIES] if parties else [])]
        await _note(case, told, stage=reach.stage, purpose=purpose, by=by, now=now)
    return client, parties


async def _fields(case: UUID, fields: Collection[ClientField], reach: Reach) -> Client:
    if not all(map(reach.opens, fields)):
        raise NotFound(NOT_YOURS)
    return await clients.read_fields(case, fields)


def _told(client: Client) -> list[str]:
    return [str(field) for field in client]


async def _parties(case: UUID, reach: Reach) -> tuple[Party, ...]:
    if reach.stage < Stage.NAMES:
        raise NotFound(NOT_YOURS)
    known = await party_store.parties_of(case)
    return tuple(one for one in known if reach.opens_family() or one.role is PartyRole.ADVERSE)


async def note_view(
    case: UUID, what: Collection[str], *, needed: Stage, purpose: Purpose, by: Actor, now: datetime
) -> None:
    """Refuse whoever has not come to a stage, and note what else she is shown: documents, notes.

    Raises NotFound. Side effects in the transaction that shows it: the disclosure log, an audit event.
    """
    async with transaction():
        reach = await reach_of(case, by=by, now=now)
        if reach.stage < needed:
            raise NotFound(NOT_YOURS)
        await _note(case, list(what), stage=reach.stage, purpose=purpose, by=by, now=now)


async def _note(case: UUID, fields: list[str], *, stage: Stage, purpose: Purpose, by: Actor, now: datetime) -> None:
    if not fields:
        return
    await disclosures.insert_disclosure(case, fields, stage=stage, purpose=purpose, by=by, now=now)
    names = ",".join(sorted(fields))
    await record("disclosed", subject_kind="case", subject=case, by=by, now=now, fields=names, purpose=str(purpose))
