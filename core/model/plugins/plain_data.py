"""Values that plugins hand over as data: whether each part really is what its Struct declares."""

from typing import Any

import msgspec


def wrong_types(data: msgspec.Struct) -> str:
    """What is of the wrong type, as the end of a sentence that begins with the value; empty: nothing is.

    Strict: a text is no member of a vocabulary, a list no tuple, a datetime no date, and no subclass will do.
    """
    try:
        read = msgspec.json.decode(msgspec.json.encode(data), type=type(data))
    except (TypeError, ValueError, RecursionError) as problem:
        return f"has a part of the wrong type: {problem}"
    for name in data.__struct_fields__:
        given, wanted = getattr(data, name), getattr(read, name)
        if not _alike(given, wanted):
            return f"has a {name} that is {_told(given)} instead of {_told(wanted)}"
    return ""


def _alike(given: Any, wanted: Any) -> bool:
    if type(given) is not type(wanted):
        return False
    if isinstance(given, tuple):
        return len(given) == len(wanted) and all(map(_alike, given, wanted))
    if isinstance(given, msgspec.Struct):
        return all(_alike(getattr(given, name), getattr(wanted, name)) for name in given.__struct_fields__)
    return True


def _told(value: Any) -> str:
    inner = f" of {type(value[0]).__name__}" if isinstance(value, tuple) and value else ""
    return f"a {type(value).__name__}{inner}"
