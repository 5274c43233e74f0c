"""Where a client lives, as it was typed into a form."""

from core.model.places import STATES, counties, county_of
from web.i18n import gettext as _
from web.shapes.clients.client_reading import ClientReader

LONGEST_COUNTY = 80


class PlaceReader(ClientReader):
    """Reads ``us_state`` and ``county`` besides what is known of the client."""

    def place(self) -> tuple[str, str]:
        """State and county by their usual spelling; both empty where nothing was typed."""
        state = self.typed["us_state"].upper()
        if state and state not in STATES:
            self.wrong("us_state", _("Choose a state from the list."))
        given: str = self.typed["county"]
        known = county_of(state, given) if given else None
        if given and known is None and any(where == state for where, _name in counties()):
            said = _("“%(text)s” is no county of that state. Choose one from the list, or another state.")
            self.wrong("county", said % {"text": given[:40]})
        return state, known.name if known else given[:LONGEST_COUNTY]


def state_choices() -> list[tuple[str, str]]:
    """All states, for a choice."""
    return [(state, state) for state in sorted(STATES)]


def county_choices() -> list[str]:
    """The counties that are offered while somebody writes."""
    return sorted({place.name for place in counties().values()})
