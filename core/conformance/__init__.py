"""Whether a plugin keeps its contract: the checks behind ``amparo check-plugin`` and ``amparo_testing``."""

from core.conformance.contracts import checks_of
from core.conformance.outcome import Outcome, Report, State
from core.conformance.performing import outcomes_of_provider

__all__ = ["Outcome", "Report", "State", "checks_of", "outcomes_of_provider"]
