"""Clients who ask for help: receipts with what is begun, visits to them, what was agreed to, messages to and fro."""

from piccolo.columns import UUID, Boolean, OnDelete, Text, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.selecting import Table


class Receipt(Table, tablename="receipt"):
    """What a client has begun, or her case. ``mark`` is made of her code by scrypt; null: she has no code yet.

    Until it is sent, ``answers`` are sealed with a secret of their own. It lies in ``lock``, sealed with what only the
    code makes, and in each visit, sealed with what only its token makes. Once sent both are empty.
    """

    id = UUID(primary_key=True, default=new_id)
    mark = Varchar(length=64, null=True, default=None, unique=True)
    lock = Text()
    answers = Text()
    language = Varchar(length=12)
    consent_version = Varchar(length=20)
    consent_language = Varchar(length=12)
    begun_at = Timestamptz(default=None, null=False)
    changed_at = Timestamptz(default=None, null=False, index=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=True, default=None, unique=True)


class ReceiptVisit(Table, tablename="receipt_visit"):
    """A receipt open in one browser: ``mark`` is the SHA-256 of its token, ``lock`` as in the receipt."""

    id = UUID(primary_key=True, default=new_id)
    receipt = ForeignKey(Receipt, on_delete=OnDelete.cascade, null=False, index=True)
    mark = Varchar(length=64, unique=True)
    lock = Text()
    seen_at = Timestamptz(default=None, null=False, index=True)


class Consent(Table, tablename="consent"):
    """That a client agreed to a numbered text, in which language, and whether she read it or it was read to her."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    version = Varchar(length=20)
    language = Varchar(length=12)
    manner = Varchar(length=12)
    given_at = Timestamptz(default=None, null=False)
    noted_by = Varchar(length=200)


class ClientMessage(Table, tablename="client_message"):
    """A message between a client and the programme: a sealed text, or the code of a ready one."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    from_client = Boolean(default=False)
    written_by = Varchar(length=200)
    text = Text()
    ready = Varchar(length=20)
    written_at = Timestamptz(default=None, null=False)
    read_at = Timestamptz(null=True, default=None)
