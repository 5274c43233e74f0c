"""Pins and forbids for pages: what is settled about a case, and who could be."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from core.eligibility import Blocked
from core.model.languages import language_name
from core.model.plans.settled import Settling
from core.queries.runs.settled import SettledLine
from core.services.matches.fitting import Candidate
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import word
from web.words.reasons import against
from web.words.times import Times, iso

Item = dict[str, Any]
MOST_PAIRS: Final = 3


def settled_item(line: SettledLine, broken: Mapping[UUID, Iterable[Blocked]], times: Times) -> Item:
    """One pin or forbid, with the way to undo it and a flag where it cannot be kept."""
    if line.kind is Settling.PIN and line.role is not None:
        what = _("pinned as %(role)s") % {"role": word(line.role).lower()}
    else:
        what = _("ruled out")
    return {
        "volunteer": line.volunteer,
        "role": line.role,
        "name": line.name,
        "href": f"/volunteers/{line.volunteer}",
        "what": what,
        "tone": "info" if line.kind is Settling.PIN else "plain",
        "reason": line.reason,
        "who": line.made_by or _("the programme"),
        "when": times.moment(line.made_at),
        "iso": iso(line.made_at),
        "broken": reasons(broken.get(line.id, ())),
        "undo": f"/settled/{line.id}/lift",
    }


def reasons(blocked: Iterable[Blocked]) -> str:
    """What speaks against somebody, in one line; empty where nothing does."""
    return ", ".join(dict.fromkeys(against(one.code, one.sentence) for one in blocked))


def candidate_item(one: Candidate) -> Item:
    """Somebody for a seat: what the rules say of her, and what she has left."""
    free = max(0, one.facts.capacity_cases)
    places = ngettext("%(num)s free place", "%(num)s free places", free) % {"num": free}
    told = reasons(one.verdict.reasons)
    if not told and one.onward_only:
        told = _("does not interpret a language of the client: only as the second link of a relay")
    pairs = [_(" and ").join(language_name(tag) for tag in pair) for pair in one.facts.pairs()]
    place = one.person.county or one.person.us_state
    return {
        "id": one.person.id,
        "name": one.person.name,
        "fact": ", ".join(part for part in (*pairs[:MOST_PAIRS], place, places) if part),
        "note": told or (_("would need a mentor") if one.verdict.needs_mentor else ""),
        "allowed": one.verdict.allowed,
    }
