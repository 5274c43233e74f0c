"""Who a client is, for whoever has come so far: the names for a conflict check, the file for an engaged volunteer."""

from collections.abc import Iterable
from typing import Any, Final

from core.model.clients.checks import INTERPRETERS_SEE
from core.model.clients.client import Client, ClientField, Stage, stage_of
from core.model.clients.parties import Party
from core.model.vocabulary import SeatRole
from web.shapes.clients.client import contact_item
from web.words.field import word

Item = dict[str, Any]
CONTACT: Final = (ClientField.SAFE_CONTACT, ClientField.PHONE, ClientField.EMAIL, ClientField.ADDRESS)
"""How she is reached: what is safe comes first."""


def file_fields(role: SeatRole) -> tuple[ClientField, ...]:
    """The fields that an engaged volunteer reads in her seat; who interpreted at the desk is the clinic's affair."""
    open_now = [
        field for field in ClientField if stage_of(field) <= Stage.FILE and field is not ClientField.INTERPRETED
    ]
    return tuple(field for field in open_now if role is not SeatRole.INTERPRETER or field in INTERPRETERS_SEE)


def named(client: Client, fields: Iterable[ClientField]) -> list[Item]:
    """Those of these fields that are known: ``label`` and ``lines``."""
    return [{"label": word(field), "lines": _lines(field, client)} for field in fields if client.get(field)]


def others(client: Client) -> list[Item]:
    """What is known of her besides the ways to reach her and her story."""
    return named(client, [field for field in ClientField if field not in (*CONTACT, ClientField.STORY)])


def party_item(party: Party) -> Item:
    """A party by name, with other names and what it is to the case."""
    return {
        "name": party.name,
        "lines": party.other_names.splitlines(),
        "role": word(party.role),
        "is_organisation": party.is_organisation,
    }


def _lines(field: ClientField, client: Client) -> list[str]:
    """A field as lines; how to reach her safely in words: the way, when, what to be careful about, who else."""
    if field is not ClientField.SAFE_CONTACT:
        return client[field].splitlines()
    said = contact_item(client)
    lines = [said["way"], ", ".join(said["times"]), *said["care"], said["person"], said["note"]]
    return [line for line in lines if line]
