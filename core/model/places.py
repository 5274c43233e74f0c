"""Counties and states: where a case is, where a volunteer is, and how far apart (data in ``core/data``)."""

import csv
from functools import cache
from importlib import resources
from typing import Final

import msgspec

IN_PERSON_KM: Final = 100.0
"""How far apart two county centres may lie for work in person: about an hour's drive."""

# fmt: off
STATES: Final = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL",
    "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE",
    "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD",
    "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP", "PR", "VI",
)
# fmt: on
"""The states, the District of Columbia and the territories whose bars count (8 CFR 1001.1(f))."""


class County(msgspec.Struct, frozen=True):
    """A county with its FIPS code, the broad region used in anonymised listings, and its centre in degrees."""

    fips: str
    state: str
    name: str
    region: str
    latitude: float
    longitude: float


@cache
def counties() -> dict[tuple[str, str], County]:
    """All known counties by state and case-folded name."""
    text = resources.files("core").joinpath("data", "counties.csv").read_text(encoding="utf-8")
    rows = (
        County(
            fips=row["fips"],
            state=row["state"],
            name=row["county"],
            region=row["region"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
        )
        for row in csv.DictReader(text.splitlines())
    )
    return {(county.state, county.name.casefold()): county for county in rows}


def county_of(state: str, name: str) -> County | None:
    """Find a county; a trailing "County" and differences of case do not matter."""
    plain = name.strip().casefold().removesuffix(" county").strip()
    return counties().get((state.upper(), plain))


def region_of(state: str, name: str) -> str:
    """The broad region that an anonymised listing shows instead of the county."""
    county = county_of(state, name)
    return county.region if county else (state.upper() or "Place not given")
