"""Taking over volunteers from a spreadsheet, and what a bar's roster says about their standing."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from core.model.languages import InterpretingPair, LanguageAbility
from core.model.people import Actor, Capacity, Leave, Volunteer
from core.model.vocabulary import GOOD_STANDING, Standing
from core.services.cases.importing import (
    Imported,
    Outcome,
    Report,
    differences,
    naming_the_row,
    note_import,
    portions,
    whole_file,
)
from core.services.clinic import require_staff
from core.services.rosters.standings import record_standing
from core.services.volunteers.volunteering import change_volunteer, register_volunteer
from core.settings import Settings
from core.spreadsheets import VolunteerRow
from core.store.cases import cases
from core.store.keys import new_id
from core.store.volunteers import volunteers

UNSORTED = ("languages", "interprets", "leave", "interests", "roles")
"""Fields of a volunteer whose order means nothing."""


async def import_volunteers(
    rows: Sequence[VolunteerRow], *, settings: Settings, dry_run: bool = False, by: Actor, now: datetime
) -> Report:
    """Take volunteers over: new ones are registered, known ones changed, standings recorded with what follows.

    A volunteer is known by her ``ref``, or by that of an old record that was merged into hers; a member of a roster
    also by her number at that bar. Of a known volunteer a roster changes the standing only. A member in bad standing
    whom nobody knows is passed over. The hours for new cases in the file are spread over the settings' planning months.
    """
    require_staff(by)
    done: list[Imported] = []
    async with whole_file(dry_run=dry_run):
        own = {row.ref for row in rows}
        for part in portions(rows):
            known, old = await _known(part), await volunteers.old_refs(row.ref for row in part)
            for row in part:
                take = _of_an_old_record if row.ref in old else _volunteer
                async with naming_the_row(row.line, row.ref):
                    done.append(await take(row, known.get(row.ref), settings=settings, own=own, by=by, now=now))
        await note_import("volunteers", done, by=by, now=now)
    return Report(rows=tuple(done), dry_run=dry_run)


async def _known(rows: Sequence[VolunteerRow]) -> dict[str, Volunteer]:
    """The volunteers that rows speak of, by the rows' references."""
    found = await volunteers.volunteers_by_ref(row.ref for row in rows)
    numbered = {(bar.jurisdiction, bar.number): row.ref for row in rows for bar in row.bars if bar.number}
    for jurisdiction in sorted({bar for bar, _ in numbered}):
        numbers = [number for bar, number in numbered if bar == jurisdiction]
        keys = await volunteers.volunteers_by_number(jurisdiction, numbers)
        people = await volunteers.volunteers_by_id(keys.values())
        found = {numbered[jurisdiction, number]: people[key] for number, key in keys.items()} | found
    return found


async def _of_an_old_record(
    row: VolunteerRow, known: Volunteer | None, *, settings: Settings, own: Collection[str], by: Actor, now: datetime
) -> Imported:
    """A row of a record that was merged speaks for the kept one, unless she has a row of her own in the file.

    Of the row that is passed over then, conflicts are taken over: nobody is proposed for a case for want of looking.
    """
    if known is None or known.ref not in own:
        done = await _volunteer(row, known, settings=settings, own=own, by=by, now=now)
        told = f"this record is part of {known.ref}" if known else ""
        return msgspec.structs.replace(done, note="; ".join(filter(None, (told, done.note))))
    barred, _ = await _conflicts(row, known.id, now=now)
    note = "; ".join((f"this record is part of {known.ref}, who has a row already", *barred))
    return Imported(row.line, row.ref, Outcome.CHANGED if barred else Outcome.PASSED_OVER, note)


def _of_a_roster(row: VolunteerRow) -> bool:
    """Only rosters know the numbers of a bar's members."""
    return any(bar.number for bar in row.bars)


async def _volunteer(
    row: VolunteerRow, known: Volunteer | None, *, settings: Settings, own: Collection[str], by: Actor, now: datetime
) -> Imported:
    if known is None:
        return await _registered(row, settings=settings, by=by, now=now)
    changes = [] if _of_a_roster(row) else await _changed(row, known, settings=settings, by=by, now=now)
    changes += await _standings(row, known, by=by, now=now)
    barred, remarks = await _conflicts(row, known.id, now=now)
    outcome = Outcome.CHANGED if changes or barred else Outcome.UNCHANGED
    return Imported(row.line, row.ref, outcome, "; ".join((*changes, *barred, *remarks)))


