"""The demo's deadlines by the evening: counted by the law, some in hand or done, and a rule that was taken back."""

from datetime import date, datetime, timedelta
from typing import Final

from core.model.deadlines.acts import Act
from core.model.deadlines.rules import RuleStatus
from core.model.people import Actor
from core.model.states import OPEN_CASE
from core.services.clinic import Clinic
from core.services.deadlines import acts
from core.services.deadlines.law import amend_rule, refresh_deadlines, restore_rule
from core.services.deadlines.reminding import remind_of_deadlines
from core.store.cases.deadlines import due_deadlines

INTERIM: Final = "bia-appeal-2026"
EFFECTIVE: Final = date(2026, 3, 9)
PUBLISHED: Final = "As published on 6 February 2026, FR Doc. 2026-02326. Nobody had told us that it was vacated."
CHILD: Final = "An unaccompanied child: INA 208(a)(2)(E)."
AHEAD: Final = timedelta(days=60)


async def take_for_law(clinic: Clinic, *, by: Actor, now: datetime) -> None:
    """Count by the rules for the first time; then somebody takes the interim rule of 2026 for the law."""
    await refresh_deadlines(clinic=clinic, now=now)
    await amend_rule(
        INTERIM,
        status=RuleStatus.IN_FORCE,
        effective_from=EFFECTIVE,
        reason=PUBLISHED,
        clinic=clinic,
        by=by,
        now=now,
    )


async def see_to_deadlines(clinic: Clinic, *, by: Actor, now: datetime) -> None:
    """The mistake is taken back, which moves appeals; reminders go out; some deadlines are seen to."""
    await restore_rule(INTERIM, clinic=clinic, by=by, now=now)
    await refresh_deadlines(clinic=clinic, now=now)
    await remind_of_deadlines(clinic=clinic, now=now)
    today = clinic.today(now)
    found = [
        one for one in await due_deadlines(today + AHEAD, sorted(map(str, OPEN_CASE))) if one.due and one.due > today
    ]
    for one in found[1::4]:
        await acts.take_in_hand(one.case, rule=one.rule, by=by, now=now)
    years = [one for one in found if one.rule == "asylum-one-year"]
    for one in years[-1:]:
        await acts.decide_deadline(
            one.case,
            rule=one.rule,
            act=Act.SET_ASIDE,
            seen=one.due,
            reason=CHILD,
            clinic=clinic,
            by=by,
            now=now,
        )
