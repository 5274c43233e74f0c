"""Somebody who reads every list of open cases and tries to tell whose case one of them is.

He knows how many people of each language live in each county. At every step he reads the whole list, tries every
filter, looks at the order, and keeps in mind what each case was told to be before. A case is *singled out* where fewer
than k of the cases on the list at that moment fit all that he knows of it, or fewer than k people of the population do.

He is tried twice: once as a reader, and once as somebody who also knows how the list is made and is handed the
clinic's own account of what it has told of each case so far, what others' leaving tells included. Beside both stands
the list as it was before, where only the region was widened. The database, the statements and the filters are the
portal's own.
"""

import asyncio
import logging
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import structlog

from bench.portal.attack_worlds import Step, World, world
from bench.portal.waiting import NOW
from core import tables as t
from core.model.cases.case import Case
from core.model.cases.urgency import Tier
from core.model.languages import family_of
from core.model.listings.anonymity import COMPARABLE
from core.model.listings.attributes import Attribute, Known
from core.model.listings.listed import Listing, values_of
from core.model.places import counties
from core.model.vocabulary import Forum, PracticeArea
from core.queries.cases.listings import FAMILY, Wishes, languages_listed, open_cases
from core.store.cases.cases import insert_case
from core.store.cases.listings import work_out
from core.store.database import open_database, transaction
from core.store.upkeep.migrating import migrate

A = Attribute
ALL: Final = 10_000
Values = dict[Attribute, str]
Beliefs = dict[Attribute, frozenset[str]]
"""What a case may be, for each attribute about which anything is known."""


class Score(msgspec.Struct):
    """How an attack went: cases that were listed at some step, those singled out, the smallest crowd, what was told."""

    worlds: int = 0
    listed: int = 0
    withheld: int = 0
    singled: int = 0
    smallest: int = ALL
    languages: int = 0
    areas: int = 0


class Attacker:
    """Keeps what he knows of each case, by reference, and how few fit it."""

    def __init__(self, people: Mapping[tuple[str, str], int]) -> None:
        self._people, self._known = people, dict[str, Beliefs]()
        self.crowds: dict[str, int] = {}

    def learn(self, ref: str, seen: Beliefs, cases: Iterable[Values]) -> None:
        """Take in what was seen of a case; where that is anything new, count who fits it now."""
        before = self._known.get(ref, {})
        after = {
            name: before.get(name, seen.get(name, frozenset())) & seen.get(name, before.get(name, frozenset()))
            for name in {*before, *seen}
        }
        if after != before:
            self._known[ref] = after
            crowd = min(sum(_fits(after, values) for values in cases), self._population(after))
            self.crowds[ref] = min(crowd, self.crowds.get(ref, ALL))

    def _population(self, beliefs: Beliefs) -> int:
        """How many people of all live where, and speak what, this may be."""
        return sum(n for (county, tag), n in self._people.items() if _fits(_about_people(beliefs), _of(county, tag)))


def _of(county: str, tag: str) -> Values:
    return {A.LANGUAGE: tag, A.FAMILY: family_of(tag), A.STATE: "NM", A.REGION: _region(county)}


def _region(county: str) -> str:
    return counties()["NM", county.casefold()].region


def _about_people(beliefs: Beliefs) -> Beliefs:
    return {name: may for name, may in beliefs.items() if name in (A.LANGUAGE, A.FAMILY, A.STATE, A.REGION)}


def _fits(beliefs: Beliefs, values: Values) -> bool:
    return all(values[name] in may for name, may in beliefs.items())


class Look(msgspec.Struct, frozen=True):
    """The list at one step, and for each filter the references that it leaves."""

    rows: tuple[Listing, ...]
    filtered: dict[tuple[Attribute, str], frozenset[str]]


async def look(spoken: Collection[str]) -> Look:
    """Read the list and try every filter, for each language that anybody speaks."""
    tags, families = await languages_listed()
    wishes = {(A.AREA, str(area)): Wishes(area=area) for area in PracticeArea}
    wishes |= {(A.FORUM, str(forum)): Wishes(forum=forum) for forum in Forum}
    wishes |= {(A.LANGUAGE, tag): Wishes(language=tag) for tag in {*tags, *spoken}}
    wishes |= {(A.FAMILY, family): Wishes(language=FAMILY + family) for family in families}
    filtered = {key: frozenset(row.ref for row in await _read(wish)) for key, wish in wishes.items()}
    return Look(await _read(Wishes()), filtered)


async def _read(wishes: Wishes) -> tuple[Listing, ...]:
    return (await open_cases(wishes, today=NOW.date(), limit=ALL)).rows


def seen_of(row: Listing, filtered: Mapping[tuple[Attribute, str], frozenset[str]]) -> Beliefs:
    """What a reader sees of one case: what is told, what the filters say, what its place in the order says."""
    told = {
        A.LANGUAGE: row.languages[0] if row.languages else "",
        A.FAMILY: row.family,
        A.AREA: str(row.practice_area or ""),
        A.STATE: row.us_state,
        A.SPOKEN: " ".join(row.languages) if row.all_languages else "",
        A.FORUM: str(row.forum or ""),
        A.RELIEF: row.relief,
        A.REGION: row.region,
        A.KIND: row.deadline_kind,
    }
    seen = {name: frozenset([value]) for name, value in told.items() if value}
    if row.posture:
        seen[A.POSTURE] = frozenset([f"{row.posture} {'detained' if row.detained else 'free'}"])
    elif row.tier is Tier.NOW and (row.weeks_left is None or row.weeks_left > 2):
        seen[A.POSTURE] = frozenset(["defensive detained"])
    if A.GENDER not in row.hidden:
        seen[A.GENDER] = frozenset([str(row.interpreter_gender or "")])
    for name in (A.AREA, A.FORUM, A.LANGUAGE, A.FAMILY):
        may = frozenset(value for (of, value), refs in filtered.items() if of is name and row.ref in refs)
        if may:
            seen[name] = seen.get(name, may) & may
    return seen


