"""The hooks: how a plugin hands its objects to Amparo.

All are synchronous and called once, at start-up, for each plugin alone; asynchronous work lives in the methods of
the objects that they return. A plugin that raises here is listed as failed with its cause; the others start.
"""

from collections.abc import Sequence

import pluggy

from core.model.deadlines.rules import DeadlineRule
from core.model.plugins.intake_fields import IntakeField
from core.model.plugins.showing import NavigationEntry
from core.protocols import Channel, Matcher, Observer, Panel, Report, Roster, Rule, Scorer
from core.settings import Settings

PROJECT = "amparo"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def amparo_rules() -> Sequence[Rule]:
    """Called at start-up for hard constraints: who may fill a seat.

    Return rules with names that no other plugin uses. When a rule raises, hangs or returns nonsense, the pair is
    blocked and shown as "could not decide": a veto fails closed.
    """
    return ()


@hookspec
def amparo_scorers() -> Sequence[Scorer]:
    """Called at start-up for preferences: who had better fill a seat.

    Return scorers with names that no other plugin uses. When one fails, its points are left out and the run says so.
    """
    return ()


@hookspec
def amparo_matchers() -> Sequence[Matcher]:
    """Called at start-up for whole matching strategies.

    The coordinator chooses one by name; the built-in one is ``joint``. A failing matcher fails the run: no
    proposal is saved.
    """
    return ()


@hookspec
def amparo_channels(settings: Settings) -> Sequence[Channel]:
    """Called at start-up, with the settings, for ways to reach people.

    Return only channels that are configured: the SMTP channel returns nothing where no server is set. A failing
    delivery is tried again with growing pauses; it never undoes the change that caused the message.
    """
    return ()


@hookspec
def amparo_observers() -> Sequence[Observer]:
    """Called at start-up for spectators of committed events. Failures are logged and change nothing."""
    return ()


@hookspec
def amparo_rosters(settings: Settings) -> Sequence[Roster]:
    """Called at start-up, with the settings, for the member lists of bars.

    Return only rosters that are configured; credentials come from the settings, never from code. A failing fetch
    fails its run: nothing is applied and the last good roster stays.
    """
    return ()


@hookspec
def amparo_reports() -> Sequence[Report]:
    """Called at start-up for reports: questions of the programme's that a table answers.

    Return reports with names that no other plugin uses. They get facts without identities, for a period that a reader
    chooses. When one fails, its page says so under the plugin's name.
    """
    return ()


@hookspec
def amparo_navigation() -> Sequence[NavigationEntry]:
    """Called at start-up for entries of the navigation, which stand after ours for the roles that they name.

    They are data and nothing of them is called later, so there is nothing to fail but the start: a wrong address is
    refused then, with its plugin.
    """
    return ()


@hookspec
def amparo_panels(settings: Settings) -> Sequence[Panel]:
    """Called at start-up, with the settings, for what is shown on pages of ours or on a page of its own.

    A panel is asked after its page is there. When it fails, its place says that it could not be shown, and by whom.
    """
    return ()


@hookspec
def amparo_deadlines() -> Sequence[DeadlineRule]:
    """Called at start-up for rules of law about deadlines, as data.

    Return rules with codes that no other plugin uses. One that is malformed refuses its plugin, by its code: a wrong
    deadline is worse than none. What is computed of them is shown with citation and status, and can be overridden.
    """
    return ()


@hookspec
def amparo_intake_fields() -> Sequence[IntakeField]:
    """Called at start-up for further questions about a case, as data.

    Return fields with names that no other plugin uses. One that is malformed refuses its plugin, by its name. Answers
    are kept with the case, also when the plugin is gone.
    """
    return ()
