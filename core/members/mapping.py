"""Which column of a roster is which: by our synonyms, and by what a person has settled, which comes first."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import msgspec

from core.members.columns import DECISIVE, MEMBER_COLUMNS, NAMED
from core.model.vocabulary import Standing
from core.spreadsheets.columns import key_of, keys_of
from core.spreadsheets.problems import Unreadable

_KNOWN: Final = keys_of(MEMBER_COLUMNS)
_NAMES: Final = tuple(column.name for column in MEMBER_COLUMNS)


class ColumnMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person has settled about one roster. All of it may be left out.

    ``columns``: our column with the roster's heading for it; an empty heading leaves the column out. ``statuses``: the
    bar's word with what it means for us. ``number_length``: how many digits the bar's numbers have, so that leading
    zeros which a spreadsheet took away are put back.
    """

    columns: dict[str, str] = {}
    statuses: dict[str, Standing] = {}
    number_length: int = 0

    def recognises(self) -> Callable[[str], bool]:
        """Whether a cell is a heading that we know, to find the row of the header."""
        ours = {key_of(heading) for heading in self.columns.values() if heading}
        return lambda heading: key_of(heading) in ours or key_of(heading) in _KNOWN


AS_IT_IS: Final = ColumnMapping()
"""Nothing is settled: only what we know by ourselves."""


def places_in(
    header: Sequence[str], mapping: ColumnMapping, *, source: str, may_lack: bool = False
) -> tuple[dict[str, int], list[str]]:
    """Where each of our columns stands in a header, and notes. Raises Unreadable where that is not clear.

    ``may_lack``: these are the names in one record, which leaves out what is empty.
    """
    places = _settled(header, mapping.columns, source, may_lack=may_lack)
    notes: list[str] = []
    taken = set(places.values())
    for at, heading in enumerate(header):
        name = _KNOWN.get(key_of(heading), "")
        if not name or at in taken or name in mapping.columns:
            continue
        if name not in places:
            places[name] = at
        elif name in DECISIVE:
            raise Unreadable(
                f"{source}: both “{header[places[name]]}” and “{heading}” may be the column {name}. "
                f"Say which one it is in the roster's columns. Nothing was changed."
            )
        else:
            notes.append(f"“{heading}” is not taken over: “{header[places[name]]}” already is the column {name}.")
    return places, notes


def _settled(header: Sequence[str], columns: Mapping[str, str], source: str, *, may_lack: bool) -> dict[str, int]:
    by_key = {key_of(heading): at for at, heading in reversed(list(enumerate(header))) if heading}
    places: dict[str, int] = {}
    for name, heading in columns.items():
        if name not in _NAMES:
            raise Unreadable(f"{source}: there is no column {name} in a roster. Map these: {', '.join(_NAMES)}.")
        if heading and key_of(heading) in by_key:
            places[name] = by_key[key_of(heading)]
        elif heading and not may_lack:
            raise not_there(name, heading, header, source)
    return places


def not_there(name: str, heading: str, header: Sequence[str], source: str) -> Unreadable:
    """What to say of a heading that was mapped and is not there."""
    return Unreadable(
        f"{source} has no column “{heading}”, which was mapped to {name}. It has: {_listed(header)}. "
        "Correct the roster's columns. Nothing was changed."
    )


def missing_in(places: Collection[str]) -> tuple[str, ...]:
    """What a roster needs and this one does not have."""
    number = () if "number" in places else ("number",)
    return number if any(name in places for name in NAMED) else (*number, "name")


def require_identity(places: Mapping[str, int], header: Sequence[str], source: str) -> None:
    """Raise Unreadable for a table that does not tell who its members are."""
    if missing := missing_in(places):
        raise Unreadable(
            f"{source} is no roster that we can read: no column is known to hold the member's {' or '.join(missing)}. "
            f"It has: {_listed(header)}. If one of them is meant, say so in the roster's columns, such as "
            f'{missing[0]} = "{next(filter(None, header), "Bar No")}". Nothing was changed.'
        )


def _listed(header: Sequence[str]) -> str:
    named = [heading[:40] for heading in header if heading]
    more = f" and {len(named) - 25} more" if len(named) > 25 else ""
    return ", ".join(named[:25]) + more or "no headings"
