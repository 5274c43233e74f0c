"""Links that are mailed to somebody and work once."""

from piccolo.columns import UUID, OnDelete, Timestamptz, Varchar

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class OneTimeLink(Table, tablename="one_time_link"):
    """A link for one account and one purpose: ``mark`` is the SHA-256 of its token, which is kept in the mail alone."""

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False, index=True)
    purpose = Varchar(length=20)
    mark = Varchar(length=64, unique=True)
    expires_at = Timestamptz(default=None, null=False, index=True)
