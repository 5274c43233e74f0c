"""``python -m bench [NAME ...] [OPTION ...]``: print the measurements, all of them or those named.

Options go to a measurement that is named alone and takes some: ``python -m bench matching --help``.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from inspect import signature
from typing import Final

MEASUREMENTS: Final = {
    "attack": "bench.portal.attack",
    "candidates": "bench.candidates",
    "conflicts": "bench.conflicts.command",
    "explanation": "bench.explanation",
    "listing": "bench.portal.listing",
    "matching": "bench.matching.command",
    "recruiting": "bench.recruiting",
    "rosters": "bench.rosters",
    "simulation": "bench.simulation",
    "supply": "bench.supply",
}
"""Each module has a ``main``."""


def run(words: Sequence[str]) -> None:
    """Run the wanted measurements, or all; SystemExit names those that there are."""
    names = [word for at, word in enumerate(words) if not any(one.startswith("-") for one in words[: at + 1])]
    options = words[len(names) :]
    there = f"There are: {', '.join(MEASUREMENTS)}."
    if options and len(names) != 1:
        raise SystemExit(f"Name the one measurement that these options are for: {' '.join(options)}. {there}")
    if unknown := set(names) - MEASUREMENTS.keys():
        raise SystemExit(f"There is no measurement {', '.join(sorted(unknown))}. {there}")
    for name in names or MEASUREMENTS:
        print(f"\n== {name}", flush=True)
        main = import_module(MEASUREMENTS[name]).main
        if options and not signature(main).parameters:
            raise SystemExit(f"{name} takes no options.")
        main(*([options] if options else []))


if __name__ == "__main__":
    run(sys.argv[1:])
