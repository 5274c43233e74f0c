"""The built-in plugins: ordinary modules that come through the very hooks a partner uses."""

BUILTIN: tuple[str, ...] = (
    "plugins.rules.representation",
    "plugins.rules.ability",
    "plugins.rules.availability",
    "plugins.rules.place",
    "plugins.rules.conflicts",
    "plugins.scorers.priority",
    "plugins.scorers.quality",
    "plugins.scorers.fairness",
    "plugins.scorers.calm",
    "plugins.matchers.joint",
    "plugins.channels.inbox",
    "plugins.channels.smtp",
    "plugins.rosters.folder",
    "plugins.rosters.served",
    "plugins.rosters.sftp",
    "plugins.reports.served",
    "plugins.reports.months",
    "plugins.deadlines.filing",
    "plugins.deadlines.court",
    "plugins.deadlines.status",
)
"""Dotted names of the built-in plugin modules, in the order in which pages list them."""
