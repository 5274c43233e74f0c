"""Files of waitlists from elsewhere, sealed, until somebody has taken them over or put them aside."""

from piccolo.columns import UUID, Bytea, Integer, OnDelete, Text, Timestamptz, Varchar

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.selecting import Table


class WaitlistImport(Table, tablename="waitlist_import"):
    """A file: ``wrapped`` is its data key, sealed by the clinic's key of the id ``key``; the rest is sealed with it.

    ``about`` is how the file is called and read, ``settled`` what somebody said of its columns and words, both JSON.
    """

    id = UUID(primary_key=True, default=new_id)
    wrapped = Text()
    key = Varchar(length=8, index=True)
    about = Text()
    settled = Text()
    length = Integer()
    uploaded_by = Varchar(length=200)
    uploaded_at = Timestamptz(default=None, null=False, index=True)


class WaitlistPiece(Table, tablename="waitlist_piece"):
    """Some rows of such a file, sealed."""

    id = UUID(primary_key=True, default=new_id)
    waitlist = ForeignKey(WaitlistImport, on_delete=OnDelete.cascade, null=False, index=True)
    position = Integer()
    content = Bytea()
