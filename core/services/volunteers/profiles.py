"""A volunteer changes what she offers, before and after somebody has vouched for her."""

import math
from datetime import datetime

from core.errors import BadInput, NotAllowed, TooLate
from core.model.concurrent_edits import require_version
from core.model.people import Actor
from core.model.volunteers.profile import Profile
from core.store.audit import record
from core.store.database import transaction
from core.store.matches.teams import lock_volunteers
from core.store.volunteers import joinings, volunteers

LEVELS = range(1, 5)
MOST = {"cases": 50, "cases to mentor": 50, "hours a month": 300}


def require_sound_profile(profile: Profile) -> None:
    """Refuse a profile that nobody can have; BadInput says what would be right."""
    given = profile.capacity
    amounts = {"cases": given.cases, "cases to mentor": given.mentoring, "hours a month": given.hours_a_month}
    for what, amount in amounts.items():
        if amount is not None and not (0 <= amount <= MOST[what] and math.isfinite(amount)):
            raise BadInput(f"Give a number of {what} from 0 to {MOST[what]}.")
    if not all(level in LEVELS for level in profile.practice.values()):
        raise BadInput("A level in a practice area is one from 1 to 4.")
    if not all(0 <= one.ilr <= 5 for one in profile.languages):
        raise BadInput("How well you speak a language is one from 0 to 5.")
    if len({one.language for one in profile.languages}) < len(profile.languages):
        raise BadInput("A language is given twice. Keep the line that is right.")
    if any(pair.source == pair.target for pair in profile.interprets):
        raise BadInput("Interpreting goes between two different languages.")
    if any(one.ends < one.starts for one in profile.leave):
        raise BadInput("A leave ends before it begins. Turn the two days around.")


async def own_profile(by: Actor) -> Profile:
    """What the actor offers: as a volunteer, or as somebody who waits to be confirmed. NotAllowed for others."""
    if by.volunteer is not None:
        return Profile.of(await volunteers.find_volunteer(by.volunteer))
    joining = await joinings.joining_of_account(by.account) if by.account else None
    if joining is None or joining.profile is None:
        raise NotAllowed("Only volunteers have a profile. A coordinator can make you one.")
    return joining.profile


async def change_own_profile(profile: Profile, *, version: str, by: Actor, now: datetime) -> None:
    """Replace what the actor offers. Standing, numbers and whatever else was verified is not part of it.

    Raises BadInput for a profile that cannot be, NotAllowed for whoever is no volunteer, TooLate after a refusal,
    Overtaken where what she offers is not of this ``version`` any more: a coordinator's file, or her other window.
    """
    require_sound_profile(profile)
    async with transaction():
        await own_profile(by)
        if by.volunteer is not None:
            await lock_volunteers([by.volunteer])
            known = await volunteers.find_volunteer(by.volunteer)
            require_version(Profile.of(known), version)
            await volunteers.update_offer(profile.applied_to(known), now=now)
            await record("profile_changed", subject_kind="volunteer", subject=known.id, by=by, now=now)
            return
        joining = await joinings.joining_of_account(by.account) if by.account else None
        if joining is not None:
            require_version(joining.profile, version)
        if joining is None or not await joinings.write_profile(joining.id, profile):
            raise TooLate("A coordinator has decided meanwhile. Load the page again and look.")
        await record("profile_changed", subject_kind="joining", subject=joining.id, by=by, now=now)
