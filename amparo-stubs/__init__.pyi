# Written by `python -m tools.stubs` from amparo.py: change that, not this.
from core.errors import AmparoError, DeliveryFailed
from core.hookspecs import hookimpl
from core.members import ColumnMapping, RecordReader, read_members
from core.model.advice import Advised, Explanation, Questions, Recruit, WhatIf
from core.model.columns import Bools, CaseView, CodeBook, Floats, VolunteerColumns, case_view, volunteer_columns
from core.model.events import AuditEvent
from core.model.messages import Envelope, Receipt
from core.model.roster import RosterEntry, Spoken
from core.model.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.teams import Plan, Progress, ProviderFailure, Reserve, SeatPlan, TeamPlan, Unmatched
from core.model.vocabulary import Forum, Gender, PracticeArea, SeatRole, Standing, VolunteerRole
from core.protocols import Adviser, Channel, Matcher, Observer, PairRule, PairScorer, Roster, Rule, Scorer
from core.ruling import CasesOfPairs, PeopleOfPairs, is_about, pair_rule, pair_scorer, rule, scorer
from core.settings import Settings, Smtp
from core.versions import API_VERSION
__all__ = ['API_VERSION', 'Advised', 'Adviser', 'AmparoError', 'AuditEvent', 'Bools', 'CaseFacts', 'CaseView', 'CasesOfPairs', 'Channel', 'CodeBook', 'ColumnMapping', 'DeliveryFailed', 'Envelope', 'Explanation', 'Floats', 'Forum', 'Gender', 'Held', 'Matcher', 'Observer', 'PairRule', 'PairScorer', 'PeopleOfPairs', 'Plan', 'PracticeArea', 'Progress', 'ProviderFailure', 'Questions', 'Receipt', 'RecordReader', 'Recruit', 'Reserve', 'Roster', 'RosterEntry', 'Rule', 'Scorer', 'SeatPlan', 'SeatRole', 'Settings', 'Smtp', 'Snapshot', 'Spoken', 'Standing', 'TeamPlan', 'Unmatched', 'VolunteerColumns', 'VolunteerFacts', 'VolunteerRole', 'WhatIf', 'case_view', 'hookimpl', 'is_about', 'pair_rule', 'pair_scorer', 'read_members', 'rule', 'scorer', 'volunteer_columns']
