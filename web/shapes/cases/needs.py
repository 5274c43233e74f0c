"""What a case needs, and how it is listed, for the coordinator who writes it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup, escape

from core.errors import BadInput
from core.model.cases.case import Case
from core.model.cases.relief import reliefs
from core.model.languages import language_name, language_tag
from core.model.listings.attributes import Attribute
from core.model.listings.listed import Listing, Told, values_of, weeks_between
from core.model.listings.reidentification import Clue, Found, clues_in, meter
from core.model.vocabulary import Gender, PracticeArea
from core.services.cases.needs import HIDEABLE, Choice, Needs, needs_of
from core.store.cases.listings import Looked
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.listings import family_word, listing_item
from web.words.field import languages, word
from web.words.field import marked as _n
from web.words.times import Times, number

Item = dict[str, Any]
A = Attribute

NAMES: Final = {
    A.LANGUAGE: _n("Language"),
    A.FAMILY: _n("Family of the language"),
    A.AREA: _n("Practice area"),
    A.POSTURE: _n("Posture and detention"),
    A.STATE: _n("State"),
    A.SPOKEN: _n("Further languages"),
    A.FORUM: _n("Forum"),
    A.RELIEF: _n("Form of relief"),
    A.REGION: _n("Region"),
    A.GENDER: _n("Interpreter's gender"),
    A.KIND: _n("What the deadline is for"),
}
CLUES: Final = {
    Clue.NUMBER: _n("A number or an address leads to one person."),
    Clue.NAME: _n("This looks like a name: of a person, a place, a firm."),
    Clue.PLACE: _n("A place narrower than the listing tells."),
    Clue.ORIGIN: _n("A country or a people. Say “from abroad” or leave it out."),
    Clue.LANGUAGE: _n("A language that the listing does not tell."),
    Clue.DATE: _n("A date. Say “some years ago” or leave it out."),
    Clue.AGE: _n("An age. Say “young” or “older”, or leave it out."),
    Clue.AREA: _n("It tells the practice area, which the listing hides."),
    Clue.RELIEF: _n("It names the form of relief, which the listing hides."),
    Clue.DETENTION: _n("It tells of detention or the court, which the listing hides."),
    Clue.FAMILY: _n("How a family is made up narrows it down."),
    Clue.EVENT: _n("An occupation, an illness or an event that few share."),
}


def relief_options(case: Case) -> list[tuple[str, str]]:
    """The taxonomy by area, with each area's "not settled yet"; a name that is not in it stays as it is."""
    known = [
        (one.code, f"{word(one.practice_area)}: {one.name}" + (f" ({', '.join(one.forms)})" if one.forms else ""))
        for one in reliefs().values()
    ]
    open_yet = [(f"area:{area}", _("%(area)s: not settled yet") % {"area": word(area)}) for area in PracticeArea]
    own = needs_of(case).relief
    kept = [(f"kept:{case.practice_area}", f"{word(case.practice_area)}: {case.relief}")]
    return [*(kept if own and own not in reliefs() else []), *known, *open_yet]


def typed_needs(case: Case) -> dict[str, str]:
    """What the form shows of a case."""
    needs = needs_of(case)
    return {
        "relief": _relief_value(case, needs),
        "skill_level": str(needs.skill_level),
        "hours": number(needs.hours),
        "attorneys": str(needs.attorneys),
        "languages": ", ".join(map(spoken, needs.languages)),
        "interpreter_hours": number(needs.interpreter_hours) if needs.interpreter_hours else "",
        "interpreter_gender": str(needs.interpreter_gender or ""),
        "interpreter_mode": str(needs.interpreter_mode or ""),
        "remote_ok": "yes" if needs.remote_ok else "no",
        "forum": str(needs.forum),
        "posture": f"{needs.posture}{'-detained' if needs.detained else ''}",
        "county": needs.county,
        "us_state": needs.us_state,
    }


def spoken(tag: str) -> str:
    """A language as it is typed: by its name, where that is understood again, else by its tag."""
    name = language_name(tag)
    try:
        return name if "," not in name and language_tag(name) == tag else tag
    except BadInput:
        return tag


def _relief_value(case: Case, needs: Needs) -> str:
    if not needs.relief:
        return f"area:{case.practice_area}"
    return needs.relief if needs.relief in reliefs() else f"kept:{case.practice_area}"


def typical(case: Case) -> str:
    """What the taxonomy says that such a case takes; empty where it says nothing."""
    one = next((one for one in reliefs().values() if one.name == case.relief), None)
    if one is None:
        return ""
    said = _("Typically %(hours)s hours at level %(level)s: %(source)s.")
    return said % {"hours": number(one.hours), "level": one.level, "source": one.source}


def genders() -> list[tuple[str, str]]:
    """Genders that a client may need her interpreter to have."""
    return [(str(one), word(one)) for one in (Gender.FEMALE, Gender.MALE)]


