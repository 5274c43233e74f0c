"""Piccolo tables: columns and constraints only. What a row means is said in ``core.model``.

Keys are UUIDv7, so that rows lie in the order of their making. State columns hold the values of
``core.model.states`` and move only through ``core.store``.
"""

from typing import Final

from core.tables.cases import BarredPair, Case, SettledPair
from core.tables.casework import CaseContact, CaseNote, CaseTask
from core.tables.clients import CaseKey, ClientRecord, Disclosure, Party
from core.tables.documents import Document, DocumentPiece
from core.tables.joining import Invitation, Joining
from core.tables.keys import new_id
from core.tables.ledger import AuditEvent, Delivery, Job, Message, PluginReport, Setting
from core.tables.links import OneTimeLink
from core.tables.merges import NotMember, RecordMerge, TwoPersons
from core.tables.parties import OpposingOrganisation
from core.tables.people import (
    Account,
    BarAdmission,
    InterpretingPair,
    LanguageAbility,
    Leave,
    PracticeAbility,
    RoleGrant,
    Session,
    Volunteer,
)
from core.tables.pushing import RosterPush, RosterToken, StagedPart, StagedRoster
from core.tables.rosters import (
    Roster,
    RosterByHand,
    RosterChange,
    RosterEntry,
    RosterPartner,
    RosterRun,
    RosterUpload,
    RosterWork,
    UploadPiece,
)
from core.tables.runs import MatchingRun, RunPlan, RunQuestion
from core.tables.teams import Alert, Match, Offer, Proposal, Seat

__all__ = [
    "INDEXES",
    "TABLES",
    "UNIQUE",
    "Account",
    "Alert",
    "AuditEvent",
    "BarAdmission",
    "BarredPair",
    "Case",
    "CaseContact",
    "CaseKey",
    "CaseNote",
    "CaseTask",
    "ClientRecord",
    "Delivery",
    "Disclosure",
    "Document",
    "DocumentPiece",
    "InterpretingPair",
    "Invitation",
    "Job",
    "Joining",
    "LanguageAbility",
    "Leave",
    "Match",
    "MatchingRun",
    "Message",
    "NotMember",
    "Offer",
    "OneTimeLink",
    "OpposingOrganisation",
    "Party",
    "PluginReport",
    "PracticeAbility",
    "Proposal",
    "RecordMerge",
    "RoleGrant",
    "Roster",
    "RosterByHand",
    "RosterChange",
    "RosterEntry",
    "RosterPartner",
    "RosterPush",
    "RosterRun",
    "RosterToken",
    "RosterUpload",
    "RosterWork",
    "RunPlan",
    "RunQuestion",
    "Seat",
    "Session",
    "Setting",
    "SettledPair",
    "StagedPart",
    "StagedRoster",
    "TwoPersons",
    "UploadPiece",
    "Volunteer",
    "new_id",
]

TABLES: Final = (
    Account,
    RoleGrant,
    Session,
    OneTimeLink,
    Volunteer,
    BarAdmission,
    PracticeAbility,
    LanguageAbility,
    InterpretingPair,
    Leave,
    RecordMerge,
    TwoPersons,
    Case,
    BarredPair,
    SettledPair,
    OpposingOrganisation,
    CaseKey,
    ClientRecord,
    Party,
    Disclosure,
    Document,
    DocumentPiece,
    CaseNote,
    CaseContact,
    CaseTask,
    MatchingRun,
    RunPlan,
    RunQuestion,
    Proposal,
    Match,
    Seat,
    Offer,
    Alert,
    Roster,
    RosterPartner,
    NotMember,
    RosterEntry,
    RosterRun,
    RosterChange,
    RosterToken,
    RosterPush,
    StagedRoster,
    StagedPart,
    RosterByHand,
    RosterUpload,
    UploadPiece,
    RosterWork,
    Invitation,
    Joining,
    Message,
    Delivery,
    Job,
    AuditEvent,
    Setting,
    PluginReport,
)
"""All tables, each after those that it refers to."""

UNIQUE: Final = (
    ("role_grant", ("account", "role"), ""),
    ("bar_admission", ("volunteer", "jurisdiction"), ""),
    ("practice_ability", ("volunteer", "practice_area"), ""),
    ("language_ability", ("volunteer", "language"), ""),
    ("interpreting_pair", ("volunteer", "source", "target"), ""),
    ("client_record", ("case", "field"), ""),
    ("document_piece", ("document", "position"), ""),
    ("barred_pair", ("case", "volunteer"), ""),
    ("settled_pair", ("case", "volunteer"), "lifted_at is null"),
    ("record_merge", ("absorbed",), "split_at is null"),
    ("two_persons", ("one", "other"), ""),
    ("run_plan", ("run",), ""),
    ("proposal", ("case",), "state = 'open'"),
    ("case_match", ("case",), "state in ('offered', 'accepted', 'cleared', 'engaged')"),
    ("seat", ("match", "role", "position"), ""),
    ("seat", ("match", "volunteer"), ""),
    ("offer", ("seat",), ""),
    ("delivery", ("message", "channel"), ""),
    ("roster_partner", ("account", "roster"), ""),
    ("not_member", ("roster", "number", "volunteer"), ""),
    ("roster_entry", ("roster", "number"), ""),
    ("roster_change", ("run", "number"), ""),
    ("roster_push", ("roster", "key"), ""),
    ("staged_roster", ("roster", "name"), ""),
    ("roster_by_hand", ("roster",), ""),
    ("upload_piece", ("upload", "position"), ""),
    ("roster_work", ("roster",), ""),
    ("roster_invitation", ("mark",), ""),
    ("joining", ("mark",), ""),
)
"""Unique indexes as (table, columns, condition): one open proposal and one live match a case, one offer a seat."""

INDEXES: Final = (
    ("legal_case", ("state", "tier", "waiting_since", "reference")),
    ("legal_case", ("state", "region", "CAST(languages AS TEXT)", "held_by")),
    ("offer", ("state", "expires_at")),
    ("message", ("planned", "created_at")),
    ("delivery", ("state", "due_at")),
    ("job", ("state", "due_at")),
    ("alert", ("closed_at", "raised_at")),
    ("bar_admission", ("jurisdiction", "number")),
    ("roster_change", ("run", "kind", "number")),
    ("case_task", ("state", "due")),
    ("case_task", ("assignee", "state")),
    ("joining", ("state", "accepted_at")),
    ("joining", ("number",)),
    ("opposing_organisation", ("name_index",)),
    ("opposing_organisation", ("key",)),
)
"""Further indexes for the lists that pages and workers read, as (table, columns or expressions).

That of region and languages holds all that is counted over the waiting cases with every page of the list.
"""
