"""What speaks for or against two clients being one, beside their names: A-number, telephone, day of birth."""

import re
from collections.abc import Mapping
from typing import Final

from core.model.clients.client import ClientField
from core.model.conflicts.grading import Grade

Evidence = Mapping[ClientField, bool]
"""For each of these fields that is known of both: whether it is the same."""
NUMBERS: Final = (ClientField.A_NUMBER, ClientField.PHONE)
"""What is found by itself, whatever the name is."""
COMPARED: Final = (*NUMBERS, ClientField.BIRTH_DATE)
_NUMBER: Final = re.compile(r"\+?\d(?:[\s().\-/]*\d){6,}")
_LONGEST: Final = {ClientField.A_NUMBER: 9, ClientField.PHONE: 10}


def number_in(field: ClientField, text: str) -> str:
    """The digits by which an A-number or the first telephone number of a field is compared; empty: too few of them.

    A-numbers have up to nine digits, the older ones without their zeros (USCIS Policy Manual, Glossary); telephone
    numbers count without the country's code.
    """
    found = _NUMBER.search(text)
    digits = re.sub(r"\D", "", found[0]) if found else ""
    longest = _LONGEST[field]
    if field is ClientField.A_NUMBER:
        return digits.zfill(longest) if 0 < len(digits) <= longest else ""
    return digits[-longest:]


def seems_same(grade: Grade | None, evidence: Evidence) -> bool:
    """Whether two clients seem to be one, so that somebody is asked: by how like their names are, None: not at all.

    The same A-number is enough. A family shares a telephone: with names that are not alike, another A-number or day of
    birth tells two people apart. A name that is alike needs the same day of birth; one that is the same needs only that
    nothing speaks against it.
    """
    if evidence.get(ClientField.A_NUMBER):
        return True
    apart = evidence.get(ClientField.A_NUMBER) is False or evidence.get(ClientField.BIRTH_DATE) is False
    if evidence.get(ClientField.PHONE):
        return grade is not None or not apart
    if grade is None:
        return False
    return bool(evidence.get(ClientField.BIRTH_DATE)) or (grade is Grade.SAME and not apart)


def is_same(evidence: Evidence) -> bool:
    """Whether anything is the same."""
    return any(evidence.values())
