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
from core.model.conflicts.hits import Concern, NameKind, kind_of
from core.model.conflicts.words import Name, read_name, read_names
from core.model.states import OPEN_CASE
from core.services.conflicts.name_search import hits_of, likest_to
from core.store.alerts import raise_alert
from core.store.cases import cases
from core.store.names import index
from core.store.sealed.case_keys import key_of

ALERT: Final = "conflict_hit"
LOOK: Final = "A name in {ref} is like a name elsewhere. Look at its conflict check."


async def index_client(case: UUID, written: Mapping[ClientField, str], *, now: datetime) -> None:
    """Let a client be found by the names that were written for her, and by no others of those fields."""
    for field, is_alias in ((ClientField.NAME, False), (ClientField.OTHER_NAMES, True)):
        if field not in written:
            continue
        await index.delete_names(case, kind=NameKind.CLIENT, is_alias=is_alias)
        found = read_names(written[field]) if is_alias else (read_name(written[field]),)
        if any(name.words for name in found):
            seal = await key_of(case, now=now)
            for name in filter(lambda one: one.words, found):
                await index.insert_name(name, kind=NameKind.CLIENT, seal=seal, case=case, is_alias=is_alias)
    if {ClientField.NAME, ClientField.OTHER_NAMES} & written.keys():
        await look_again(case, now=now)


async def index_party(party: Party, *, now: datetime) -> None:
    """Let a party be found by her names."""
    seal = await key_of(party.case, now=now)
    for at, name in enumerate((read_name(party.name), *read_names(party.other_names))):
        if name.words:
            await index.insert_name(
                name, kind=kind_of(party.role), seal=seal, case=party.case, party=party.id, is_alias=at > 0
            )
    await look_again(party.case, now=now)


async def look_for_listed(name: Name, *, now: datetime) -> None:
    """Look again at every case that has somebody like this on its other side."""
    ((found,), _) = await likest_to([name])
    for case in sorted({entry.case for entry, _ in found if entry.case and entry.kind is NameKind.ADVERSE}):
        await look_again(case, now=now)


async def look_again(case: UUID, *, now: datetime) -> None:
    """Look for the names of a case everywhere, and raise an alert where a coordinator must look at hits anew.

    Side effect: at most one alert for the case, and one for each open case that is on the other side of it.
    """
    found, _ = await hits_of(case)
    pressing = [one for one in found if one.is_open and max(hit.likeness.grade for hit in one.hits) > Grade.POSSIBLE]
    if not pressing:
        return
    others = {hit.case for one in pressing if one.concern is Concern.CONFLICT for hit in one.hits if hit.case}
    known = await cases.cases_by_id({case, *others})
    for key, one in sorted(known.items()):
        if key == case or one.state in OPEN_CASE:
            await raise_alert(ALERT, text=LOOK.format(ref=one.ref), path=f"/cases/{key}/conflicts", now=now)
