"""Keeping the index of names up to date: in the transaction that writes a name, it can be found; and it is looked for.

A name that is added, in a new case or an old one, is looked for everywhere. Where it may be a conflict, a coordinator
gets an alert that names the case and nobody.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from core.model.clients.client import ClientField
from core.model.clients.parties import Party
from core.model.conflicts.grading import Grade
from core.model.conflicts.hits import Concern, Hit, NameKind, kind_of
from core.model.conflicts.words import Name, read_names
from core.model.states import OPEN_CASE
from core.services.conflicts.name_search import hits_of, likest_to
from core.store.alerts import close_alerts, raise_alert
from core.store.cases import cases
from core.store.names import index
from core.store.sealed.case_keys import key_of

ALERT: Final = "conflict_hit"
LOOK: Final = "A name in {ref} is like a name elsewhere. Look at its conflict check."
NAMED: Final = frozenset((ClientField.NAME, ClientField.OTHER_NAMES))


async def index_client(case: UUID, written: Mapping[ClientField, str], *, now: datetime) -> None:
    """Let a client be found by the names that were written for her, and by no others of those fields.

    Whoever writes names looks for them once all are written: ``look_again``.
    """
    for field, is_alias in ((ClientField.NAME, False), (ClientField.OTHER_NAMES, True)):
        if field not in written:
            continue
        await index.delete_names(case, kind=NameKind.CLIENT, is_alias=is_alias)
        if found := read_names(written[field]):
            seal = await key_of(case, now=now)
            for name in found:
                await index.insert_name(name, kind=NameKind.CLIENT, seal=seal, case=case, is_alias=is_alias)


async def index_party(party: Party, *, now: datetime) -> None:
    """Let a party be found by her names; then ``look_again``."""
    seal, kind = await key_of(party.case, now=now), kind_of(party.role)
    for at, name in enumerate((*read_names(party.name), *read_names(party.other_names))):
        await index.insert_name(name, kind=kind, seal=seal, case=party.case, party=party.id, is_alias=at > 0)


async def look_for_listed(name: Name, *, now: datetime) -> None:
    """Look again at every case that has somebody like this on its other side."""
    ((found,), _) = await likest_to([name])
    for case in sorted({entry.case for entry, _ in found if entry.case and entry.kind is NameKind.ADVERSE}):
        await look_again(case, now=now)


async def look_again(case: UUID, *, now: datetime) -> None:
    """Look for the names of a case everywhere, and raise an alert where a coordinator must look at hits anew.

    Side effect: an alert for the case, or its alert closes where nothing is to be decided; and an alert for each open
    case that has somebody very like one of these on its other side, or the other way round.
    """
    found, _ = await hits_of(case)
    pressing = [one for one in found if one.is_open]
    if not pressing:
        await close_alerts(ALERT, path=f"/cases/{case}/conflicts", by=None, now=now)
        return
    others = {hit.case for one in pressing for hit in one.hits if hit.case and _is_grave(hit)}
    known = await cases.cases_by_id({case, *others})
    for key, one in sorted(known.items()):
        if key == case or one.state in OPEN_CASE:
            await raise_alert(ALERT, text=LOOK.format(ref=one.ref), path=f"/cases/{key}/conflicts", now=now)


def _is_grave(hit: Hit) -> bool:
    """One opposing party that may be any of many clients would put an alert on each of their cases."""
    return hit.concern is Concern.CONFLICT and hit.likeness.grade > Grade.POSSIBLE
