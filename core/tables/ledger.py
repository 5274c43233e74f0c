"""What must not be lost: outbox, jobs, audit chain, settings."""

from piccolo.columns import (
    JSON,
    UUID,
    BigInt,
    Boolean,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class Message(Table, tablename="message"):
    """The outbox: what a verb has to tell somebody, written in that verb's transaction.

    ``planned``: a worker has chosen the channels, each with a delivery of its own. Whoever has no account yet is told
    at ``address``.
    """

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    address = Varchar(length=254)
    kind = Varchar(length=40)
    subject = Varchar(length=200)
    body = Text()
    path = Varchar(length=200)
    created_at = Timestamptz(default=None, null=False)
    read_at = Timestamptz(null=True, default=None)
    planned = Boolean(default=False)


class Delivery(Table, tablename="delivery"):
    """One message on its way through one channel."""

    id = UUID(primary_key=True, default=new_id)
    message = ForeignKey(Message, on_delete=OnDelete.cascade, null=False, index=True)
    channel = Varchar(length=40)
    state = Varchar(length=12)
    attempts = Integer(default=0)
    due_at = Timestamptz(default=None, null=False)
    claimed_until = Timestamptz(null=True, default=None)
    receipt = Text()
    error = Text()


class Job(Table, tablename="job"):
    """Work for a worker, written in the transaction of the change that caused it."""

    id = UUID(primary_key=True, default=new_id)
    kind = Varchar(length=40)
    payload = JSON(default="{}")
    unique_key = Varchar(length=120, unique=True, null=True, default=None)
    state = Varchar(length=12)
    attempts = Integer(default=0)
    due_at = Timestamptz(default=None, null=False)
    claimed_until = Timestamptz(null=True, default=None)
    error = Text()


class AuditEvent(Table, tablename="audit_event"):
    """The audit chain: sequence without gaps, each digest over the one before."""

    sequence = BigInt(primary_key=True)
    at = Timestamptz(default=None, null=False)
    kind = Varchar(length=60)
    subject_kind = Varchar(length=30)
    subject = UUID(default=None, null=False, index=True)
    actor = UUID(null=True, default=None)
    actor_label = Varchar(length=200)
    detail = JSON(default="{}")
    previous = Varchar(length=64)
    digest = Varchar(length=64)


class Setting(Table, tablename="setting"):
    """A value that the programme decides at run time."""

    key = Varchar(length=80, primary_key=True)
    value = JSON(default="null")


class PluginReport(Table, tablename="plugin_report"):
    """How the plugins of one process fared until ``at``, as JSON: one row a process."""

    id = UUID(primary_key=True, default=new_id)
    at = Timestamptz(default=None, null=False, index=True)
    plugins = JSON(default="[]")
