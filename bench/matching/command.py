"""The command: which rows, which worlds, how large, and where the figures go."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.matching.goals import Plan, Row
from bench.matching.lab import Lab, Limits
from bench.matching.report import Told, markdown, read, table, told, write
from bench.matching.rows import ROWS

FIRST_SEED: Final = 101
"""The worlds of the figures begin here; whoever tunes the engine uses others."""


def main(words: Sequence[str] = ()) -> None:
    """Measure the wanted rows and print their table."""
    options = parser().parse_args(list(words))
    if options.show:
        print(markdown(read(options.show)))
        return
    limits, measured = Limits(options.time_limit, options.rival_limit), []
    with Lab(limits, _tell) as lab:
        for row in ROWS:
            if options.rows and row.name not in options.rows:
                continue
            _tell(f"{row.name}: {row.title}")
            measured.append(measure(row, lab, plan_of(row, options)))
            _tell("\n".join(table(measured[-1:])))
            if options.json:
                write(options.json, measured[-1])
    if len(measured) > 1:
        _tell("\n" + "\n".join(table(measured)))


def measure(row: Row, lab: Lab, plan: Plan) -> Told:
    """One row, with what is known of the machine."""
    return told(row, plan, lambda: row.measure(lab, plan))


def plan_of(row: Row, options: argparse.Namespace) -> Plan:
    """The worlds of a row: the wanted seeds, or as many as it takes."""
    seeds = options.seeds or range(FIRST_SEED, FIRST_SEED + row.seeds)
    return Plan(tuple(seeds), options.scale, options.mentors)


def parser() -> argparse.ArgumentParser:
    """The options, explained."""
    found = argparse.ArgumentParser(
        prog="python -m bench matching",
        description="What the engine must reach, row by row, each figure a ratio within one run.",
        epilog="rows:\n" + "\n".join(f"  {row.name:<14} {row.title} ({row.seeds} worlds)" for row in ROWS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = found.add_argument
    add("--rows", type=_names, metavar="ROW,ROW", help="only these rows (default: all)")
    add("--seeds", type=int, nargs="+", metavar="SEED", help=f"seeds of the worlds (default: from {FIRST_SEED} on)")
    add("--scale", type=_positive, default=1.0, metavar="X", help="worlds X times as large, such as 0.05 for a try")
    add("--time-limit", type=_positive, default=Limits().ours, metavar="S", help="seconds of one solve (default: 600)")
    add("--rival-limit", type=_positive, default=Limits().rival, metavar="S", help="seconds of CP-SAT (default: 60)")
    add("--mentors", action=argparse.BooleanOptionalAction, default=True, help="some attorneys mentor (default)")
    add("--json", type=Path, metavar="FILE", help="write the rows here; those of the file that are not measured stay")
    add("--show", type=Path, metavar="FILE", help="measure nothing: print the table of such a file in Markdown")
    return found


def _names(text: str) -> list[str]:
    names, known = text.split(","), [row.name for row in ROWS]
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"there is no row {', '.join(unknown)}; there are {', '.join(known)}")
    return names


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


def _tell(text: str) -> None:
    print(text, flush=True)
