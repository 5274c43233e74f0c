"""Rows of a waitlist whose clients seem to be one: the same A-number, telephone, or name, as far as the file tells."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from core.model.clients.client import Client, ClientField
from core.model.conflicts.evidence import COMPARED, NUMBERS, Evidence, number_in, seems_same
from core.model.conflicts.grading import compare_names
from core.model.conflicts.words import Name, read_names
from core.waitlists.reading import WaitlistRow

MOST_COMPARED: Final = 20
"""A row is compared with so many earlier ones of the same number or day at most: many may have the clinic's phone."""


class SameRow(msgspec.Struct, frozen=True):
    """The earlier row whose client seems to be this one's, by its line; ``evidence`` beside the names."""

    line: int
    evidence: Evidence


class _Seen(msgspec.Struct, frozen=True):
    row: WaitlistRow
    names: tuple[Name, ...]


def same_rows(rows: Sequence[WaitlistRow]) -> dict[int, SameRow]:
    """By its line, each row whose client seems to be that of an earlier row."""
    seen: dict[tuple[str, str], list[_Seen]] = defaultdict(list)
    found: dict[int, SameRow] = {}
    for row in rows:
        one = _Seen(row, tuple(read_names(row.client.get(ClientField.NAME, ""))))
        signs = list(_signs(one))
        if same := _first_same(one, [other for sign in signs for other in seen[sign]]):
            found[row.case.line] = same
        for sign in signs:
            if len(seen[sign]) < MOST_COMPARED:
                seen[sign].append(one)
    return found


def _signs(one: _Seen) -> Iterator[tuple[str, str]]:
    """By what a row is laid beside others: whoever is the same person shares one of these."""
    client = one.row.client
    for field in NUMBERS:
        if number := number_in(field, client.get(field, "")):
            yield str(field), number
    if born := client.get(ClientField.BIRTH_DATE, ""):
        yield "born", born
    for name in one.names:
        yield "name", " ".join(sorted(name.key.split()))


def _first_same(one: _Seen, others: Sequence[_Seen]) -> SameRow | None:
    for other in others:
        evidence = _evidence(one.row.client, other.row.client)
        likest = [likeness.grade for a in one.names for b in other.names if (likeness := compare_names(a, b))]
        if seems_same(max(likest, default=None), evidence):
            return SameRow(other.row.case.line, evidence)
    return None


def _evidence(ours: Client, theirs: Client) -> Evidence:
    read: list[Mapping[ClientField, str]] = [
        {field: _comparable(field, client.get(field, "")) for field in COMPARED} for client in (ours, theirs)
    ]
    return {field: read[0][field] == read[1][field] for field in COMPARED if read[0][field] and read[1][field]}


def _comparable(field: ClientField, text: str) -> str:
    return number_in(field, text) if field in NUMBERS else text
