"""The joint optimum against greedy, and against attorneys first and interpreters after, on the same eligible pairs.

Five seeded worlds of a waitlist that is larger than its volunteers, with languages as rare as they are; then the
sizes that must be proved. Every answer is checked by code that shares nothing with the engine. Seconds are of the
clock on this machine and say little elsewhere; the ratios are within one run.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import Final

from bench.baselines import Choice, Greedy, attorneys_first
from bench.check import bound_from, faults, value
from bench.worlds import World
from core.host import PluginHost
from core.model.languages import language_group
from core.settings import Settings
from matching.candidates import Candidates, find_candidates
from matching.problem import Solution
from matching.solver import solve
from plugins import BUILTIN

SEEDS: Final = (11, 12, 13, 14, 15)
SIZE: Final = (600, 300, 150)
LARGE: Final = (2000, 1000, 500)
TIME_LIMIT: Final = 600.0
"""Seconds for one solve. What is proved takes far less; with limits of hours the search ends here, with its gap."""
GROUPS: Final = ("English", "Spanish", "Indigenous", "Other")
Wanted = dict[str, bool]


def main() -> None:
    """Print both tables."""
    print(f"Five worlds of {SIZE[0]} cases, {SIZE[1]} attorneys, {SIZE[2]} interpreters, mentors, no hours")
    compare({"hours": False, "mentors": True})
    print(f"\n{LARGE[0]:,} cases x {LARGE[1]:,} attorneys x {LARGE[2]:,} interpreters, one world each")
    for title, wanted in (
        ("capacity in cases", {"hours": False, "mentors": False}),
        ("and mentors", {"hours": False, "mentors": True}),
        ("and hours", {"hours": True, "mentors": True}),
    ):
        prove(title, wanted)


def candidates_of(seed: int, size: tuple[int, int, int], wanted: Wanted) -> Candidates:
    """The candidates of one world under the built-in rules and scorers."""
    host = PluginHost.load(BUILTIN, settings=Settings(), entry_points=False)
    snapshot = World(seed).snapshot(*size, hours=wanted["hours"], mentors=wanted["mentors"])
    return find_candidates(snapshot, host.rules(), host.scorers())


def compare(wanted: Wanted) -> None:
    """Run the three ways on five worlds; print values, ratios and served shares by language group."""
    values: dict[str, list[float]] = {"joint": [], "greedy": [], "attorneys first": []}
    shares: dict[str, list[dict[str, float]]] = {way: [] for way in values}
    for seed in SEEDS:
        found = candidates_of(seed, SIZE, wanted)
        solution = solve(found.problem, seed=1, time_limit=TIME_LIMIT)
        answers = {
            "joint": _choice(solution),
            "greedy": Greedy(found.problem).choose(),
            "attorneys first": attorneys_first(found.problem, seed=1, time_limit=TIME_LIMIT),
        }
        print(f"  seed {seed}: {solution.status}, gap {solution.gap:.1e}, {solution.seconds:.1f} s", flush=True)
        for way, answer in answers.items():
            values[way].append(checked(found, answer))
            shares[way].append(served(found, answer))
    for way in ("greedy", "attorneys first"):
        ratios = [joint / other for joint, other in zip(values["joint"], values[way], strict=True)]
        print(f"  value of joint / {way}: {_spread(ratios, '.3f')}")
    for group in ("all", *GROUPS):
        told = ", ".join(f"{way} {_spread([one[group] for one in rows], '.1%')}" for way, rows in shares.items())
        print(f"  served, {group}: {told}")


def prove(title: str, wanted: Wanted) -> None:
    """Solve one large world and print what is proved, in how long."""
    began = perf_counter()
    found = candidates_of(SEEDS[0], LARGE, wanted)
    asked = perf_counter() - began
    solution = solve(found.problem, seed=1, time_limit=TIME_LIMIT)
    worth = checked(found, _choice(solution))
    greedy = checked(found, Greedy(found.problem).choose())
    above = bound_from(found.problem, solution.prices) / worth - 1
    told = "" if wanted["hours"] else f", bound recomputed from the prices {above:.1e} above it"
    pairs = sum(len(table.case) for table in found.problem.tables)
    print(
        f"  {title}: {pairs:,} pairs in {asked:.1f} s, {solution.status}, gap {solution.gap:.1e} "
        f"in {solution.seconds:.1f} s, {len(solution.attorneys):,} served, value / greedy {worth / greedy:.3f}{told}",
        flush=True,
    )


def checked(found: Candidates, choice: Choice) -> float:
    """The value of a choice; SystemExit where it breaks the problem's rules."""
    if wrong := faults(found.problem, choice):
        raise SystemExit(f"An answer is not feasible: {wrong[0]}")
    return value(found.problem, choice)


def served(found: Candidates, choice: Choice) -> dict[str, float]:
    """The share of cases served, in all and by language group."""
    groups = [language_group(case.languages) for case in found.snapshot.cases]
    all_of, helped = Counter(groups), Counter(groups[case] for case in found.problem.attorneys.case[choice.attorneys])
    shares = {group: helped[group] / all_of[group] if all_of[group] else 0.0 for group in GROUPS}
    return shares | {"all": helped.total() / max(1, len(groups))}


def _choice(solution: Solution) -> Choice:
    return Choice(solution.attorneys, solution.legs, solution.mentors)


def _spread(numbers: Sequence[float], form: str) -> str:
    return f"{median(numbers):{form}} ({min(numbers):{form}} to {max(numbers):{form}})"
