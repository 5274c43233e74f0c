"""The picture that ``amparo simulate --plot`` writes: one SVG file, readable by itself, with its figures in words."""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape

from matching.simulating.comparing import GREEDY, HINDSIGHT, PRICED, TITLES, WEEKLY, Comparison
from matching.simulating.judging import Figure, GroupTold
from web.cli.simulate_result import conclusion, share

WIDTH: Final = 860
LEFT: Final = 210
RIGHT: Final = 40
ROW: Final = 64
HEAD: Final = 118
STEP: Final = 13
COLOURS: Final = {GREEDY: "#8a5a00", WEEKLY: "#1f5fa8", PRICED: "#a3264f", HINDSIGHT: "#4d4d4d"}
"""Each at least 4.5 to 1 on white; every policy has a shape of its own too."""
STYLE: Final = (
    "text{font:14px system-ui,sans-serif;fill:#1d1d1d}.title{font-size:18px;font-weight:600}"
    ".small{font-size:12px;fill:#4d4d4d}.heading{font-weight:600}line{stroke:#d5d5d5}"
)
SHAPES: Final = {
    GREEDY: "M{x} {t}l5 9h-10z",
    WEEKLY: "M{l} {t}h9v9h-9z",
    PRICED: "M{x} {y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0",
    HINDSIGHT: "M{x} {t}l5 5l-5 5l-5 -5z",
}


def plot(found: Comparison) -> str:
    """The value of all teams against hindsight, and the served share of every group, by policy."""
    rows = [("Value, against hindsight", found.groups[0].value)]
    rows += [(f"Served, {group.group}", group.served) for group in found.groups]
    height = HEAD + ROW * len(rows) + 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title(found))}</title>',
        f'<desc id="d">{escape(" ".join(described(found)))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(20, 34, title(found), "title"),
        _text(20, 58, "A mark is the median of all years, its line reaches from the least to the most.", "small"),
        *_legend(),
        *_axis(height),
    ]
    for place, (heading, figures) in enumerate(rows):
        parts += _row(HEAD + ROW * place, heading, figures)
    return "\n".join([*parts, "</svg>"]) + "\n"


def title(found: Comparison) -> str:
    """What the picture is of."""
    years = len(found.years)
    return f"{years} year{'s' * (years != 1)} of {found.weeks} weeks, replayed week by week"


def described(found: Comparison) -> Iterator[str]:
    """The same figures in sentences."""
    yield conclusion(found)
    for group in found.groups:
        yield f"Of {group.group}, {_served(group)}."


def _served(group: GroupTold) -> str:
    return ", ".join(f"{TITLES[name].lower()} serves {share(figure)}" for name, figure in group.served.items())


def _legend() -> Iterator[str]:
    for place, (name, words) in enumerate(TITLES.items()):
        x = 26 + 165 * place
        yield _mark(name, x, 82)
        yield _text(x + 12, 87, words)


def _axis(height: int) -> Iterator[str]:
    for tenth in range(0, 11, 2):
        x = _at(tenth / 10)
        yield f'<line x1="{x:.1f}" y1="{HEAD - 14}" x2="{x:.1f}" y2="{height - 42}"/>'
        yield _text(x, height - 22, f"{10 * tenth} %", "small", "middle")


def _row(top: int, heading: str, figures: Mapping[str, Figure]) -> Iterator[str]:
    yield _text(20, top + 27, heading, "heading")
    for place, (name, figure) in enumerate(figures.items()):
        y = top + STEP * place
        least, most = _at(figure.least), _at(figure.most)
        yield f'<path d="M{least:.1f} {y}H{most:.1f}" stroke="{COLOURS[name]}" stroke-width="2"/>'
        yield _mark(name, _at(figure.median), y)
        yield _text(max(most, _at(figure.median)) + 10, y + 4, f"{100 * figure.median:.0f} %", "small")


def _mark(name: str, x: float, y: float) -> str:
    path = SHAPES[name].format(x=f"{x:.1f}", y=f"{y:.1f}", l=f"{x - 4.5:.1f}", t=f"{y - 5:.1f}")
    return f'<path d="{path}" fill="{COLOURS[name]}"/>'


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(words)}</text>'


def _at(part: float) -> float:
    """Where a share lies; what is above the whole is drawn at it."""
    return LEFT + (WIDTH - LEFT - RIGHT - 30) * min(1.0, max(0.0, part))
