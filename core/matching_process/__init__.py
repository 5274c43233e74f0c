"""A matching run in a process of its own: it can be killed, and it never slows the portal."""

from core.matching_process.parent import RunRequest, ask_matcher, run_matcher

__all__ = ["RunRequest", "ask_matcher", "run_matcher"]
