"""Showing who a client is: the one way in which identity leaves the database for a person.

Each view asks which stage the person has reached, and writes the disclosure log with its audit event in the
transaction that reads. What cannot be logged is not shown.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from core.errors import NotFound
from core.model.clients import Client, ClientField, Purpose, Stage, stage_of
from core.model.parties import Party
from core.model.people import Actor
from core.store import clients, disclosures
from core.store import parties as party_store
from core.store.audit import record
from core.store.database import transaction

PARTIES = "parties"
"""What the log calls the names of the parties."""


async def stage_reached(case: UUID, *, by: Actor) -> Stage:
    """How far somebody has come with a case."""
    return Stage.STAFF if by.is_staff() else Stage.LISTING


async def read_client(
    case: UUID, fields: Collection[ClientField], *, purpose: Purpose, by: Actor, now: datetime
) -> Client:
    """What is known of these fields of a client, for a person who may see them all; NotFound for anybody else.

    Raises Erased where it was erased. Side effects, where anything is shown: the disclosure log, an audit event.
    """
    async with transaction():
        stage = await _require(case, max(map(stage_of, fields), default=Stage.LISTING), by)
        shown = await clients.read_fields(case, fields)
        await _note(case, [str(field) for field in shown], stage, purpose, by, now)
    return shown


async def read_parties(case: UUID, *, purpose: Purpose, by: Actor, now: datetime) -> tuple[Party, ...]:
    """The parties of a case with their names, for whoever has come to the names. Side effects as ``read_client``."""
    async with transaction():
        stage = await _require(case, Stage.NAMES, by)
        shown = await party_store.parties_of(case)
        await _note(case, [PARTIES] if shown else [], stage, purpose, by, now)
    return shown


async def note_view(
    case: UUID, what: Collection[str], *, needed: Stage, purpose: Purpose, by: Actor, now: datetime
) -> None:
    """Refuse whoever has not come to a stage, and note what else she is shown: documents, notes.

    Raises NotFound. Side effects in the transaction that shows it: the disclosure log, an audit event.
    """
    async with transaction():
        stage = await _require(case, needed, by)
        await _note(case, list(what), stage, purpose, by, now)


async def _require(case: UUID, needed: Stage, by: Actor) -> Stage:
    reached = await stage_reached(case, by=by)
    if reached < needed:
        raise NotFound("There is no such case, or it is not yours to see.")
    return reached


async def _note(case: UUID, fields: list[str], stage: Stage, purpose: Purpose, by: Actor, now: datetime) -> None:
    if not fields:
        return
    await disclosures.insert_disclosure(case, fields, stage=stage, purpose=purpose, by=by, now=now)
    names = ",".join(sorted(fields))
    await record("disclosed", subject_kind="case", subject=case, by=by, now=now, fields=names, purpose=str(purpose))
