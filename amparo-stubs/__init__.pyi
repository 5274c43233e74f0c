# Written by `python -m tools.stubs` from amparo.py: change that, not this.
from core.errors import AmparoError, DeliveryFailed
from core.hookspecs import hookimpl
from core.members import ColumnMapping, RecordReader, read_members
from core.model.cases.urgency import Tier
from core.model.deadlines.rules import Counting, DatedFact, DeadlineRule, RuleStatus, Span
from core.model.events import AuditEvent
from core.model.languages import language_name
from core.model.messages import Envelope, Receipt
from core.model.plans.advice import Advised, Explanation, Questions, Recruit, WhatIf
from core.model.plans.columns import Bools, CaseView, CodeBook, Floats, VolunteerColumns, case_view, volunteer_columns
from core.model.plans.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.plans.teams import Plan, Progress, ProviderFailure, Reserve, SeatPlan, TeamPlan, Unmatched
from core.model.plugins.intake_fields import FieldKind, IntakeField
from core.model.plugins.records import CaseRecord, MatchRecord, ReportFacts, RosterRecord, SeatRecord, Subject, VolunteerRecord
from core.model.plugins.showing import Cell, Column, ColumnKind, NavigationEntry, PanelContent, PanelFact, PanelLink, PanelPlace, Table
from core.model.rosters.entries import RosterEntry, Spoken
from core.model.states import CaseState, MatchState, SeatState
from core.model.vocabulary import AccountRole, Forum, Gender, Posture, PracticeArea, SeatRole, Standing, VolunteerRole
from core.protocols import Adviser, Channel, Matcher, Observer, PairRule, PairScorer, Panel, Report, Roster, Rule, Scorer
from core.ruling import CasesOfPairs, PeopleOfPairs, is_about, pair_rule, pair_scorer, rule, scorer
from core.settings import Settings, Smtp
from core.versions import API_VERSION
__all__ = ['API_VERSION', 'AccountRole', 'Advised', 'Adviser', 'AmparoError', 'AuditEvent', 'Bools', 'CaseFacts', 'CaseRecord', 'CaseState', 'CaseView', 'CasesOfPairs', 'Cell', 'Channel', 'CodeBook', 'Column', 'ColumnKind', 'ColumnMapping', 'Counting', 'DatedFact', 'DeadlineRule', 'DeliveryFailed', 'Envelope', 'Explanation', 'FieldKind', 'Floats', 'Forum', 'Gender', 'Held', 'IntakeField', 'MatchRecord', 'MatchState', 'Matcher', 'NavigationEntry', 'Observer', 'PairRule', 'PairScorer', 'Panel', 'PanelContent', 'PanelFact', 'PanelLink', 'PanelPlace', 'PeopleOfPairs', 'Plan', 'Posture', 'PracticeArea', 'Progress', 'ProviderFailure', 'Questions', 'Receipt', 'RecordReader', 'Recruit', 'Report', 'ReportFacts', 'Reserve', 'Roster', 'RosterEntry', 'RosterRecord', 'Rule', 'RuleStatus', 'Scorer', 'SeatPlan', 'SeatRecord', 'SeatRole', 'SeatState', 'Settings', 'Smtp', 'Snapshot', 'Span', 'Spoken', 'Standing', 'Subject', 'Table', 'TeamPlan', 'Tier', 'Unmatched', 'VolunteerColumns', 'VolunteerFacts', 'VolunteerRecord', 'VolunteerRole', 'WhatIf', 'case_view', 'hookimpl', 'is_about', 'language_name', 'pair_rule', 'pair_scorer', 'read_members', 'rule', 'scorer', 'volunteer_columns']
