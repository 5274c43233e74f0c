"""Plugins that a person has switched off."""

from datetime import datetime

import msgspec


class Switch(msgspec.Struct, frozen=True):
    """One plugin, by its name, and who switched it off when."""

    plugin: str
    by: str
    at: datetime

    def told(self) -> str:
        """It as a sentence for whoever looks at a list of plugins."""
        return f"{self.by} switched it off on {self.at:%Y-%m-%d at %H:%M} UTC."
