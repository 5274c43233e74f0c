"""Whether a client may be served: checked by the thresholds, decided otherwise with a reason, recorded.

Who may fill a seat of a case is another question: ``core.eligibility``.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import BadInput, NotEligible, TooLate
from core.model.cases.case import Case
from core.model.cases.eligibility import Exemption, Thresholds, Verdict, judge, likely_exemptions, require_sound
from core.model.cases.eligibility_checks import Check, CheckedBy, ThresholdsKept, applicant_of, basis_of
from core.model.clients.client import ClientField
from core.model.clients.households import Household, household_in
from core.model.concurrent_edits import require_version
from core.model.people import Actor
from core.model.states import OPEN_CASE
from core.services.clients.writing import keep_client
from core.services.clinic import require_staff
from core.services.runs.sharing import SUBJECT
from core.store.audit import Happened, Words, record, record_all
from core.store.cases import eligibility as store
from core.store.cases.cases import find_cases
from core.store.clients import clients
from core.store.database import transaction
from core.store.days import day_of
from core.store.keys import new_id
from core.store.matches.settled import lock_cases

REASON = 200
"""How long the reason of a decision may be."""


async def check_eligibility(
    case: UUID,
    *,
    household: Household | None = None,
    exemptions: tuple[Exemption, ...] = (),
    by: Actor,
    now: datetime,
) -> Check:
    """Ask the thresholds about the client of an open case.

    ``household`` replaces what is known; without it what is known counts. Raises BadInput, Erased.
    Side effects, in one transaction: the household in the client's sealed record, the check, its audit event.
    """
    require_staff(by)
    async with transaction():
        found = await _open_case(case)
        kept, basis = await store.thresholds_in_force(), basis_of(found, exemptions)
        if household is not None:
            await keep_client(case, {ClientField.HOUSEHOLD: household.kept()}, now=now)
        known = household or await _household(case)
        result = judge(applicant_of(basis, known), kept.asks, on=day_of(now))
        check = Check(
            id=new_id(),
            case=case,
            source=CheckedBy.RULES,
            by_rules=result.verdict,
            decided=result.verdict,
            rests_on=basis,
            findings=result.findings,
            band=result.band,
            thresholds=kept.id,
            made_by=by.label,
            made_at=now,
        )
        await _keep([check], by=by, now=now)
    return check


async def _household(case: UUID) -> Household:
    """What is known of the household, for the thresholds alone: nobody is shown it."""
    known = await clients.read_fields(case, (ClientField.HOUSEHOLD,))
    return household_in(known.get(ClientField.HOUSEHOLD, ""))


async def decide_otherwise(case: UUID, decided: Verdict, *, reason: str, by: Actor, now: datetime) -> Check:
    """Decide whether a client may be served whatever the thresholds say; what they said stays beside it.

    Raises BadInput without a reason, TooLate where nothing was checked. Side effects as ``check_eligibility``.
    """
    require_staff(by)
    said = " ".join(reason.split())
    if not said or len(said) > REASON:
        raise BadInput(f"Write in a few words why, at most {REASON} letters and without names.")
    if decided is Verdict.UNKNOWN:
        raise BadInput("Decide that the client may be served, or may not.")
    async with transaction():
        found = await _open_case(case)
        last = await store.last_check(case)
        if last is None:
            raise TooLate("Nothing was checked yet: check first, then decide.")
        check = msgspec.structs.replace(
            last,
            id=new_id(),
            source=CheckedBy.PERSON,
            decided=decided,
            rests_on=basis_of(found, last.rests_on.exemptions),
            reason=said,
            made_by=by.label,
            made_at=now,
        )
        await _keep([check], by=by, now=now)
    return check


async def checked_elsewhere(case: UUID, *, reason: str, by: Actor, now: datetime) -> Check:
    """Record that somebody else has screened this client before: a waitlist that is taken over, a partner's referral.

    Side effects as ``check_eligibility``.
    """
    return (await all_checked_elsewhere([case], reason=reason, by=by, now=now))[0]


async def all_checked_elsewhere(cases: Sequence[UUID], *, reason: str, by: Actor, now: datetime) -> list[Check]:
    """The same for the clients of many cases, such as a whole waitlist."""
    require_staff(by)
    async with transaction():
        checks = [
            Check(
                id=new_id(),
                case=found.id,
                source=CheckedBy.ELSEWHERE,
                by_rules=Verdict.UNKNOWN,
                decided=Verdict.ELIGIBLE,
                rests_on=basis_of(found, likely_exemptions(found)),
                reason=reason[:REASON],
                made_by=by.label,
                made_at=now,
            )
            for found in await _open_cases(cases)
        ]
        await _keep(checks, by=by, now=now)
    return checks


async def _open_case(key: UUID) -> Case:
    return (await _open_cases([key]))[0]


async def _open_cases(keys: Sequence[UUID]) -> list[Case]:
    await lock_cases(keys)
    found = await find_cases(keys)
    for case in found:
        if case.state not in OPEN_CASE:
            raise TooLate(f"{case.ref} has ended: who it was for is not checked any more.")
    return found


async def _keep(checks: Sequence[Check], *, by: Actor, now: datetime) -> None:
    await store.insert_checks(checks)
    await record_all([_told(check) for check in checks], by=by, now=now)


def _told(check: Check) -> Happened:
    kind = "eligibility_decided" if check.source is CheckedBy.PERSON else "eligibility_checked"
    told = {"result": str(check.decided), "source": str(check.source)}
    words = Words(check.case, {"reason": check.reason}) if check.reason else None
    return Happened(kind, "case", check.case, {**told}, words)


async def require_eligible(cases: Sequence[Case]) -> None:
    """Raise NotEligible unless it is recorded that these clients may be served, by their cases as they are now."""
    checks = await store.last_checks(case.id for case in cases)
    for case in cases:
        _require_passed(case, checks.get(case.id))


def _require_passed(case: Case, check: Check | None) -> None:
    if check is None:
        raise NotEligible("It is not checked yet whether this client may be served. Check it first.")
    if check.decided is Verdict.UNKNOWN:
        raise NotEligible("Something must still be asked before it is known whether this client may be served.")
    if check.decided is Verdict.INELIGIBLE:
        raise NotEligible(
            "This client may not be served by the thresholds. Decide otherwise with a reason, or decline."
        )
    if not check.stands_for(case):
        raise NotEligible("The case has changed since it was checked whether this client may be served. Check again.")


async def set_thresholds(asks: Thresholds, *, version: str, why: str, by: Actor, now: datetime) -> None:
    """Set what the programme asks of its clients from now on; checks that were made before stay as they are.

    Raises BadInput for thresholds that cannot be meant, and without a reason, Overtaken where what is asked now is not
    of this ``version`` any more. Side effect: audit event.
    """
    require_staff(by)
    require_sound(asks)
    said = " ".join(why.split())
    if not said or len(said) > REASON:
        raise BadInput(f"Write in a few words why, at most {REASON} letters: the history shows it.")
    async with transaction():
        before = await store.thresholds_to_change()
        if before.asks == asks:
            return
        require_version(before.asks, version)
        await store.insert_thresholds(ThresholdsKept(asks, id=new_id(), since=now, set_by=by.label, why=said))
        await record("thresholds_set", subject_kind="programme", subject=SUBJECT, by=by, now=now, reason=said)
