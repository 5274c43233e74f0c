"""Accounts and volunteers."""

from typing import Any

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    Date,
    DoublePrecision,
    Integer,
    OnDelete,
    Timestamptz,
    Varchar,
)

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.selecting import Table


class Account(Table, tablename="account"):
    """Somebody who can sign in."""

    id = UUID(primary_key=True, default=new_id)
    email = Varchar(length=254, unique=True)
    name = Varchar(length=200)
    password_hash = Varchar(length=200)
    active = Boolean(default=True)
    created_at = Timestamptz(default=None, null=False)


class RoleGrant(Table, tablename="role_grant"):
    """A role that an account has."""

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    role = Varchar(length=20)


class Session(Table, tablename="login_session"):
    """A sign-in: the key is the SHA-256 of the token in the cookie, so that a copy of the table opens no door."""

    id = Varchar(length=64, primary_key=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False, index=True)
    created_at = Timestamptz(default=None, null=False)
    seen_at = Timestamptz(default=None, null=False)


class Volunteer(Table, tablename="volunteer"):
    """A volunteer; roles and interests are JSON lists of codes.

    ``merged_into``: this is an old record of the person whose record that is. Nobody is found by it any more.
    """

    id = UUID(primary_key=True, default=new_id)
    reference = Varchar(length=100, unique=True)
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    name = Varchar(length=200)
    email = Varchar(length=254)
    roles = JSON(default="[]")
    interests = JSON(default="[]")
    eoir_registered = Boolean(default=False)
    county = Varchar(length=80)
    us_state = Varchar(length=2)
    remote = Boolean(default=True)
    firm = Varchar(length=200)
    gender = Varchar(length=10, default="unstated")
    capacity_cases = Integer(default=1)
    capacity_mentor = Integer(default=1)
    hours_a_month = DoublePrecision(null=True, default=None)
    created_at = Timestamptz(default=None, null=False)
    merged_into: ForeignKey[Any] = ForeignKey("self", on_delete=OnDelete.restrict, null=True, default=None, index=True)


class BarAdmission(Table, tablename="bar_admission"):
    """An admission to one bar, with its standing as last known."""

    id = UUID(primary_key=True, default=new_id)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, index=True)
    jurisdiction = Varchar(length=2)
    number = Varchar(length=100)
    standing = Varchar(length=12)
    admitted_year = Integer(null=True, default=None)
    checked_at = Timestamptz(default=None, null=False)


class PracticeAbility(Table, tablename="practice_ability"):
    """A practice area that a volunteer knows, at a level from 1 to 4."""

    id = UUID(primary_key=True, default=new_id)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, index=True)
    practice_area = Varchar(length=12)
    level = Integer()


class LanguageAbility(Table, tablename="language_ability"):
    """A language that a volunteer speaks, with its ILR level."""

    id = UUID(primary_key=True, default=new_id)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, index=True)
    language = Varchar(length=12)
    ilr = DoublePrecision()
    certification = Varchar(length=80)


class InterpretingPair(Table, tablename="interpreting_pair"):
    """Two languages that a volunteer interprets between, both ways; modes are a JSON list."""

    id = UUID(primary_key=True, default=new_id)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, index=True)
    source = Varchar(length=12)
    target = Varchar(length=12)
    modes = JSON(default='["consecutive"]')


class Leave(Table, tablename="volunteer_leave"):
    """Days on which a volunteer takes no work."""

    id = UUID(primary_key=True, default=new_id)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, index=True)
    starts = Date(default=None, null=False)
    ends = Date(default=None, null=False)
