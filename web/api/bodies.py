"""The body of a push: JSON with entries in the shape of ``RosterEntry``. What is wrong is told entry by entry."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec

from core.errors import BadInput
from core.host.entries import EARLIEST_YEAR, LATEST_YEAR, MOST_LANGUAGES, wrong_with
from core.model.rosters.entries import LONGEST, RosterEntry
from core.model.rosters.pushing import LONGEST_PART_NAME, MOST_ENTRIES
from core.model.vocabulary import PracticeArea, Standing

MOST_TOLD: Final = 20
"""How many wrong entries one answer tells of."""
MOST_BYTES: Final = 4_000_000
_PATH: Final = re.compile(r" - at `\$\.?([a-z_]*)")
_NAMED: Final = re.compile(r"(?:unknown|required) field `([^`]*)`")


class PushedEntry(RosterEntry, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """An entry as a program writes it: a field that we do not know is an error, not passed over."""


class PushBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole body; see ``core.model.rosters.pushing.Pushed``."""

    entries: list[msgspec.Raw]
    part_of: str = ""
    final: bool = False
    total: int | None = None
    as_of: datetime | None = None


class WrongEntry(msgspec.Struct, frozen=True):
    """What is wrong with one entry, counted from 1: the field, empty where it is the entry as a whole, and the cure."""

    entry: int
    field: str
    problem: str
    remedy: str


class NotJson(BadInput):
    """The body is no JSON."""


class TooLarge(BadInput):
    """There is more in one request than is taken at once."""


class WrongEntries(BadInput):
    """Some entries cannot be understood, so none was taken."""

    def __init__(self, errors: list[WrongEntry], count: int) -> None:
        said = "1 entry cannot" if count == 1 else f"{count:,} entries cannot"
        super().__init__(f"{said} be understood, so none was taken. Nothing was changed.")
        self.errors, self.count = errors, count


def body_in(text: bytes) -> tuple[PushBody, tuple[RosterEntry, ...]]:
    """Read a body. Raises NotJson, TooLarge, WrongEntries, and BadInput for what is beside the entries."""
    try:
        body = msgspec.json.decode(text, type=PushBody)
    except msgspec.ValidationError as problem:
        raise BadInput(f"The request is not as it must be: {problem}. {_ENVELOPE}") from problem
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise NotJson("The body is no JSON. Write it in UTF-8 and send it whole.") from problem
    _check(body)
    return body, _entries(body.entries)


_ENVELOPE: Final = (
    "It has entries (a list), and for a whole roster part_of (its name), final (true with the last part) and perhaps "
    "total (how many entries all parts have); as_of is a date with its time zone."
)


def _check(body: PushBody) -> None:
    if len(body.entries) > MOST_ENTRIES:
        raise TooLarge(f"There are {len(body.entries):,} entries: one request brings at most {MOST_ENTRIES:,}.")
    if len(body.part_of) > LONGEST_PART_NAME or not body.part_of.isprintable():
        raise BadInput(f"part_of is a name of at most {LONGEST_PART_NAME} characters.")
    if body.final and not body.part_of:
        raise BadInput("final belongs to a whole roster: give part_of its name with every part.")
    if body.total is not None and not body.final:
        raise BadInput("total belongs to the final part: it says how many entries all parts have together.")
    if body.as_of is not None and body.as_of.tzinfo is None:
        raise BadInput("as_of needs its time zone, such as 2026-11-27T04:00:00Z.")


def _entries(raws: list[msgspec.Raw]) -> tuple[RosterEntry, ...]:
    read, errors, count = list[RosterEntry](), list[WrongEntry](), 0
    decode = msgspec.json.Decoder(PushedEntry).decode
    for at, raw in enumerate(raws, 1):
        try:
            entry = msgspec.structs.replace(decode(raw), origin=f"entry {at}")
        except msgspec.DecodeError as problem:
            found = _of_types(at, str(problem))
        else:
            if not (said := wrong_with(entry)):
                read.append(entry)
                continue
            found = _of_values(at, said)
        count += 1
        errors += [found] if count <= MOST_TOLD else []
    if errors:
        raise WrongEntries(errors, count)
    return tuple(read)


def _of_types(at: int, said: str) -> WrongEntry:
    """What the decoder says, without the value that it found."""
    field = next((found[1] for found in (_NAMED.search(said), _PATH.search(said)) if found), "")
    problem = said.split(" - at ")[0]
    if problem.startswith("Invalid enum value"):
        problem = "It is none of the words that are known"
    return WrongEntry(at, field, f"{problem}.", REMEDIES.get(field, _WHOLE))


def _of_values(at: int, said: str) -> WrongEntry:
    named = (name for name in _SAID if re.search(rf"\b{name}", said))
    field = _SAID.get(next(named, ""), "")
    return WrongEntry(at, field, f"It {said}.", REMEDIES.get(field, _WHOLE))


def _remedies() -> Iterator[tuple[str, str]]:
    for field, most in LONGEST.items():
        yield (
            field,
            f"Write a text of at most {most} characters on one line, or leave the field out.",
        )
    yield "number", f"Write the member's number as the bar writes it, as a text of 1 to {LONGEST['number']} characters."
    yield "name", f"Write the member's name, as a text of 1 to {LONGEST['name']} characters."
    yield "us_state", "Write the two letters of a US state or territory, such as NM."
    yield "standing", f"Write one of {', '.join(Standing)}; the bar's own word goes into status."
    yield "admitted", f"Write the year from {EARLIEST_YEAR} to {LATEST_YEAR} as a number; 0 where it is not known."
    one = '{"tag": "es", "confidence": 1.0, "level": 0}'
    said = f"Write at most {MOST_LANGUAGES} of {one}: a BCP 47 tag, 0 to 1, and the ILR level from 0 to 5."
    yield "languages", said
    yield "practice", f"Write a list of {', '.join(PracticeArea)}."
    yield "pro_bono", "Write true or false, or null where it is not known."


REMEDIES: Final = dict(_remedies())
_MORE: Final = [name for name in REMEDIES if name not in ("number", "name", "origin")]
_WHOLE: Final = f"An entry has number and name, and perhaps {', '.join(_MORE)}."
_SAID: Final = {"language": "languages", **{name: name for name in REMEDIES}}
