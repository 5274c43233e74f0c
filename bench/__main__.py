"""``python -m bench [NAME ...]``: print the measurements, all of them or those named."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import bench


def measurements() -> dict[str, str]:
    """The modules of this package that measure, by name: those that have a ``main``."""
    names = sorted(found.name for found in iter_modules(bench.__path__) if not found.name.startswith("_"))
    return {name: f"bench.{name}" for name in names if hasattr(import_module(f"bench.{name}"), "main")}


def run(wanted: list[str]) -> None:
    """Run the wanted measurements, or all; SystemExit names those that there are."""
    known = measurements()
    if unknown := set(wanted) - known.keys():
        raise SystemExit(f"There is no measurement {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    for name in wanted or known:
        print(f"\n== {name}", flush=True)
        import_module(known[name]).main()


if __name__ == "__main__":
    run(sys.argv[1:])
