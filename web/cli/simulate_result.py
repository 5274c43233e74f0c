"""What ``amparo simulate`` found, as tables for people."""

from collections.abc import Mapping
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from matching.simulating.comparing import PRICED, TITLES, WEEKLY, Comparison
from matching.simulating.judging import ALL, Figure, GroupTold
from web.cli.match_result import table

NOTHING: Final = ""


def told(found: Comparison) -> RenderableType:
    """Value and served share by group and policy, and what that comes to in a sentence."""
    years = f"{len(found.years)} year{'s' * (len(found.years) != 1)} of {found.weeks} weeks"
    spread = ", median and range" if len(found.years) > 1 else ""
    parts: list[RenderableType] = [_table(f"Cases served, {years}{spread}", found.groups, "served"), Text()]
    if found.prices_over_weekly is not None:
        parts += [_table("Value of those teams, against hindsight", found.groups, "value"), Text()]
    return Group(*parts, Text(conclusion(found)))


def _table(title: str, groups: tuple[GroupTold, ...], what: str) -> Table:
    rows = table(title, "Of", "Cases", *TITLES.values())
    for group in groups:
        figures: Mapping[str, Figure] = getattr(group, what)
        cells = (share(figures[name]) if name in figures else NOTHING for name in TITLES)
        rows.add_row(Text(group.group), Text(number(group.cases)), *map(Text, cells), end_section=group.group == ALL)
    return rows


def number(figure: Figure) -> str:
    """A count over all years."""
    return f"{figure.median:,.0f}"


def share(figure: Figure) -> str:
    """A share over all years, with its range where there is one."""
    middle, least, most = (f"{100 * one:.0f}" for one in (figure.median, figure.least, figure.most))
    return f"{middle} %" if least == most else f"{middle} % ({least} to {most})"


def conclusion(found: Comparison) -> str:
    """What the prices do for the best of each week."""
    ratio = found.prices_over_weekly
    if ratio is None:
        return "No case could be served in any week. See that the volunteers have places and the cases have languages."
    spread = "" if ratio.least == ratio.most else f" ({ratio.least:.2f} to {ratio.most:.2f})"
    everything = found.groups[0].served
    return (
        f"With prices the teams are worth {ratio.median:.2f}{spread} times those of the {TITLES[WEEKLY].lower()}, and "
        f"{share(everything[PRICED])} of all cases are served instead of {share(everything[WEEKLY])}. "
        f"A case keeps its people for {found.busy_weeks} weeks. docs/simulate.md says what is assumed."
    )
