"""Invitations to the members of a bar, and whoever joins by one."""

from piccolo.columns import JSON, UUID, OnDelete, Timestamptz, Varchar

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account, Volunteer
from core.tables.rosters import Roster
from core.tables.selecting import Table


class Invitation(Table, tablename="roster_invitation"):
    """An invitation link: ``mark`` is the SHA-256 of its token, so that a copy of the table opens no door."""

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False, index=True)
    mark = Varchar(length=64)
    made_by = Varchar(length=200)
    made_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    revoked_at = Timestamptz(null=True, default=None)


class Joining(Table, tablename="joining"):
    """Somebody who joins. ``mark`` is the SHA-256 of the token in her mail; ``profile`` is JSON.

    ``password_hash`` is the one that she chose, kept here only while she may not have the account of her address yet.
    """

    id = UUID(primary_key=True, default=new_id)
    invitation = ForeignKey(Invitation, on_delete=OnDelete.cascade, null=False, index=True)
    state = Varchar(length=12)
    number = Varchar(length=100)
    name = Varchar(length=200)
    email = Varchar(length=254, index=True)
    mark = Varchar(length=64)
    asked_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    password_hash = Varchar(length=200)
    profile = JSON(default="null")
    terms_version = Varchar(length=20)
    terms_language = Varchar(length=12)
    accepted_at = Timestamptz(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    decided_by = Varchar(length=200)
    reason = Varchar(length=500)
