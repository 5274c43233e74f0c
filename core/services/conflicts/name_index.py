"""Keeping the index of names up to date: in the transaction that writes a name, it can be found; and it is looked for.

A name that is added, in a new case or an old one, is looked for everywhere. Where it may be a conflict, a coordinator
gets an alert that names the case and nobody.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from core.model.clients.client import ClientField
from core.model.clients.parties import Party
from core.model.conflicts.grading import Grade
from core.model.conflicts.hits import Concern, Hit, HitGroup, NameKind, kind_of
from core.model.conflicts.words import Name, read_names
from core.model.states import OPEN_CASE
from core.services.conflicts.name_search import hits_by_case, hits_of, likest_to
from core.store.alerts import close_alerts_of, raise_alerts
from core.store.cases import cases
from core.store.names import index
from core.store.sealed.case_keys import key_of, keys_for

ALERT: Final = "conflict_hit"
LOOK: Final = "A name in {ref} is like a name elsewhere. Look at its conflict check."
IS_ALIAS: Final = {ClientField.NAME: False, ClientField.OTHER_NAMES: True}
"""The fields of a client that hold names, and whether those are her other names."""
NAMED: Final = frozenset(IS_ALIAS)


async def index_client(case: UUID, written: Mapping[ClientField, str], *, now: datetime) -> None:
    """Let a client be found by the names that were written for her, and by no others of those fields.

    Whoever writes names looks for them once all are written: ``look_again``.
    """
    for field, is_alias in IS_ALIAS.items():
        if field in written:
            await index.delete_names(case, kind=NameKind.CLIENT, is_alias=is_alias)
    await index_new_clients({case: written}, now=now)


async def index_new_clients(written: Mapping[UUID, Mapping[ClientField, str]], *, now: datetime) -> None:
    """Let clients be found by the names that were written for them, by case, where none of those fields was there."""
    found = [
        (case, name, is_alias)
        for case, fields in written.items()
        for field, is_alias in IS_ALIAS.items()
        for name in read_names(fields.get(field, ""))
    ]
    keys = await keys_for({case for case, _, _ in found}, now=now)
    named = [
        index.Naming(name, NameKind.CLIENT, keys[case], case=case, is_alias=is_alias) for case, name, is_alias in found
    ]
    await index.insert_names(named)


async def index_party(party: Party, *, now: datetime) -> None:
    """Let a party be found by her names; then ``look_again``."""
    seal, kind = await key_of(party.case, now=now), kind_of(party.role)
    names = enumerate((*read_names(party.name), *read_names(party.other_names)))
    named = [index.Naming(name, kind, seal, case=party.case, party=party.id, is_alias=at > 0) for at, name in names]
    await index.insert_names(named)


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
    await _look({case: [one for one in (await hits_of(case))[0] if one.is_open]}, now=now)


async def look_for_new(came: Sequence[UUID], *, now: datetime) -> None:
    """The same for the names of new cases, as if each had come when those before it were there.

    Of two clients of one list who are like each other, the case of the second gets the alert and not both.
    """
    place = {case: at for at, case in enumerate(came)}
    pressing: dict[UUID, list[HitGroup]] = {}
    for case, found in (await hits_by_case(came)).items():
        earlier = [one for one in found if one.case is None or place.get(one.case, -1) < place[case]]
        pressing[case] = [one for one in earlier if one.is_open]
    await _look(pressing, now=now)


async def _look(pressing: Mapping[UUID, Sequence[HitGroup]], *, now: datetime) -> None:
    """Close the alerts of cases of which nothing presses, and raise those of the others."""
    calm = [_page(case) for case, groups in pressing.items() if not groups]
    await close_alerts_of(ALERT, calm, by=None, now=now)
    own = {case for case, groups in pressing.items() if groups}
    hits = (hit for groups in pressing.values() for one in groups for hit in one.hits)
    others = {hit.case for hit in hits if hit.case and _is_grave(hit)}
    known = await cases.cases_by_id({*own, *others})
    looked = {
        LOOK.format(ref=one.ref): _page(key)
        for key, one in sorted(known.items())
        if key in own or one.state in OPEN_CASE
    }
    await raise_alerts(ALERT, looked, now=now)


def _page(case: UUID) -> str:
    return f"/cases/{case}/conflicts"


def _is_grave(hit: Hit) -> bool:
    """One opposing party that may be any of many clients would put an alert on each of their cases."""
    return hit.concern is Concern.CONFLICT and hit.likeness.grade > Grade.POSSIBLE
