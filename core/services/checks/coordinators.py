"""The conflict check of a case by a coordinator: every hit with why, and what she decides about it.

ABA Model Rules of Professional Conduct 1.7, 1.9 and 1.10. A hit is a question, never an answer: no name is a conflict
by itself. What she decides stands until other names come to it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import BadInput, NotFound, TooLate
from core.model.clients.client import Client, ClientField, Purpose
from core.model.clients.parties import Party
from core.model.conflicts.evidence import COMPARED, Evidence, is_same
from core.model.conflicts.hits import Concern, Decision, HitGroup, Verdict
from core.model.people import Actor
from core.services.clients.disclosing import read_people
from core.services.clinic import require_staff
from core.services.conflicts.name_index import ALERT
from core.services.conflicts.name_search import MOST_COMPARED, hits_of, note_shown
from core.store.alerts import close_alerts
from core.store.audit import record
from core.store.cases import cases
from core.store.clients.clients import read_fields
from core.store.clients.evidence import compared
from core.store.database import transaction
from core.store.engines.hiding import hidden
from core.store.names.decisions import insert_decision

LONGEST_REASON: Final = 200
NAMES: Final = (ClientField.NAME, ClientField.OTHER_NAMES)


class Check(msgspec.Struct, frozen=True):
    """A conflict check as a coordinator sees it: ``groups`` from one place on, and what all of them together say.

    ``count`` is how many groups there are and ``open`` how many wait for a decision; ``conflict``: one was found to be
    a conflict. ``cut``: names are so common that not all of their hits are counted. ``evidence``: beside the names,
    what speaks for or against the client being that of another case.
    """

    client: Client
    parties: tuple[Party, ...]
    groups: tuple[HitGroup, ...]
    count: int
    open: int
    conflict: bool
    cut: bool
    evidence: Mapping[UUID, Evidence]


async def check_of(case: UUID, *, by: Actor, now: datetime, begin: int = 0, limit: int | None = None) -> Check:
    """The names of a case and the hits with them, for staff: first what waits for a decision, then who else seems to be
    the same client by a number or her day of birth.

    Side effects: the disclosure log and audit events, for this case and for each other one of which a name is shown;
    the alert of the case closes where nothing is left to decide.
    """
    require_staff(by)
    async with transaction():
        client, parties = await read_people(case, NAMES, purpose=Purpose.CONFLICT_CHECK, by=by, now=now)
        found, cut = await hits_of(case)
        await _close_if_decided(case, found, by=by, now=now)
        groups = [group for group in found if group.case not in hidden()]
        evidence = await _evidence(case, groups[:MOST_COMPARED])
        groups.sort(key=lambda group: (not group.is_open, not is_same(evidence.get(group.case or case, {}))))
        shown = tuple(groups[begin : None if limit is None else begin + limit])
        others = {hit.case: evidence.get(hit.case, {}) for group in shown for hit in group.hits if hit.case}
        await note_shown(others, purpose=Purpose.CONFLICT_CHECK, by=by, now=now)
    waiting = sum(group.is_open for group in groups)
    conflict = any(group.is_conflict for group in groups)
    return Check(client, parties, shown, len(groups), waiting, conflict, cut, evidence)


async def _evidence(case: UUID, groups: Sequence[HitGroup]) -> dict[UUID, Evidence]:
    twice = {hit.case for group in groups for hit in group.hits if hit.case and hit.concern is Concern.SAME_PERSON}
    return await compared(await read_fields(case, COMPARED), twice) if twice else {}


async def decide(
    case: UUID,
    *,
    other: UUID | None = None,
    volunteer: UUID | None = None,
    verdict: Verdict,
    reason: str,
    seen: str,
    by: Actor,
    now: datetime,
) -> None:
    """Decide about the hits of a case with another one or with a volunteer. ``seen`` is the mark of what was looked at.

    Raises BadInput without a reason, TooLate where there are other hits by now. Side effects, in one transaction: the
    decision for both cases, a volunteer in conflict is not proposed for the case again, the alert of the case closes
    once nothing is open, audit events.
    """
    require_staff(by)
    words = " ".join(reason.split())
    if not words or len(words) > LONGEST_REASON:
        raise BadInput(f"Say why in a few words, without names, at most {LONGEST_REASON} characters.")
    async with transaction():
        groups, _ = await hits_of(case)
        group = next((one for one in groups if (one.hits[0].case, one.hits[0].volunteer) == (other, volunteer)), None)
        if group is None or other in hidden():
            raise NotFound("These names are not there any more. Nothing was changed.")
        if group.mark != seen:
            raise TooLate("Names have changed since you looked at them. Look at the hits again. Nothing was changed.")
        decision = Decision(verdict, words, group.mark)
        await insert_decision(case, (other, volunteer), decision, by=by.account, now=now)
        if other is not None:
            await insert_decision(
                other, (case, None), Decision(verdict, words, group.mark_turned), by=by.account, now=now
            )
        if volunteer is not None and verdict is Verdict.CONFLICT:
            await cases.bar_pair(case, volunteer=volunteer, reason="conflict", now=now)
        await record("conflict_decided", subject_kind="case", subject=case, by=by, now=now, verdict=str(verdict))
        await _close_alerts(case, other, by=by, now=now)


async def _close_alerts(case: UUID, other: UUID | None, *, by: Actor, now: datetime) -> None:
    for one in (case, other):
        if one is not None:
            await _close_if_decided(one, (await hits_of(one))[0], by=by, now=now)


async def _close_if_decided(case: UUID, groups: Sequence[HitGroup], *, by: Actor, now: datetime) -> None:
    if not any(group.is_open for group in groups):
        await close_alerts(ALERT, path=f"/cases/{case}/conflicts", by=by.account, now=now)
