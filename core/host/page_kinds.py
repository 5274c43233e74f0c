"""The kinds of what plugins show on pages: reports, entries of the navigation, panels."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from core.host.contracts import AnswerCheck, Check, Kind, Method
from core.host.shown import is_a_line, wrong_with_content, wrong_with_table
from core.model.plugins.showing import KEEPER_ROLES, NavigationEntry, PanelPlace, leads_somewhere
from core.model.vocabulary import AccountRole
from core.protocols import Panel, Report

LONGEST_NAME: Final = 60
LONGEST_TITLE: Final = 100
LONGEST_ANSWERS: Final = 300
LONGEST_LABEL: Final = 40
_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")


def _is_part_of_an_address(value: Any) -> bool:
    return type(value) is str and len(value) <= LONGEST_NAME and bool(_NAME.fullmatch(value))


def _is_line(longest: int) -> Check:
    """Whether something is one line of text: of the very type, since pages show it as it is."""
    return lambda value: type(value) is str and bool(value.strip()) and len(value) <= longest and is_a_line(value)


def _are_of(roles: Collection[AccountRole]) -> Check:
    return lambda value: (
        type(value) is tuple and bool(value) and all(isinstance(r, AccountRole) and r in roles for r in value)
    )


def _answer(wrong_with: Any) -> AnswerCheck:
    def check(answer: Any, arguments: tuple[Any, ...]) -> str:
        wrong = wrong_with(answer)
        return f"It {wrong}." if wrong else ""

    return check


def _seen_by_nobody(said: Mapping[str, Any]) -> str:
    """Whether a panel is for roles that do not see its place."""
    strangers = [role for role in said["roles"] if role not in said["place"].readers]
    return f"for {strangers[0]}s, who do not see the place “{said['place']}”" if strangers else ""


_NAMED: Final = (_is_part_of_an_address, f"a name of at most {LONGEST_NAME} letters, digits, - and _")
_TITLE: Final = (_is_line(LONGEST_TITLE), f"one line of text of at most {LONGEST_TITLE} characters")
_ANSWERS: Final = (_is_line(LONGEST_ANSWERS), f"one line of text of at most {LONGEST_ANSWERS} characters")
_LABEL: Final = (_is_line(LONGEST_LABEL), f"one line of text of at most {LONGEST_LABEL} characters")
_ROLES: Final = (_are_of(frozenset(AccountRole)), "a tuple of AccountRole, at least one")
_READERS: Final = (_are_of(KEEPER_ROLES), "a tuple of AccountRole, at least one, and without volunteers")

PAGE_KINDS: Final = (
    Kind(
        "reports",
        Report,
        {"name": _NAMED, "title": _TITLE, "answers": _ANSWERS, "roles": _READERS},
        {"table": Method(1, answer=_answer(wrong_with_table))},
    ),
    Kind(
        "navigation",
        NavigationEntry,
        {
            "name": _LABEL,
            "label": _LABEL,
            "href": (leads_somewhere, "a path of this portal such as /panels/ours, or an https address"),
            "roles": _ROLES,
        },
        is_value=True,
    ),
    Kind(
        "panels",
        Panel,
        {
            "name": _NAMED,
            "title": _TITLE,
            "place": (lambda value: type(value) is PanelPlace, "a PanelPlace"),
            "roles": _ROLES,
        },
        {"show": Method(1, awaited=True, answer=_answer(wrong_with_content))},
        whole=_seen_by_nobody,
    ),
)
