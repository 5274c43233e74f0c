"""What a case needs of its people, and how it is listed for them: written by a coordinator before volunteers see it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import BadInput, TooLate, WrongEntries
from core.model.cases.case import Case
from core.model.cases.relief import Relief, reliefs
from core.model.concurrent_edits import put_together, require_untouched
from core.model.languages import language_tag
from core.model.listings.anonymity import COMPARABLE
from core.model.listings.attributes import Attribute
from core.model.people import Actor
from core.model.places import STATES, county_of
from core.model.states import OPEN_CASE
from core.model.vocabulary import MOST_ATTORNEYS, Forum, Gender, InterpretingMode, Posture, PracticeArea
from core.services.clinic import require_staff
from core.services.runs.sharing import SUBJECT
from core.store.audit import record
from core.store.cases import cases, listings
from core.store.database import transaction
from core.store.matches.settled import lock_case

MOST_HOURS: Final = 1_000.0
MOST_LANGUAGES: Final = 6
LONGEST_SUMMARY: Final = 600
LONGEST_REASON: Final = 200
MOST_COMPARABLE: Final = 50
HIDEABLE: Final = (
    Attribute.LANGUAGE,
    Attribute.FAMILY,
    Attribute.AREA,
    Attribute.POSTURE,
    Attribute.STATE,
    Attribute.FORUM,
    Attribute.RELIEF,
    Attribute.REGION,
    Attribute.GENDER,
    Attribute.KIND,
)
"""What a coordinator may hide beside what is hidden anyway; whatever is finer goes with it."""


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """What a case asks for. ``relief`` is a code of the taxonomy, or a name of one's own; empty: not settled yet.

    ``languages`` are tags or names, the client's best first. ``interpreter_hours`` None: interpreters count by cases.
    """

    practice_area: PracticeArea
    relief: str
    skill_level: int
    hours: float
    attorneys: int
    languages: tuple[str, ...]
    interpreter_hours: float | None
    interpreter_gender: Gender | None
    interpreter_mode: InterpretingMode | None
    remote_ok: bool
    forum: Forum
    posture: Posture
    detained: bool
    county: str
    us_state: str


def needs_of(case: Case) -> Needs:
    """What a case asks for now."""
    names = {name: getattr(case, name) for name in Needs.__struct_fields__}
    known = relief_named(case.relief)
    return Needs(**names | {"relief": known.code if known else case.relief})


def relief_named(name: str) -> Relief | None:
    """The form of relief with this name; None where the name is nobody's."""
    return next((one for one in reliefs().values() if one.name == name), None)


async def settle_needs(case: UUID, needs: Needs, *, opened: Needs, by: Actor, now: datetime) -> None:
    """Write what of an open case is asked for otherwise than in ``opened``, which she has before her.

    Raises WrongEntries with what is wrong by field, TooLate for a case that ended, Overtaken by the fields that
    somebody else has changed too.

    Side effects, in one transaction: the case, the list of open cases, an audit event with the names of what changed.
    """
    require_staff(by)
    wanted, before = _checked(needs), _entries(opened, {})
    async with transaction():
        known = await _open(case)
        entries = _both(put_together(before, wanted, {name: getattr(known, name) for name in wanted}))
        changed = msgspec.structs.replace(known, **entries)
        names = [name for name in entries if getattr(known, name) != getattr(changed, name)]
        if names:
            await cases.update_case(changed, now=now)
            await record("needs_settled", subject_kind="case", subject=case, by=by, now=now, fields=",".join(names))


def _both(entries: dict[str, object]) -> dict[str, object]:
    """What two people made of a case together; WrongEntries where that cannot be."""
    _checked(Needs(**entries))  # type: ignore[arg-type]  # -- the values are those of Needs, by its names
    return entries


def _checked(needs: Needs) -> dict[str, object]:
    errors: dict[str, str] = {}
    entries = _entries(needs, errors)
    if errors:
        raise WrongEntries(errors)
    return entries


def _entries(needs: Needs, errors: dict[str, str]) -> dict[str, object]:
    """The values for a case, with what is wrong with them by field."""
    languages = _languages(needs.languages, errors)
    if not 1 <= needs.skill_level <= 4:
        errors["skill_level"] = "Levels run from 1, a first case, to 4."
    if not 0 < needs.hours <= MOST_HOURS:
        errors["hours"] = f"Write a number of hours above 0 and up to {MOST_HOURS:,.0f}."
    if needs.interpreter_hours is not None and not 0 < needs.interpreter_hours <= MOST_HOURS:
        errors["interpreter_hours"] = f"Write a number of hours up to {MOST_HOURS:,.0f}, or leave it out."
    if not 1 <= needs.attorneys <= MOST_ATTORNEYS:
        errors["attorneys"] = "A case asks for one attorney or two."
    if needs.detained and needs.posture is Posture.AFFIRMATIVE:
        errors["posture"] = "Somebody in immigration detention is in proceedings: choose defensive."
    state, county = _place(needs, errors)
    relief = reliefs().get(needs.relief)
    return msgspec.structs.asdict(needs) | {
        "practice_area": relief.practice_area if relief else needs.practice_area,
        "relief": relief.name if relief else needs.relief,
        "languages": languages,
        "us_state": state,
        "county": county,
    }


