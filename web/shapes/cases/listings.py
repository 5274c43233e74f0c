"""Open cases as volunteers see them: what is told, and of what is hidden that it is."""

from typing import Any, Final

from markupsafe import Markup

from core.model.languages import OTHER_FAMILY
from core.model.listings.attributes import Attribute
from core.model.listings.listed import Listing
from core.model.vocabulary import Forum, Posture, PracticeArea
from web.i18n import gettext as _
from web.i18n import remembered
from web.shapes.cases.full import hours, marked, title_of
from web.templating import part
from web.words.field import languages, word
from web.words.field import marked as _n
from web.words.times import number, weeks_ahead, weeks_waited
from web.words.tongues import language_name

Item = dict[str, Any]
A = Attribute

FAMILIES: Final = {
    "african": _n("an African language"),
    "andean": _n("an Andean language"),
    "creole": _n("a Caribbean creole"),
    "east_asian": _n("an East Asian language"),
    "english": _n("English"),
    "iranian": _n("an Iranian language"),
    "mayan": _n("a Mayan language"),
    "mesoamerican": _n("an indigenous language of Mexico or Central America"),
    "north_american": _n("an indigenous language of North America"),
    "romance": _n("a Romance language"),
    "semitic": _n("a Semitic language"),
    "sinitic": _n("a Chinese language"),
    "slavic": _n("a Slavic language"),
    "south_asian": _n("a South Asian language"),
    "turkic": _n("a Turkic language"),
    OTHER_FAMILY: _n("a rarely spoken language"),
}
"""Families and groups of languages, as a listing names them where the language would tell too much."""


@remembered
def family_word(family: str) -> str:
    """A family of languages in words."""
    return _(FAMILIES.get(family, FAMILIES[OTHER_FAMILY]))


@remembered
def listing_title(area: PracticeArea | None, relief: str, posture: Posture | None) -> str:
    """What an open case is about, as far as it is told."""
    if area is None:
        about = _("Immigration case")
        return f"{about}, {word(posture)}" if posture is Posture.DEFENSIVE else about
    return title_of(area, relief, posture or Posture.AFFIRMATIVE)


@remembered
def spoken(tags: tuple[str, ...], family: str) -> str:
    """What the client speaks: "Mam or Spanish", "a Mayan language", "not shown"."""
    if tags:
        return languages(tags)
    return family_word(family) if family else _("not shown")


@remembered
def work(most: float, exact: bool) -> str:
    """A number of hours, or a band: "45 h", "up to 50 h"."""
    return hours(most) if exact else _("up to %(num)s h") % {"num": number(most)}


@remembered
def broadly(place: str, remote: bool) -> str:
    """Where an anonymised case is, broadly."""
    if not place:
        return _("remote") if remote else _("in person, place not shown")
    return (_("remote, %(place)s") if remote else _("in person, %(place)s")) % {"place": place}


def _reasons(listing: Listing) -> list[str]:
    reasons = [_("Detained")] if listing.detained else []
    if listing.weeks_left is not None:
        reasons.append(f"{listing.deadline_kind or _('Deadline')} {weeks_ahead(listing.weeks_left)}")
    return reasons


def urgency_of_listing(listing: Listing) -> Item:
    """The urgency of an open case with its reasons, dates rounded to the week."""
    return marked(listing.tier, _reasons(listing))


def title_of_listing(listing: Listing) -> str:
    """What an open case is about."""
    return listing_title(listing.practice_area, listing.relief, listing.posture)


def listing_item(listing: Listing, *, fits: bool | None = None) -> Item:
    """An open case as a volunteer reads it in a list."""
    item = {
        "ref": listing.ref,
        "href": f"/cases/{listing.id}",
        "title": title_of_listing(listing),
        **urgency_of_listing(listing),
        "line": listing.summary or None,
        "facts": [
            {"label": _("Language"), "value": spoken(listing.languages, listing.family)},
            {"label": _("Work"), "value": work(listing.hours, listing.exact_hours)},
            {"label": _("Where"), "value": broadly(listing.place, listing.remote_ok)},
            {"label": _("Waiting"), "value": weeks_waited(listing.weeks_waiting)},
        ],
    }
    if fits:
        item["fit"] = {"fits": True, "text": _fits(listing)}
    return item


def _fits(listing: Listing) -> str:
    """What a rule might still ask about is said to be open where the listing hides it."""
    hidden = {A.LANGUAGE, A.AREA} & set(listing.hidden)
    return _("Fits you, as far as is shown") if hidden else _("Fits you")


@remembered
def listing_row(listing: Listing, fits: bool) -> Markup:
    """An open case as a row of a list, kept for whoever sees the same next: it shows the listing and nothing else."""
    return part("components/case.html", "case_row", listing_item(listing, fits=fits))


def listing_facts(listing: Listing) -> list[Item]:
    """The facts of an open case on its own page."""
    facts = [
        (_("Work"), work(listing.hours, listing.exact_hours)),
        (_("Where"), broadly(listing.place, listing.remote_ok)),
        (_("Language"), _in_full(listing)),
        (_("Waiting"), weeks_waited(listing.weeks_waiting)),
        (_("Forum"), _forum(listing.forum)),
        (_("Level"), str(listing.skill_level)),
    ]
    if listing.interpreter_gender:
        facts.append((_("Interpreter's gender"), word(listing.interpreter_gender)))
    return [{"label": label, "value": value} for label, value in facts]


def _forum(forum: Forum | None) -> str:
    return word(forum) if forum else _("not shown")


def _in_full(listing: Listing) -> str:
    """The languages, and whether there may be others."""
    told = spoken(listing.languages, listing.family)
    if listing.languages and not listing.all_languages:
        return _("%(language)s, perhaps others") % {"language": told}
    return told


def interpreting_facts(listing: Listing) -> list[Item]:
    """The facts of an open case for somebody who is asked to interpret: her own hours, and no level."""
    own = hours(listing.interpreter_hours) if listing.interpreter_hours else _("as the case needs")
    others = [fact for fact in listing_facts(listing) if fact["label"] not in (_("Work"), _("Level"))]
    return [{"label": _("Interpreting"), "value": own}, *others]


def language_choices(tags: tuple[str, ...], families: tuple[str, ...], prefix: str) -> list[tuple[str, str]]:
    """The languages that listings tell, and after them the families, for a filter."""
    named = sorted(((tag, language_name(tag)) for tag in tags), key=lambda pair: pair[1])
    return [*named, *sorted(((f"{prefix}{one}", family_word(one)) for one in families), key=lambda pair: pair[1])]


_HIDDEN: Final = {
    A.LANGUAGE: _n("the language"),
    A.AREA: _n("the practice area"),
    A.POSTURE: _n("affirmative or defensive, and whether the client is detained"),
    A.FORUM: _n("the forum"),
    A.RELIEF: _n("the form of relief"),
    A.REGION: _n("the region"),
    A.KIND: _n("what the deadline is for"),
}
"""What a volunteer would like to know and is not told, the most useful first."""


def not_told(listing: Listing) -> list[str]:
    """What a listing does not tell, in words. Of what is hidden it says no more than that."""
    told = [name for name in _HIDDEN if name in listing.hidden]
    if listing.deadline_week is None and A.KIND in told:
        told.remove(A.KIND)
    return [_(_HIDDEN[name]) for name in told]
