"""What the demo's clinic has decided on keeping clients: a rule, a hold, and one who asked to be forgotten."""

from datetime import datetime, timedelta
from typing import Final

from core.model.clients.retention import ErasureReason
from core.model.people import Actor
from core.model.states import CaseState
from core.services.privacy.erasing import erase_client
from core.services.privacy.holding import hold_case
from core.services.privacy.retaining import decide_retention
from core.store.cases import cases

YEARS: Final = 7
RULE: Final = "Our insurer asks for seven years (an invented clinic's choice: ask yours)."
HOLD: Final = "Subpoena in a landlord's case: keep everything until the court has decided."


async def keep_and_forget(*, by: Actor, began: datetime, now: datetime) -> None:
    """Decide early in the year; hold the first closed case, and erase the client of the second."""
    await decide_retention(YEARS, reason=RULE, by=by, now=began + timedelta(days=2))
    held, forgotten = sorted(await cases.cases_in(CaseState.CLOSED), key=lambda case: case.ref)[:2]
    await hold_case(held.id, reason=HOLD, by=by, now=now)
    await erase_client(forgotten.id, reason=ErasureReason.CLIENT_REQUEST, by=by, now=now + timedelta(minutes=1))
