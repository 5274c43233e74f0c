"""Rosters of any size in the shape of New York's open data."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

COLUMNS: Final = (
    "Registration Number", "First Name", "Middle Name", "Last Name", "Suffix", "Company Name", "Street 1", "Street 2",
    "City", "State", "Zip", "Zip Plus Four", "Country", "County", "Phone Number", "Email Address", "Year Admitted",
    "Judicial Department of Admission", "Law School", "Status", "Next Registration",
)  # fmt: skip


def write_roster(path: Path, rows: int, *, changed: int = 0, seed: int = 5) -> None:
    """Write a roster; of so many members, spread over it, firm and status are others."""
    every = rows // changed if changed else rows + 1
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(Random(seed), rows, every))


def _rows(random: Random, rows: int, every: int) -> Iterator[Sequence[str]]:
    first, last = ("Ana", "Bo", "Chloe", "Dmitri", "Elena"), ("Reyes", "Li", "O'Neill", "Ivanova", "Katz", "Begay")
    for at in range(rows):
        other = at % every == every - 1
        name, firm = (random.choice(first), random.choice(last)), random.randrange(30_000)
        status = "Retired" if random.random() < 0.2 else "Currently registered"
        yield (
            f"{1_000_000 + at}", name[0], "M", f"{name[1]}{at % 997}", "", f"Firm {firm + other} LLP",
            f"{firm % 900} Main St", f"Fl {firm % 40}", "New York", "NY", f"{10_000 + firm % 300}", "0001",
            "United States", "New York", f"(212) 555-{firm % 10_000:04}", "", f"{1970 + firm % 55}", f"{1 + firm % 4}",
            "Fordham University School of Law", "Suspended" if other and firm % 10 == 0 else status, "Dec 2027",
        )  # fmt: skip
