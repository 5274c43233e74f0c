"""The attack on the list of open cases: it finds what can be found, and finds nobody."""

from pathlib import Path

from bench.portal.attack import attacks, handed
from core.model.languages import family_of
from core.model.listings.attributes import Attribute, Known


async def test_nobody_is_singled_out_by_whoever_reads_every_list_and_tries_every_filter(tmp_path: Path) -> None:
    scores = await attacks(range(8), f"sqlite:///{tmp_path / 'amparo.db'}")

    assert {name: score.singled for name, score in scores.items() if name != "before"} == {"reader": 0, "insider": 0}
    assert scores["reader"].listed > 300


async def test_the_same_attacker_singles_out_nearly_everybody_where_only_the_region_is_widened(tmp_path: Path) -> None:
    scores = await attacks(range(3), f"sqlite:///{tmp_path / 'amparo.db'}")

    assert scores["before"].singled > scores["before"].listed / 2


def test_what_a_told_family_rules_out_already_is_no_news() -> None:
    """Nobody learns of a Mayan speaker that she does not speak Spanish best: her family was told before."""
    everybody = [{Attribute.LANGUAGE: tag, Attribute.FAMILY: family_of(tag)} for tag in ("es", "mam", "kek", "quc")]
    before = Known({Attribute.FAMILY: "mayan"}, {Attribute.LANGUAGE: ("mam",)})
    after = Known({Attribute.FAMILY: "mayan"}, {Attribute.LANGUAGE: ("es", "mam")})

    assert handed(before, everybody) == handed(after, everybody)
    assert handed(after, everybody)[Attribute.LANGUAGE] == {"kek", "quc"}
