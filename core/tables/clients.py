"""The client, sealed: a data key a case, what is known of her field by field, who else is there, and who has looked."""

from piccolo.columns import JSON, UUID, BigInt, Boolean, Integer, OnDelete, Text, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class CaseKey(Table, tablename="case_key"):
    """The data key of a case, sealed by the clinic's key of this id; empty once it was shredded."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, unique=True)
    wrapped = Text()
    key = Varchar(length=8, index=True)
    made_at = Timestamptz(default=None, null=False)
    shredded_at = Timestamptz(null=True, default=None)


class ClientRecord(Table, tablename="client_record"):
    """One field of a client, sealed.

    ``token`` stands for an A-number or a telephone number, under the clinic's key of the id ``token_key``.
    """

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    field = Varchar(length=30)
    value = Text()
    token = BigInt(null=True, default=None, index=True)
    token_key = Varchar(length=8, default="")
    changed_at = Timestamptz(default=None, null=False)


class Party(Table, tablename="party"):
    """A person or an organisation beside the client, the names sealed."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    role = Varchar(length=12)
    is_organisation = Boolean(default=False)
    name = Text()
    other_names = Text()
    added_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    added_at = Timestamptz(default=None, null=False)


class Disclosure(Table, tablename="disclosure"):
    """A view of who somebody is: which fields, to whom, why. ``actor_label`` is her name at that time."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    actor_label = Varchar(length=200)
    fields = JSON(default="[]")
    stage = Integer()
    purpose = Varchar(length=20)
    at = Timestamptz(default=None, null=False, index=True)
