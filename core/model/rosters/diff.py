"""The diff of a roster: entries stream by and are compared with marks of the last known ones.

Of each known entry only a mark is held, and of each entry that came by as well: 25 bytes that tell whether anything
differs, whether the name does and what the standing is. So half a million members need little memory, and the
outcome does not depend on the order in which they come.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Final

import msgspec

from core.model.rosters.changes import FIELDS, ChangeKind, Tally
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import GOOD_STANDING, Standing

DIGEST: Final = 16
"""Bytes of the digest of all fields: two of a million entries agree by chance once in 10^26 rosters."""
NAME: Final = 8
"""Bytes of the digest of the name, which only counts how many changed."""
MARK: Final = DIGEST + NAME + 1
"""Bytes of a mark."""
STANDINGS: Final = tuple(Standing)
_values = attrgetter(*FIELDS)
_encode = msgspec.msgpack.Encoder().encode


def digest_of(entry: RosterEntry) -> bytes:
    """The digest of everything that an entry says: 16 bytes."""
    return blake2b(_encode(_values(entry)), digest_size=DIGEST).digest()


def mark_of(entry: RosterEntry, digest: bytes = b"") -> bytes:
    """The mark of an entry: its digest, a digest of its name, and its standing as one byte."""
    name = " ".join(entry.name.casefold().split()).encode("utf-8", "surrogatepass")
    named = blake2b(name, digest_size=NAME).digest()
    return (digest or digest_of(entry)) + named + _byte_of(entry.standing)


@cache
def _byte_of(standing: Standing) -> bytes:
    return bytes([STANDINGS.index(standing)])


class Verdict(msgspec.Struct, frozen=True):
    """What is to be done about a number as far as the roster is read; None: nothing, whatever was said before."""

    number: str
    kind: ChangeKind | None = None
    entry: RosterEntry | None = None


class Comparison:
    """Takes the entries of a roster as they come, and tells what differs from the known ones.

    ``known`` are marks by number, and are used up; ``absent`` those of members who were gone before. ``standings`` are
    those that volunteers have with us at this bar, by number. A ``partial`` roster leaves out what did not change.
    """

    def __init__(
        self,
        known: dict[str, bytes],
        *,
        absent: Mapping[str, bytes] | None = None,
        standings: Mapping[str, frozenset[Standing]] | None = None,
        partial: bool = False,
    ) -> None:
        self._left, self._absent, self._standings, self._partial = known, absent or {}, standings or {}, partial
        self._known, self._read = len(known), 0
        self._seen: dict[str, bytes] = {}
        self._before: dict[str, bytes] = {}
        self._new: set[str] = set()
        self._overdue: set[str] = set()
        self._doubtful: set[str] = set()

    def take(self, entries: Iterable[RosterEntry]) -> list[Verdict]:
        """Compare some entries; of all verdicts on a number the last one holds."""
        verdicts: list[Verdict] = []
        seen, left, standings = self._seen, self._left, self._standings
        for entry in entries:
            self._read += 1
            number, digest = entry.number, blake2b(_encode(_values(entry)), digest_size=DIGEST).digest()
            was = left.pop(number, None)
            if was is not None and was[:DIGEST] == digest and number not in standings:
                seen[number] = was
            elif verdict := self._compared(entry, digest, was):
                verdicts.append(verdict)
        return verdicts

    def _compared(self, entry: RosterEntry, digest: bytes, was: bytes | None) -> Verdict | None:
        """What is to be done about an entry that differs, comes again, or is a volunteer's; None: nothing new."""
        number = entry.number
        if number in self._seen:
            return self._again(entry, digest)
        if was is not None and was.startswith(digest):
            self._seen[number] = was
            return self._overdue_or_not(entry)
        self._seen[number] = mark_of(entry, digest)
        if was is not None:
            self._before[number] = was
        elif number not in self._absent:
            self._new.add(number)
        return self._verdict(entry)

    def _again(self, entry: RosterEntry, digest: bytes) -> Verdict | None:
        """A number that came before: two offices of one person, or a contradiction.

        Of two offices the one with the smaller digest is kept, whichever comes first.
        """
        number, held = entry.number, self._seen[entry.number]
        if number in self._doubtful or held.startswith(digest):
            return None
        mark = mark_of(entry, digest)
        if mark[DIGEST:] != held[DIGEST:]:
            self._doubtful.add(number)
            return Verdict(number)
        if mark > held:
            return None
        self._seen[number] = mark
        was_listed = number not in self._new and number not in self._absent
        if was_listed and self._before.setdefault(number, held) == mark:
            del self._before[number]
        return self._verdict(entry)

    def _verdict(self, entry: RosterEntry) -> Verdict:
        number = entry.number
        if number in self._new:
            return Verdict(number, ChangeKind.NEW, entry)
        if number in self._absent:
            return Verdict(number, ChangeKind.BACK, entry)
        if number in self._before:
            return Verdict(number, ChangeKind.CHANGED, entry)
        return self._overdue_or_not(entry) or Verdict(number)

    def _overdue_or_not(self, entry: RosterEntry) -> Verdict | None:
        if self._standings.get(entry.number, frozenset()) <= {entry.standing}:
            return None
        self._overdue.add(entry.number)
        return Verdict(entry.number, ChangeKind.OVERDUE, entry)

    def gone(self) -> Iterator[str]:
        """The numbers that are not listed any more, once all entries are taken. A partial roster tells of none."""
        return iter(() if self._partial else self._left)

    def doubtful(self) -> list[str]:
        """The numbers whose rows contradict each other, in order."""
        return sorted(self._doubtful)

    def tally(self) -> Tally:
        """The counts, once all entries are taken; ``reverted`` is left to whoever knows older versions."""
        sure = self._seen.keys() - self._doubtful if self._doubtful else self._seen.keys()
        changed = [number for number in self._before if number in sure]
        new = len(self._new - self._doubtful)
        back = sum(number in sure for number in self._absent)
        ours = [self._stands(number, held) for number, held in self._standings.items() if number in sure]
        met = [(self._before[number], self._seen[number]) for number in changed]
        return Tally(
            known=self._known,
            read=self._read,
            members=len(self._seen),
            same=len(sure) - len(changed) - new - back,
            new=new,
            changed=len(changed),
            back=back,
            gone=0 if self._partial else len(self._left),
            overdue=len(self._overdue - self._before.keys() - self._doubtful),
            doubled=self._read - len(self._seen),
            doubtful=len(self._doubtful),
            met=len(sure) - new,
            moved=sum(was[-1] != now[-1] for was, now in met),
            renamed=sum(was[DIGEST:-1] != now[DIGEST:-1] for was, now in met),
            volunteers=len(ours),
            losing=sum(not stays for stays in ours),
        )

    def _stands(self, number: str, held: frozenset[Standing]) -> bool:
        """Whether a volunteer stays as good as she is with us."""
        return STANDINGS[self._seen[number][-1]] in GOOD_STANDING or not held & GOOD_STANDING