async def _registered(row: VolunteerRow, *, settings: Settings, by: Actor, now: datetime) -> Imported:
    if _of_a_roster(row) and row.standing not in GOOD_STANDING:
        return Imported(row.line, row.ref, Outcome.PASSED_OVER, f"The roster says {row.standing}.")
    new = volunteer_of(row, settings=settings)
    await register_volunteer(new, by=by, now=now)
    barred, remarks = await _conflicts(row, new.id, now=now)
    if not row.practice and not row.interprets:
        remarks.append("gets no offers until practice areas or languages are filled in")
    return Imported(row.line, row.ref, Outcome.NEW, "; ".join((*barred, *remarks)))


async def _changed(row: VolunteerRow, known: Volunteer, *, settings: Settings, by: Actor, now: datetime) -> list[str]:
    said = volunteer_of(row, settings=settings, known=known)
    before, after = _sorted(known), _sorted(said)
    if before == after:
        return []
    await change_volunteer(said, by=by, now=now)
    return [differences(before, after)]


def _sorted(volunteer: Volunteer) -> Volunteer:
    """The same volunteer with her lists in one order, to compare; her bars are compared apart."""
    lists = {name: tuple(sorted(getattr(volunteer, name), key=repr)) for name in UNSORTED}
    return msgspec.structs.replace(volunteer, bars=(), **lists)


async def _standings(row: VolunteerRow, known: Volunteer, *, by: Actor, now: datetime) -> list[str]:
    """Record what differs. A file of the clinic that is silent about a standing changes none; a roster never is."""
    before = {bar.jurisdiction: bar.standing for bar in known.bars}
    told = [bar for bar in row.bars if bar.number or bar.standing is not Standing.UNKNOWN]
    changed = [bar for bar in told if before.get(bar.jurisdiction) is not bar.standing]
    for bar in changed:
        await record_standing(
            known.id, jurisdiction=bar.jurisdiction, number=bar.number, standing=bar.standing, by=by, now=now
        )
    return [f"standing at {bar.jurisdiction}: {bar.standing}" for bar in changed]


async def _conflicts(row: VolunteerRow, volunteer: UUID, *, now: datetime) -> tuple[list[str], list[str]]:
    """Bar her from the cases that she has a conflict with: what is new, and which references name no case."""
    found = await cases.cases_by_ref(row.conflicts)
    new = [
        f"conflict with {case.ref}"
        for case in found.values()
        if await cases.bar_pair(case.id, volunteer=volunteer, reason="conflict", now=now)
    ]
    return new, [f"no case {ref} for this conflict" for ref in row.conflicts if ref not in found]


def volunteer_of(row: VolunteerRow, *, settings: Settings, known: Volunteer | None = None) -> Volunteer:
    """The volunteer that a row describes. What a file cannot say of a known one is kept."""
    hours = None if row.capacity_hours is None else row.capacity_hours / settings.planning_months
    languages = {one.language: one for one in known.languages} if known else {}
    pairs = {(one.source, one.target): one for one in known.interprets} if known else {}
    return Volunteer(
        id=known.id if known else new_id(),
        ref=known.ref if known else row.ref,
        name=row.name or (known.name if known else row.ref),
        email=row.email or (known.email if known else ""),
        roles=row.roles,
        practice=row.practice,
        languages=tuple(
            LanguageAbility(tag, ilr, languages[tag].certification if tag in languages else "")
            for tag, ilr in row.languages.items()
        ),
        interprets=tuple(pairs.get(pair) or InterpretingPair(*pair) for pair in row.interprets),
        bars=row.bars,
        eoir_registered=row.eoir_registered,
        county=row.county,
        us_state=row.us_state,
        remote=row.remote,
        gender=row.gender,
        interests=row.interests,
        capacity=Capacity(cases=row.capacity_cases, mentoring=row.capacity_mentor, hours_a_month=hours),
        leave=tuple(Leave(*period) for period in row.leave),
        account=known.account if known else None,
        firm=row.firm or (known.firm if known else ""),
    )
