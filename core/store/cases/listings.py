"""The list of open cases as volunteers may see it, made anew in the transaction of whatever changes the open cases.

Nobody ever sees a listing that has become too narrow: before the change is committed, the whole list is worked out
again (``core.model.listings.anonymity``) and what differs is written. On PostgreSQL a lock lets one transaction at a
time do so, taken last, when all its other locks are held.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import StoreError
from core.model.cases.case import Case
from core.model.listings.anonymity import COMPARABLE, disclose
from core.model.listings.attributes import Attribute, Candidate, Disclosure, Known
from core.model.listings.listed import Told, told_of, values_of
from core.model.listings.reidentification import gives_away
from core.model.states import CaseState
from core.store.bulk import insert_rows, update_rows
from core.store.database import LISTINGS_LOCK, at_hand, queue_for, transaction
from core.store.days import day_of
from core.store.settings import keep_value, read_value

LIST: Final = "listings"
LEAST: Final = "listings_comparable"
WAITING: Final = str(CaseState.WAITLISTED)
NOTHING: Final = Disclosure(shown={}, known=Known(), alike=0, sharing={})
FIELDS: Final = tuple(Told.__struct_fields__)
KEPT: Final = ("listed", "tier", "waiting_since", "reference", *FIELDS, "telling", "known", "alike", "sharing")
"""What is worked out; ``widened`` and ``withheld`` are a coordinator's."""


async def comparable() -> int:
    """How many listed cases must look alike."""
    kept: int | None = await read_value(LEAST)
    return COMPARABLE if kept is None else kept


async def comparable_to_change() -> int:
    """The same, which nobody else changes until this transaction ends."""
    await queue_for(LISTINGS_LOCK)
    return await comparable()


async def keep_comparable(k: int) -> None:
    """Keep how many must look alike."""
    await keep_value(LEAST, k)


def relist(*, now: datetime) -> None:
    """Have the list worked out anew before the transaction at hand commits."""
    whole = at_hand()
    if whole is None:
        raise StoreError("The list is worked out within the transaction that changes the open cases. Begin one first.")
    whole.owe(LIST, lambda: work_out(now=now))


async def settle_list() -> None:
    """Work the list out now if that is owed, for a verb that goes on within the same transaction."""
    whole = at_hand()
    if whole is not None:
        await whole.settle(LIST)


async def work_out(*, now: datetime) -> None:
    """Work out what is told of every waiting case, and write what differs."""
    async with transaction():
        await queue_for(LISTINGS_LOCK)
        waiting = await _waiting()
        rows = {row["case"]: row for row in await _rows_of_waiting()}
        candidates = [
            _candidate(case, lot, rows.get(case.id)) for case, lot in waiting if not _is_withheld(rows.get(case.id))
        ]
        told = disclose(candidates, await comparable())
        await _write([_row(case, told.get(str(case.id)), rows.get(case.id), now) for case, _ in waiting], rows)
        await t.Listing.raw(
            'UPDATE listing SET listed = {} WHERE listed = {} AND "case" NOT IN '
            "(SELECT id FROM legal_case WHERE state = {})",
            False,
            True,
            WAITING,
        )


async def _waiting(*, and_case: UUID | None = None) -> list[tuple[Case, str]]:
    """The waiting cases, and one more where that is asked for, each with its lot."""
    waits = t.Case.state == WAITING
    which = waits if and_case is None else waits | (t.Case.id == and_case)
    rows = await t.Case.select().where(which).order_by(t.Case.id).output(load_json=True)
    return [(msgspec.convert({**row, "ref": row["reference"]}, Case), str(row["lot"])) for row in rows]


async def _rows_of_waiting() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await t.Listing.raw(
        'SELECT l.* FROM listing l JOIN legal_case c ON c.id = l."case" WHERE c.state = {}', WAITING
    )
    return rows


def _is_withheld(row: Mapping[str, Any] | None) -> bool:
    return row is not None and bool(row["withheld"])


def _candidate(case: Case, lot: str, row: Mapping[str, Any] | None) -> Candidate:
    """Corrected facts make what was known of a case untrue; then everything begins anew."""
    values = values_of(case)
    known = _loaded(row["known"], Known) if row else Known()
    widened = _loaded(row["widened"], frozenset[Attribute]) if row else frozenset[Attribute]()
    return Candidate(str(case.id), lot, values, known if known.fits(values) else Known(), widened)


def _loaded(text: Any, kind: Any) -> Any:
    return msgspec.json.decode(text, type=kind)


