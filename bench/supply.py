"""What joint matching gains over greedy, by what is assumed of the volunteers: it depends on where people are short.

Where one kind of people is short for everybody, such as interpreters of Spanish, whoever matches gives out all of them,
and the joint optimum gains by who gets them only. Where there are enough, greedy gives those who speak Spanish to cases
that did not need them, and a team is missing at the end that was there at the beginning.
"""

from typing import Final

from bench.builtin import the_plugins
from bench.check import faults, value
from bench.rivals.greedy import attorneys_first, greedy
from bench.worlds import Supply, World
from matching.candidates import find_candidates
from matching.solver import solve

SIZE: Final = (2_000, 1_000, 500)
SEEDS: Final = (201, 202)
SECONDS: Final = 40.0
"""For one solve, which ends within some tenths of a per cent of the best: the gain is told from below."""
ASSUMED: Final = {
    "as in all other measurements": Supply(),
    "interpreters follow demand": Supply(by_demand=0.9),
    "and four attorneys in ten speak Spanish": Supply(by_demand=0.9, spanish=0.4),
    "and fewer work from afar": Supply(by_demand=0.9, spanish=0.4, remote=0.3),
    "everybody takes one case": Supply(places=(1.0, 0.0, 0.0, 0.0)),
}


def main() -> None:
    """A line for each world of each assumption."""
    print(f"  {SIZE[0]:,} x {SIZE[1]:,} x {SIZE[2]:,}; value over greedy's, and over that of attorneys first")
    for words, supply in ASSUMED.items():
        print(f"  {words}:")
        for seed in SEEDS:
            print(f"    seed {seed}: {measured(World(seed, supply))}", flush=True)


def measured(world: World, size: tuple[int, int, int] = SIZE, seconds: float = SECONDS) -> str:
    """What one world gains, in words; SystemExit where an answer breaks a rule."""
    host = the_plugins()
    problem = find_candidates(world.snapshot(*size, hours=False, mentors=True), host.rules(), host.scorers()).problem
    ours = solve(problem, seed=1, time_limit=seconds)
    rivals = [greedy(problem), attorneys_first(problem)]
    for chosen in (ours.chosen, *rivals):
        if wrong := faults(problem, chosen):
            raise SystemExit(f"WRONG: {wrong[0]}")
    whole, first = (value(problem, ours.chosen) / max(1.0, value(problem, one)) for one in rivals)
    served = [len(ours.attorneys), *(len(one[0]) for one in rivals)]
    return (
        f"{whole:.3f} and {first:.3f}; {served[0]:,} cases served, {served[1]:,} and {served[2]:,}; gap {ours.gap:.2%}"
    )