def _languages(given: tuple[str, ...], errors: dict[str, str]) -> tuple[str, ...]:
    try:
        tags = tuple(dict.fromkeys(language_tag(one) for one in given if one.strip()))
    except BadInput as problem:
        errors["languages"] = str(problem)
        return ()
    if not tags or len(tags) > MOST_LANGUAGES:
        errors["languages"] = f"Write at least one language of the client, and at most {MOST_LANGUAGES}."
    return tags


def _place(needs: Needs, errors: dict[str, str]) -> tuple[str, str]:
    state = needs.us_state.strip().upper()
    if state and state not in STATES:
        errors["us_state"] = "Write the state with its two letters, such as NM."
    county = county_of(state, needs.county)
    return state, county.name if county else needs.county.strip()


async def write_summary(case: UUID, text: str, *, opened: str, by: Actor, now: datetime) -> None:
    """Write the summary of an open case; Overtaken where another one than ``opened`` stands there by now.

    Side effects: the list of open cases, an audit event without the text.
    """
    require_staff(by)
    summary = " ".join(text.split())
    if len(summary) > LONGEST_SUMMARY:
        said = f"A summary has at most {LONGEST_SUMMARY} characters; this one has {len(summary)}."
        raise WrongEntries({"summary": said})
    async with transaction():
        known = await _open(case)
        require_untouched({"summary": summary}, {"summary": opened}, {"summary": known.summary})
        if summary != known.summary:
            await cases.update_case(msgspec.structs.replace(known, summary=summary), now=now)
            await record("summary_written", subject_kind="case", subject=case, by=by, now=now)


class Choice(msgspec.Struct, frozen=True):
    """What a coordinator hides of a case anyway, and why she keeps it off the list; empty: she does not."""

    widened: frozenset[Attribute] = frozenset()
    withheld: str = ""


async def choose_listing(
    case: UUID, *, widened: Iterable[Attribute], withheld: str = "", opened: Choice, by: Actor, now: datetime
) -> None:
    """Hide more of a case than has to be hidden, or keep it off the list, with a reason that names nobody.

    Raises Overtaken where somebody else has changed the same since it stood as ``opened``.

    Side effects: the list of open cases, an audit event.
    """
    require_staff(by)
    why = " ".join(withheld.split())
    wanted = {"widened": frozenset(_with_the_language(set(widened) & set(HIDEABLE))), "withheld": why}
    if len(why) > LONGEST_REASON:
        raise WrongEntries({"withheld": f"A few words, at most {LONGEST_REASON} characters."})
    async with transaction():
        await _open(case)
        known = dict(zip(wanted, await listings.choice_of(case), strict=True))
        chosen = put_together(msgspec.structs.asdict(opened), wanted, known)
        wide, why = sorted(chosen["widened"]), chosen["withheld"]
        await listings.keep_choice(case, widened=wide, withheld=why)
        listings.relist(now=now)
        kind = "listing_withheld" if why else "listing_chosen"
        await record(kind, subject_kind="case", subject=case, by=by, now=now, hidden=",".join(wide))


def _with_the_language(wide: Iterable[Attribute]) -> set[Attribute]:
    """A language would tell the family that is hidden."""
    chosen = set(wide)
    return chosen | ({Attribute.LANGUAGE} if Attribute.FAMILY in chosen else set())


async def set_comparable(k: int, *, opened: int, by: Actor, now: datetime) -> None:
    """Decide how many listed cases must look alike, five or more; Overtaken where it is not ``opened`` any more.

    Side effects: the list, an audit event.
    """
    require_staff(by)
    if not COMPARABLE <= k <= MOST_COMPARABLE:
        said = f"Write a whole number from {COMPARABLE} to {MOST_COMPARABLE}."
        raise WrongEntries({"comparable": said})
    async with transaction():
        known = await listings.comparable_to_change()
        require_untouched({"comparable": k}, {"comparable": opened}, {"comparable": known})
        await listings.keep_comparable(k)
        listings.relist(now=now)
        await record("comparable_set", subject_kind="programme", subject=SUBJECT, by=by, now=now, comparable=k)


async def _open(case: UUID) -> Case:
    """An open case that nobody else changes until this transaction ends."""
    await lock_case(case)
    known = await cases.find_case(case)
    if known.state not in OPEN_CASE:
        raise TooLate("This case has ended. Nothing was changed.")
    return known
