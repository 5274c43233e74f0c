"""Two people at one form: what each changed is kept, and what both changed is overwritten by neither.

Whoever saves says what stood there at the beginning (H. T. Kung and J. T. Robinson, On Optimistic Methods for
Concurrency Control, ACM TODS 6:2, 1981). A form of separate entries is put together entry by entry; a record that is
written as a whole is known by its version.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import msgspec

from core.errors import Overtaken

Name = TypeVar("Name", bound=str)


def put_together(
    opened: Mapping[str, Any], wanted: Mapping[str, Any], now: Mapping[str, Any], *, absent: Any = None
) -> dict[str, Any]:
    """What stands there ``now`` with the entries of ``wanted`` that are others than those it was ``opened`` with.

    An entry that is not in a mapping counts as ``absent``. Raises Overtaken with the names of the entries that somebody
    else has changed as well, to something else.
    """
    changed = {name: value for name, value in wanted.items() if value != opened.get(name, absent)}
    require_untouched(changed, opened, now, absent=absent)
    return {**now, **changed}


def require_untouched(
    changed: Mapping[Name, Any], opened: Mapping[Name, Any], now: Mapping[Name, Any], *, absent: Any = None
) -> None:
    """Raise Overtaken where writing ``changed`` would take away what somebody else wrote since ``opened``."""
    taken = [
        name
        for name, value in changed.items()
        if now.get(name, absent) != opened.get(name, absent) and now.get(name, absent) != value
    ]
    if taken:
        raise overtaken(taken)


def version_of(record: object) -> str:
    """The same for the same record: a form that was opened on one version does not overwrite another."""
    return hashlib.sha256(msgspec.json.encode(record, order="deterministic")).hexdigest()[:16]


def require_version(record: object, version: str) -> None:
    """Raise Overtaken where a record as it stands is not what somebody began with."""
    if version_of(record) != version:
        raise overtaken(())


def overtaken(names: Collection[str]) -> Overtaken:
    """The refusal, with the names of the entries that it is about; none: the record as a whole."""
    return Overtaken("Somebody else has changed this since you opened it. Nothing was changed.", names=tuple(names))
