"""The built-in plugins: ordinary modules that come through the very hooks a partner uses."""

BUILTIN: tuple[str, ...] = (
    "plugins.channels.inbox",
    "plugins.channels.smtp",
)
"""Dotted names of the built-in plugin modules, in the order in which pages list them."""
