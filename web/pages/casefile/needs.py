"""What a case needs of its people, its summary, and how it is listed for volunteers."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import Overtaken, WrongEntries
from core.model.cases.case import Case
from core.model.listings.attributes import Attribute
from core.model.states import OPEN_CASE
from core.model.vocabulary import Forum, Gender, InterpretingMode, Posture, PracticeArea
from core.services.cases import needs
from core.services.cases.needs import Choice
from core.store.cases.cases import find_case
from core.store.cases.listings import choice_of, comparable, look_at
from web.access.roles import STAFF, only
from web.addresses import Key, chosen
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases import needs as shapes
from web.shapes.cases.case_tabs import case_head
from web.typed import WAS, beside, changed_entries, given_back, words_of
from web.words.field import options, word

PATH: Final = "/cases/{key:uuid}/needs"
UNREADABLE: Final = 422
FIELDS: Final = {"practice_area": "relief", "detained": "posture"}
"""The field of the form that says this as well."""
Typed = dict[str, str]


@get(PATH, opt=only(STAFF))
async def needs_page(frame: Framed, key: Key) -> Template:
    """What a case needs, its summary, and what of it volunteers are told and why not more."""
    return await _page(frame, key)


async def _page(
    frame: Frame,
    key: UUID,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    summary: str | None = None,
    seen: str | None = None,
    opened: Typed | None = None,
    choice: Choice | None = None,
    chosen_from: Choice | None = None,
) -> Template:
    case, wrong = await find_case(key), errors or {}
    looked = await look_at(case)
    written = case.summary if summary is None else summary
    meter = shapes.metered(written, looked)
    return frame.page(
        "casefile/needs.html",
        status=UNREADABLE if wrong else 200,
        **case_head(frame, case),
        path=f"/cases/{key}/needs",
        title=_("What %(ref)s needs") % {"ref": case.ref},
        is_open=case.state in OPEN_CASE,
        draft=written,
        kept=case.summary if summary is None or seen is None else seen,
        unsaved=summary is not None,
        meter=meter,
        listed=_listed(case, looked.listed, looked.alike, looked.withheld, looked.among, await comparable()),
        row=shapes.preview(case, looked, "" if meter["blocked"] else written, frame.times) if looked.listed else None,
        lines=shapes.told_lines(case, looked),
        hide=shapes.hide_options(),
        widened=[str(name) for name in (choice.widened if choice else looked.widened)],
        withheld=choice.withheld if choice else looked.withheld,
        chosen=shapes.typed_choice(chosen_from or Choice(looked.widened, looked.withheld)),
        typical=shapes.typical(case),
        **_choices(case),
        was=opened or shapes.typed_needs(case),
        **given_back(typed or shapes.typed_needs(case), wrong),
    )


def _choices(case: Case) -> dict[str, Any]:
    defensive = word(Posture.DEFENSIVE)
    return {
        "reliefs": shapes.relief_options(case),
        "levels": [(str(level), str(level)) for level in range(1, 5)],
        "numbers": [("1", _("one")), ("2", _("two: one leads, one is co-counsel"))],
        "genders": shapes.genders(),
        "ways": options(InterpretingMode),
        "forums": options(Forum),
        "postures": [
            *options(Posture),
            (f"{Posture.DEFENSIVE}-detained", _("%(posture)s, detained") % {"posture": defensive}),
        ],
        "modes": [("yes", _("remotely, or in person")), ("no", _("in person only"))],
    }


def _listed(case: Case, listed: bool, alike: int, withheld: str, among: int, k: int) -> str:
    """How the case stands on the list, in one sentence."""
    waits = str(case.state) == "waitlisted"
    if withheld:
        return _("A coordinator keeps it off the list: %(why)s") % {"why": withheld}
    if not listed:
        said = _("It is not listed yet. A list begins with %(k)s cases that look alike; waiting now: %(num)s.")
        return said % {"num": among, "k": k}
    others = alike - 1
    told = ngettext("It reads just like %(num)s other case.", "It reads just like %(num)s other cases.", others)
    when = _("Volunteers see it like this.") if waits else _("On the waitlist, volunteers would see it like this.")
    return f"{when} {told % {'num': others}}"


@post(PATH, opt=only(STAFF), status_code=200)
async def settle(frame: Framed, key: Key) -> Redirect | Template:
    """Keep what was changed of what a case needs; what cannot be taken is told beside its field."""
    form = {name: value.strip()[:400] for name, value in (await frame.sent()).items()}
    case = await find_case(key)
    known = shapes.typed_needs(case)
    opened = {name: form.get(WAS + name, value) for name, value in known.items()}
    typed = known | changed_entries(form, known)
    try:
        wanted, before = _read(typed, case), _read({**typed, **opened}, case)
        await needs.settle_needs(key, wanted, opened=before, by=frame.by, now=frame.house.clock())
    except Overtaken as problem:
        now = shapes.typed_needs(await find_case(key))
        return await _page(frame, key, typed=typed, errors=beside(_by_field(problem), now, words_of(_choices(case))))
    except WrongEntries as problem:
        return await _page(frame, key, typed=typed, errors=problem.errors, opened=opened)
    return onward(f"/cases/{key}/needs", "needs")


def _by_field(problem: Overtaken) -> Overtaken:
    """The same by the fields of the form, of which two hold two things each."""
    names = dict.fromkeys(FIELDS.get(name, name) for name in problem.names)
    return Overtaken(str(problem), names=tuple(names))


def _read(typed: Mapping[str, str], case: Case) -> needs.Needs:
    errors: dict[str, str] = {}
    area, relief = _relief(typed.get("relief", ""), case)
    posture, _mark, detained = typed.get("posture", "").partition("-")
    spoken = _number(typed, "interpreter_hours", errors) if typed.get("interpreter_hours") else None
    hours = _number(typed, "hours", errors)
    if errors:
        raise WrongEntries(errors)
    return needs.Needs(
        practice_area=area,
        relief=relief,
        skill_level=int(typed.get("skill_level", "0") or 0) if typed.get("skill_level", "0").isdigit() else 0,
        hours=hours,
        attorneys=2 if typed.get("attorneys") == "2" else 1,
        languages=tuple(typed.get("languages", "").split(",")),
        interpreter_hours=spoken,
        interpreter_gender=chosen(Gender, typed.get("interpreter_gender", "")),
        interpreter_mode=chosen(InterpretingMode, typed.get("interpreter_mode", "")),
        remote_ok=typed.get("remote_ok") != "no",
        forum=chosen(Forum, typed.get("forum", "")) or case.forum,
        posture=chosen(Posture, posture) or case.posture,
        detained=bool(detained),
        county=typed.get("county", "")[:80],
        us_state=typed.get("us_state", "")[:20],
    )


def _relief(value: str, case: Case) -> tuple[PracticeArea, str]:
    kind, _mark, area = value.partition(":")
    if kind in ("area", "kept"):
        return chosen(PracticeArea, area) or case.practice_area, case.relief if kind == "kept" else ""
    return case.practice_area, value


def _number(typed: Mapping[str, str], name: str, errors: dict[str, str]) -> float:
    text = typed.get(name, "").replace(",", ".")
    try:
        return float(text)
    except ValueError:
        errors[name] = _("“%(text)s” is no number. Write hours such as 45 or 7.5.") % {"text": text[:20]}
        return 0.0


@post(f"{PATH}/summary", opt=only(STAFF), status_code=200)
async def write_summary(frame: Framed, key: Key) -> Redirect | Template:
    """Keep the summary, or only look at what in it points to a person."""
    form = await frame.sent()
    text, opened = form.get("summary", "").strip(), form.get(f"{WAS}summary", "")
    if form.get("only") == "look":
        return await _page(frame, key, summary=text, seen=opened)
    try:
        await needs.write_summary(key, text, opened=opened, by=frame.by, now=frame.house.clock())
    except Overtaken as problem:
        now = {"summary": (await find_case(key)).summary}
        return await _page(frame, key, errors=beside(problem, now), summary=text)
    except WrongEntries as problem:
        return await _page(frame, key, errors=problem.errors, summary=text, seen=opened)
    return onward(f"/cases/{key}/needs", "summary")


@post(f"{PATH}/listing", opt=only(STAFF), status_code=200)
async def choose(frame: Framed, key: Key) -> Redirect | Template:
    """Hide more than has to be hidden, or keep the case off the list, or let it be listed as far as it can."""
    form = await frame.visit.form()
    widened = [name for text in form.getall("widened", []) if (name := chosen(Attribute, str(text)))]
    withheld, now = str(form.get("withheld", "")).strip(), frame.house.clock()
    opened = shapes.choice_in(form)
    try:
        await needs.choose_listing(key, widened=widened, withheld=withheld, opened=opened, by=frame.by, now=now)
    except Overtaken as problem:
        stands = shapes.choice_in_words(*await choice_of(key))
        return await _page(frame, key, errors=beside(problem, stands), choice=Choice(frozenset(widened), withheld))
    except WrongEntries as problem:
        return await _page(
            frame, key, errors=problem.errors, choice=Choice(frozenset(widened), withheld), chosen_from=opened
        )
    return onward(f"/cases/{key}/needs", "listing")


ROUTES = (needs_page, settle, write_summary, choose)
