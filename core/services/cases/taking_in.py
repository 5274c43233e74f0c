"""Taking somebody in at the desk: a reference, the case, the client and the parties, and screening where it goes on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.clients.parties import Party
from core.model.people import Actor
from core.model.states import CaseState
from core.services.cases import intake
from core.services.clinic import require_staff
from core.store.cases.cases import cases_by_id
from core.store.cases.references import next_reference
from core.store.database import transaction


async def take_in_client(
    case: Case,
    *,
    client: Mapping[ClientField, str],
    parties: Sequence[Party] = (),
    screen: bool,
    prefix: str,
    by: Actor,
    now: datetime,
) -> Case:
    """Take in a client under the next reference that begins with ``prefix``; ``screen``: the screening begins at once.

    A case that is there already, by its id, is not made again. Side effects, in one transaction: those of
    ``receive_case`` and, with ``screen``, of ``begin_screening``.
    """
    require_staff(by)
    async with transaction():
        named = msgspec.structs.replace(case, ref=await next_reference(prefix, now=now))
        told = {field: text for field, text in client.items() if text}
        taken = (await cases_by_id([case.id])).get(case.id)
        if taken is None:
            taken = await intake.receive_case(named, client=told, parties=parties, by=by, now=now)
        if screen and taken.state is CaseState.RECEIVED:
            await intake.begin_screening(taken.id, by=by, now=now)
    return taken
