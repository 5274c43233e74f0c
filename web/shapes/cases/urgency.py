"""Why a case is as urgent as it is, in one sentence."""

from core.model.cases.case import Case
from core.model.cases.urgency import NOW_DAYS, SOON_DAYS, Tier
from web.i18n import gettext as _
from web.words.times import Times


def why_urgent(case: Case, times: Times) -> str:
    """The tier of a case, what makes it, and from which day on it is another one."""
    tier = case.urgency(times.today).tier
    if case.detained:
        return _("Urgent now: the client is detained.")
    if case.deadline is None:
        return _("Not urgent: no deadline is known.")
    left = (case.deadline - times.today).days
    said = {"left": left, "now": NOW_DAYS, "soon": SOON_DAYS}
    if left < 0:
        return _("Urgent now: its deadline has passed.")
    if left == 0:
        return _("Urgent now: its deadline is today.")
    if tier is Tier.NOW:
        return _("Urgent now: %(left)s days are left, and %(now)s or fewer are urgent.") % said
    if tier is Tier.SOON:
        return _("Soon: %(left)s days are left. It becomes urgent when %(now)s are left.") % said
    return _("Not urgent yet: %(left)s days are left. From %(soon)s days on it counts as soon.") % said
