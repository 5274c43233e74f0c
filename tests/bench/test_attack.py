"""The attack on the list of open cases: it finds what can be found, and finds nobody."""

from pathlib import Path

from bench.portal.attack import attacks


async def test_nobody_is_singled_out_by_whoever_reads_every_list_and_tries_every_filter(tmp_path: Path) -> None:
    scores = await attacks(range(8), f"sqlite:///{tmp_path / 'amparo.db'}")

    assert {name: score.singled for name, score in scores.items() if name != "before"} == {"reader": 0, "insider": 0}
    assert scores["reader"].listed > 300


async def test_the_same_attacker_singles_out_nearly_everybody_where_only_the_region_is_widened(tmp_path: Path) -> None:
    scores = await attacks(range(3), f"sqlite:///{tmp_path / 'amparo.db'}")

    assert scores["before"].singled > scores["before"].listed / 2
