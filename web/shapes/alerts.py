"""Alerts for pages: each with the people and the match that it is about, or many of one kind in one line."""

from typing import Any, Final

from core.model.deadlines.acts import ALERT
from core.queries.desk import AlertLine
from web.addresses import address
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import marked as _n
from web.words.times import Times

Item = dict[str, Any]
APART: Final = 3
"""More alerts of a kind than this are one line on the page of today, but for deadlines: each of these is urgent."""
KINDS: Final = {
    "standing": _n("Standing has changed"),
    "merged": _n("Two records merged"),
    "roster_gone": _n("Not on the roster any more"),
    "roster_held": _n("A roster is held for a person"),
    "roster_failed": _n("A roster could not be read"),
    "conflict_hit": _n("A name is like a name elsewhere"),
    ALERT: _n("Nobody acts on a deadline"),
}


def kind_word(kind: str) -> str:
    """What an alert of this kind says; alerts of plugins are named by their code."""
    return _(KINDS[kind]) if kind in KINDS else kind.replace("_", " ").capitalize()


def count_words(count: int) -> str:
    """How many alerts are open, in words."""
    return ngettext("%(num)s open alert", "%(num)s open alerts", count) % {"num": count}


def alert_item(alert: AlertLine, times: Times) -> Item:
    """One alert, with what may be done about it."""
    return {
        "id": alert.id,
        "kind": alert.kind,
        "what": kind_word(alert.kind),
        "text": alert.text,
        "name": alert.name,
        "volunteer": alert.volunteer,
        "ref": alert.ref,
        "match": alert.match,
        "offer": alert.offer,
        "path": alert.path,
        "when": times.moment(alert.raised_at),
    }


def today_item(alert: AlertLine, times: Times) -> Item:
    """An alert on the page of today; where it stands for all of its kind, ``all`` says how many and where they are."""
    item = alert_item(alert, times) | {"all": None}
    if alert.kind != ALERT and alert.alike > APART:
        item["all"] = {"href": address("/alerts", kind=alert.kind), "count": count_words(alert.alike)}
    return item
