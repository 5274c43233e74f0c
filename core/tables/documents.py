"""Documents of cases, sealed piece by piece with the data key of their case."""

from piccolo.columns import UUID, BigInt, Boolean, Bytea, Integer, OnDelete, Text, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class Document(Table, tablename="document"):
    """A document. ``name`` and ``about`` are sealed; until it is ``complete`` its pieces still come in."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=20)
    file_type = Varchar(length=8)
    size = BigInt(default=0)
    pieces = Integer(default=0)
    origin = Varchar(length=12)
    sharing = Varchar(length=12)
    name = Text()
    about = Text()
    added_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    added_label = Varchar(length=200)
    added_at = Timestamptz(default=None, null=False)
    complete = Boolean(default=False)


class DocumentPiece(Table, tablename="document_piece"):
    """A sealed piece of a document. Its place, and whether it is the last one, are part of what it is sealed to."""

    id = UUID(primary_key=True, default=new_id)
    document = ForeignKey(Document, on_delete=OnDelete.cascade, null=False)
    position = Integer(default=0)
    content = Bytea()