def preview(case: Case, looked: Looked, summary: str, times: Times) -> Item:
    """The row that volunteers see, without its link."""
    told = looked.told
    listing = Listing(
        **{name: getattr(told, name) for name in Told.__struct_fields__},
        id=case.id,
        ref=case.ref,
        tier=told.tier_on(times.today),
        weeks_waiting=max(0, weeks_between(told.waiting_week, times.today)) if told.waiting_week else 0,
        weeks_left=weeks_between(times.today, told.deadline_week) if told.deadline_week else None,
        summary=summary,
    )
    return listing_item(listing)


def told_lines(case: Case, looked: Looked) -> list[Item]:
    """Each attribute: whether volunteers are told it, its true value, and why not."""
    lines = []
    for name in Attribute:
        true = _true(name, case)
        if not true or (name is A.SPOKEN and len(case.languages) < 2):
            continue
        if name is A.FAMILY and A.LANGUAGE not in looked.told.hidden:
            continue
        hidden = name in looked.told.hidden
        lines.append(
            {"name": _(NAMES[name]), "value": true, "hidden": hidden, "why": _why(name, looked) if hidden else ""}
        )
    return lines


def _true(name: Attribute, case: Case) -> str:
    """The value of an attribute in words; empty where there is none to tell."""
    best = case.languages[0] if case.languages else ""
    values = values_in_words(case)
    return values[name] if name in values else languages((best,)) if best else ""


def values_in_words(case: Case) -> Mapping[Attribute, str]:
    """What is true of a case, by attribute."""
    values = values_of(case)
    detained = f", {_('detained')}" if case.detained else ""
    return {
        A.FAMILY: family_word(values[A.FAMILY]),
        A.AREA: word(case.practice_area),
        A.POSTURE: f"{word(case.posture)}{detained}",
        A.STATE: case.us_state,
        A.SPOKEN: languages(case.languages),
        A.FORUM: word(case.forum),
        A.RELIEF: case.relief,
        A.REGION: values[A.REGION],
        A.GENDER: word(case.interpreter_gender) if case.interpreter_gender else "",
        A.KIND: case.deadline_kind if case.deadline else "",
    }


def _why(name: Attribute, looked: Looked) -> str:
    """Why an attribute is hidden."""
    if name in looked.widened:
        return _("Hidden by a coordinator.")
    if not looked.listed:
        return _("The case is not listed.")
    share = looked.sharing.get(name, 0)
    if share <= 1:
        return _("No other listed case shares it and what is told.")
    said = ngettext(
        "Only %(num)s listed case shares it and what is told.",
        "%(num)s listed cases share it and what is told; not enough, with what was told before.",
        share,
    )
    return said % {"num": share}


def typed_choice(choice: Choice) -> dict[str, str]:
    """What a coordinator has hidden of a case, as the form of it carries it along."""
    return {"widened": " ".join(sorted(choice.widened)), "withheld": choice.withheld}


def choice_in(form: Mapping[str, Any]) -> Choice:
    """The same, as it came along with the form."""
    names = str(form.get("was-widened", "")).split()
    known = frozenset(Attribute(name) for name in names if name in set(Attribute))
    return Choice(known, str(form.get("was-withheld", "")))


def choice_in_words(widened: Iterable[Attribute], withheld: str) -> dict[str, str]:
    """What is hidden now, and why the case is kept off the list, for whoever was about to change it."""
    return {"widened": ", ".join(_(NAMES[name]) for name in sorted(widened)), "withheld": withheld}


def hide_options() -> list[tuple[str, str]]:
    """What a coordinator may hide."""
    return [(str(name), _(NAMES[name])) for name in HIDEABLE]


def metered(summary: str, looked: Looked) -> Item:
    """A summary with its clues marked, the clues in words, and how far it points to a person."""
    found = clues_in(summary, looked.told)
    level = meter(found)
    return {
        "level": level,
        "word": _level_word(summary, found, level),
        "blocked": any(one.blocks for one in found),
        "tone": "now" if level == 100 else "soon" if level else "ok",
        "marked": _marked_text(summary, found),
        "clues": [{"text": one.text, "why": _(CLUES[one.clue]), "blocks": one.blocks} for one in found],
    }


def _level_word(summary: str, found: tuple[Found, ...], level: int) -> str:
    if not summary:
        return _("There is no summary yet.")
    if level == 100:
        return _("Not shown to volunteers: it tells more than the listing.")
    if found:
        return _("Shown. Look again at what is marked.")
    return _("Shown. Nothing in it points to a person, as far as can be told by its words.")


def _marked_text(summary: str, found: tuple[Found, ...]) -> Markup:
    parts, at = [], 0
    for one in found:
        if one.start >= at:
            parts += [escape(summary[at : one.start]), Markup("<mark>%s</mark>") % one.text]
            at = one.start + len(one.text)
    return Markup("").join([*parts, escape(summary[at:])])
