"""By what sealed names are found, whom volunteers list themselves, and what was decided about hits."""

from piccolo.columns import UUID, BigInt, BigSerial, Boolean, OnDelete, SmallInt, Text, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.clients import Party
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account, Volunteer
from core.tables.selecting import Table


class ListedName(Table, tablename="listed_name"):
    """Somebody whom a volunteer or her firm works for or represents; the name is in its entry of the index."""

    id = UUID(primary_key=True, default=new_id)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, index=True)
    relation = Varchar(length=12)
    is_organisation = Boolean(default=False)
    added_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    added_at = Timestamptz(default=None, null=False)


class NameEntry(Table, tablename="name_entry"):
    """One name that can be found: of a client, of a party, or on a volunteer's list.

    ``name`` is sealed by the key of the case, or by the clinic's for a list. ``exact`` stands for the whole name, under
    the clinic's key of this id. Its own key is a random number, which is shorter than a UUID: it stands in millions of
    rows.
    """

    id = BigInt(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    party = ForeignKey(Party, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    listed = ForeignKey(ListedName, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    kind = Varchar(length=12)
    is_alias = Boolean(default=False)
    name = Text()
    exact = BigInt(index=True)
    key = Varchar(length=8, index=True)


class NameToken(Table, tablename="name_token"):
    """A blind index: what stands for a key of a name, the first 64 bits of its HMAC.

    ``words`` is how many words the keys of the name are made of: it says how many of them another name must share.
    """

    id = BigSerial(primary_key=True)
    token = BigInt()
    entry = ForeignKey(NameEntry, on_delete=OnDelete.cascade, null=False, index=True)
    words = SmallInt(default=0)


class ConflictDecision(Table, tablename="conflict_decision"):
    """What a coordinator decided about the hits between a case and another one, or a volunteer.

    ``mark`` stands for the hits that she looked at: with others, it is to be decided again.
    """

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    other = ForeignKey(Case, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    verdict = Varchar(length=12)
    reason = Varchar(length=200)
    mark = Varchar(length=64)
    decided_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    decided_at = Timestamptz(default=None, null=False)