def _row(case: Case, found: Disclosure | None, before: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    disclosure = found or NOTHING
    known = disclosure.known if found or before is None else _loaded(before["known"], Known)
    told = told_of(case, disclosure.shown, since=_since(case))
    return {
        "case": case.id,
        "listed": found is not None,
        "tier": int(told.tier_on(day_of(now))),
        "waiting_since": case.waiting_since,
        "reference": case.ref,
        **{name: _plain(getattr(told, name)) for name in FIELDS},
        "telling": bool(case.summary) and not gives_away(case.summary, told),
        "known": _text(known),
        "alike": disclosure.alike,
        "sharing": _text(disclosure.sharing),
    }


def _since(case: Case) -> date | None:
    return day_of(case.waiting_since) if case.waiting_since else None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return _text(value)
    return str(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


async def _write(made: Sequence[dict[str, Any]], rows: Mapping[UUID, Mapping[str, Any]]) -> None:
    await insert_rows(t.Listing, [row for row in made if row["case"] not in rows])
    changed = [row for row in made if row["case"] in rows and _differs(row, rows[row["case"]])]
    columns = [t.Listing._meta.get_column_by_name(name) for name in KEPT]
    await update_rows(t.Listing, t.Listing.case, columns, changed)


def _differs(row: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    return any(row[name] != before[name] for name in KEPT)


async def keep_choice(case: UUID, *, widened: Iterable[Attribute], withheld: str) -> None:
    """Keep what a coordinator hides of a case anyway, or why she keeps it off the list (empty: she does not)."""
    values: dict[Any, Any] = {t.Listing.widened: _text(sorted(widened)), t.Listing.withheld: withheld}
    if not await t.Listing.update(values).where(t.Listing.case == case).returning(t.Listing.id):
        await t.Listing.insert(t.Listing(case=case, widened=_text(sorted(widened)), withheld=withheld))


async def choice_of(case: UUID) -> tuple[frozenset[Attribute], str]:
    """What a coordinator hides of a case anyway, and why she keeps it off the list."""
    row = await t.Listing.select(t.Listing.widened, t.Listing.withheld).where(t.Listing.case == case).first()
    return (_loaded(row["widened"], frozenset[Attribute]), row["withheld"]) if row else (frozenset(), "")


class Looked(msgspec.Struct, frozen=True):
    """How a case is listed, or would be: what is told of it, how many look just like it, and what a person decided.

    ``sharing`` says for each hidden attribute how many listed cases fit what is told and share its true value.
    ``listed``: whether it may be on the list at all; ``among`` how many wait, or would.
    """

    told: Told
    listed: bool
    alike: int
    sharing: dict[Attribute, int]
    widened: frozenset[Attribute]
    withheld: str
    among: int


async def look_at(case: Case) -> Looked:
    """How a case is listed; of a case that does not wait yet, how it would be if it did. Writes nothing."""
    rows = await t.Listing.raw('SELECT l.* FROM listing l WHERE l."case" = {}', case.id)
    row = rows[0] if rows else None
    if case.state is CaseState.WAITLISTED and row is not None:
        found, among = _found_in(row), await t.Case.count().where(t.Case.state == WAITING)
    else:
        found, among = await _as_if_it_waited(case, row)
    disclosure = found or NOTHING
    return Looked(
        told=told_of(case, disclosure.shown, since=_since(case)),
        listed=found is not None and not _is_withheld(row),
        alike=disclosure.alike,
        sharing=disclosure.sharing,
        widened=_loaded(row["widened"], frozenset[Attribute]) if row else frozenset(),
        withheld=row["withheld"] if row else "",
        among=among,
    )


def _found_in(row: Mapping[str, Any]) -> Disclosure | None:
    if not row["listed"]:
        return None
    hidden, known = _loaded(row["hidden"], set[Attribute]), _loaded(row["known"], Known)
    shown = {name: value for name, value in known.has.items() if name not in hidden}
    return Disclosure(shown, known, row["alike"], _loaded(row["sharing"], dict[Attribute, int]))


async def _as_if_it_waited(case: Case, row: Mapping[str, Any] | None) -> tuple[Disclosure | None, int]:
    rows = {one["case"]: one for one in await _rows_of_waiting()}
    candidates = [
        _candidate(case if one.id == case.id else one, lot, row if one.id == case.id else rows.get(one.id))
        for one, lot in await _waiting(and_case=case.id)
        if one.id == case.id or not _is_withheld(rows.get(one.id))
    ]
    return disclose(candidates, await comparable()).get(str(case.id)), len(candidates)