def handed(known: Known, all_values: Iterable[Values]) -> Beliefs:
    """What the clinic itself takes to be known of a case: what was told, and what others' leaving tells."""
    seen = {name: frozenset([value]) for name, value in known.has.items()}
    for name, lacks in known.lacks.items():
        seen[name] = frozenset(values[name] for values in all_values) - frozenset(lacks)
    family, denied = known.has.get(A.FAMILY), known.lacks.get(A.LANGUAGE, ())
    if family and denied:  # that it is none of another family is no news
        if family in map(family_of, denied):
            seen[A.LANGUAGE] = frozenset(tag for tag in seen[A.LANGUAGE] if family_of(tag) == family)
        else:
            del seen[A.LANGUAGE]
    return seen


def as_before(case: Case, here: Iterable[Case]) -> Beliefs:
    """What the list told before: everything, and the region where five cases share it and the languages."""
    values = values_of(case)
    alike = [one for one in map(values_of, here) if all(one[name] == values[name] for name in (A.REGION, A.SPOKEN))]
    hidden = {A.GENDER} if len(alike) >= COMPARABLE else {A.GENDER, A.REGION}
    return {name: frozenset([value]) for name, value in values.items() if name not in hidden}


async def attack(seed: int, scores: Mapping[str, Score]) -> None:
    """One world under all three."""
    made = world(seed)
    attackers = {name: Attacker(made.people) for name in scores}
    here, rows = dict[str, Case](), tuple[Listing, ...]()
    everything = [values_of(case) for step in made.steps for case in step.come]
    for step in made.steps:
        await _happen(step)
        here = {ref: case for ref, case in here.items() if ref not in {one.ref for one in step.go}}
        here |= {case.ref: case for case in step.come}
        found = await look({tag for _county, tag in made.people})
        rows = found.rows
        known = await _accounts()
        on_list = [values_of(here[row.ref]) for row in rows]
        for row in rows:
            attackers["reader"].learn(row.ref, seen_of(row, found.filtered), on_list)
            attackers["insider"].learn(row.ref, handed(known[row.ref], everything), on_list)
        for case in here.values():
            attackers["before"].learn(case.ref, as_before(case, here.values()), map(values_of, here.values()))
    _count(made, rows, here, attackers, scores)


async def _happen(step: Step) -> None:
    async with transaction():
        for case in step.come:
            await insert_case(case, now=NOW)
        for case in step.go:
            await t.Case.delete().where(t.Case.id == case.id)
        await work_out(now=NOW)


async def _accounts() -> dict[str, Known]:
    rows = await t.Listing.select(t.Listing.reference, t.Listing.known)
    return {row["reference"]: msgspec.json.decode(row["known"], type=Known) for row in rows}


def _count(
    made: World,
    rows: Iterable[Listing],
    here: Mapping[str, Case],
    attackers: Mapping[str, Attacker],
    scores: Mapping[str, Score],
) -> None:
    shown = Counter(language=0, area=0)
    for row in rows:
        shown.update(language=bool(row.languages), area=row.practice_area is not None, all=True)
    for name, score in scores.items():
        crowds = attackers[name].crowds.values()
        score.worlds += 1
        score.listed += len(crowds)
        score.singled += sum(crowd < COMPARABLE for crowd in crowds)
        score.smallest = min([score.smallest, *crowds])
        score.withheld += 0 if name == "before" else len(here) - shown["all"]
        score.languages += len(here) if name == "before" else shown["language"]
        score.areas += len(here) if name == "before" else shown["area"]


async def attacks(seeds: Iterable[int], database: str) -> dict[str, Score]:
    """The scores over some worlds, one after the other in one database."""
    scores = {name: Score() for name in ("reader", "insider", "before")}
    opened = await open_database(database)
    try:
        await migrate(opened)
        for seed in seeds:
            await attack(seed, scores)
            await t.Case.delete(force=True)
    finally:
        await opened.close()
    return scores


def main(options: Sequence[str] = ()) -> None:
    """Attack a thousand worlds, or with ``--worlds N`` as many, and print what came of it."""
    reader = ArgumentParser(prog="python -m bench attack")
    reader.add_argument("--worlds", type=int, default=1_000)
    worlds: int = reader.parse_args(options).worlds
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        scores = asyncio.run(attacks(range(worlds), f"sqlite:///{Path(folder) / 'amparo.db'}"))
    print(f"{'attacker':<10} {'worlds':>7} {'cases read':>11} {'singled out':>12} {'smallest crowd':>15}")
    for name, score in scores.items():
        print(f"{name:<10} {score.worlds:>7,} {score.listed:>11,} {score.singled:>12,} {score.smallest:>15}")
    told, last = scores["reader"], scores["before"].languages
    print(
        f"\nOf {last:,} cases open at the end, {told.languages / last:.1%} tell their language, "
        f"{told.areas / last:.1%} their practice area; {told.withheld:,} are withheld."
    )


if __name__ == "__main__":
    main()
