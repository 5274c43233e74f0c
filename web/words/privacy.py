"""What happens to who a client is, in words."""

from collections.abc import Mapping
from typing import Final

from web.i18n import marked as _n

EVENTS: Final[Mapping[str, str]] = {
    "client_erased": _n("Reduced to statistics: the client was erased"),
    "hold_set": _n("Put under a legal hold"),
    "hold_lifted": _n("Legal hold lifted"),
}
"""Events of a case, by their kind."""

ERASURES: Final[Mapping[str, str]] = {
    "client_request": _n("The client asked to be forgotten"),
    "retention": _n("Its time was over"),
}
"""Why a client was erased."""
