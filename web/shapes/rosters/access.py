"""A bar's staff and tokens for pages."""

from typing import Any

from core.model.rosters.pushing import RosterToken
from core.store.rosters.partners import Partner
from web.i18n import gettext as _
from web.words.times import Times

Item = dict[str, Any]


def partner_item(one: Partner, times: Times, *, staff: bool) -> Item:
    """Somebody of the bar's staff; her address is for coordinators."""
    since = _("since %(day)s") % {"day": times.moment(one.since)}
    waits = [] if one.may_sign_in else [_("has not chosen a password yet")]
    return {
        "key": one.account,
        "name": one.name,
        "line": [*([one.email] if staff else []), since, *waits],
        "may_resend": not one.may_sign_in,
    }


def token_item(one: RosterToken, times: Times) -> Item:
    """A token: what it is for, until when it is good, when it was used last."""
    used = _("last used on %(day)s") % {"day": times.day(one.used_on)} if one.used_on else _("not used yet")
    made = _("made by %(name)s") % {"name": one.made_by} if one.made_by else _("made by the clinic")
    over = one.expires_at <= times.now
    good = _("expired on %(day)s") if over else _("good until %(day)s")
    return {
        "key": one.id,
        "label": one.label,
        "line": [made, good % {"day": times.moment(one.expires_at)}, used],
        "tag": {"label": _("Expired"), "tone": "soon"} if over else {"label": _("Good"), "tone": "ok"},
    }
