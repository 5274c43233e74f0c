"""Settings are a value, read once from the environment and handed down. Nothing connects at import time."""

import os
from collections.abc import Mapping
from typing import Annotated, Final

import msgspec

from core.errors import BadInput

TIMEZONE: Final = "America/Denver"
"""Where the programme is unless a setting says otherwise."""


class Smtp(msgspec.Struct, frozen=True):
    """Where mail leaves. ``security`` is starttls, tls or none."""

    host: str
    port: int = 587
    username: str = ""
    password: str = ""
    sender: str = "amparo@localhost"
    security: str = "starttls"


class Settings(msgspec.Struct, frozen=True):
    """Everything that a deployment decides. Environment variables are these names in capitals after ``AMPARO_``.

    ``database`` is ``sqlite:///file`` or ``postgresql://...``; ``key_file`` holds the key of what is confidential in it
    (SQLite makes one beside the database). ``base_url`` is how people reach the portal and
    is written into links. ``plugin_seconds`` is the time limit for one call of a provider, ``roster_seconds`` for
    each batch of a roster's entries. While a plugin is called the process may grow by ``plugin_memory_mib`` (0: as it
    likes). ``rosters`` is the TOML file that describes the bars' rosters. ``upload_mib`` is how large an uploaded
    export may be, ``document_mib`` how large a document of a case.
    ``block`` names plugins that are not loaded; ``strict`` refuses to start when one fails;
    ``trace_plugins`` logs every call.
    A run of the matcher gets ``run_seconds``, and ``run_memory_mib`` of address space where that is set.
    ``keeping`` is the share of its price at which a place of scarce people is kept for the weeks to come where a run
    does not say otherwise (0: no place is), ``busy_weeks`` for how long a case usually keeps its people.
    ``keep_runs``: of how many last runs, of the matcher and over each roster, the details are kept, two at least.
    ``offer_days`` and ``urgent_offer_days`` are working days. For ``names_hours`` the names of a case are open to a
    volunteer who checks for conflicts.
    ``planning_months`` turns a volunteer's hours a month into hours for new cases. ``invitation_days`` is
    how long a bar's invitation to its members stands, ``joining_hours`` how long the link in the mail to one of them
    works. ``help_phone`` is the number that clients' pages name, ``exit_url`` where the quick way out of
    them leads. ``timezone`` is that of the programme, by whose days all is counted. ``reference`` begins
    the references of new cases. ``demo`` shows the outgoing mail on a page and lets
    ``amparo demo`` fill the database.
    """

    database: str = "sqlite:///amparo.db"
    key_file: str = ""
    base_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    smtp: Smtp | None = None
    block: tuple[str, ...] = ()
    strict: bool = False
    trace_plugins: bool = False
    plugin_seconds: float = 5.0
    plugin_memory_mib: Annotated[int, msgspec.Meta(ge=0)] = 1024
    roster_seconds: float = 300.0
    rosters: str = ""
    upload_mib: Annotated[int, msgspec.Meta(ge=1)] = 100
    document_mib: Annotated[int, msgspec.Meta(ge=1)] = 25
    run_seconds: float = 600.0
    run_memory_mib: int | None = None
    offer_days: int = 3
    urgent_offer_days: int = 1
    names_hours: Annotated[int, msgspec.Meta(ge=1)] = 72
    most_open_offers: int = 3
    planning_months: float = 4.0
    keeping: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.0
    busy_weeks: Annotated[int, msgspec.Meta(ge=1)] = 26
    keep_runs: Annotated[int, msgspec.Meta(ge=2)] = 20
    session_idle_hours: int = 12
    session_days: int = 14
    invitation_days: Annotated[int, msgspec.Meta(ge=1)] = 60
    joining_hours: Annotated[int, msgspec.Meta(ge=1)] = 24
    help_phone: str = ""
    exit_url: str = "https://www.weather.gov/"
    timezone: str = TIMEZONE
    reference: Annotated[str, msgspec.Meta(pattern="^[A-Za-z]{1,10}$")] = "NM"
    demo: bool = False

    @property
    def on_sqlite(self) -> bool:
        """Whether the embedded database is used; then the web process works its own outbox."""
        return self.database.startswith("sqlite")


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raise BadInput naming the variable that cannot be understood."""
    given = {
        name.removeprefix("AMPARO_").lower(): value.strip()
        for name, value in environment.items()
        if name.startswith("AMPARO_") and value.strip()
    }
    smtp = {key.removeprefix("smtp_"): given[key] for key in given if key.startswith("smtp_")}
    known = {key: given[key] for key in Settings.__struct_fields__ if key in given and key not in ("smtp", "block")}
    blocked = tuple(part.strip() for part in given.get("block", "").split(",") if part.strip())
    try:
        return msgspec.convert(
            {**known, "block": blocked, "smtp": smtp if smtp.get("host") else None}, Settings, strict=False
        )
    except msgspec.ValidationError as problem:
        raise BadInput(
            f"A setting cannot be understood: {problem}. Correct the AMPARO_ variable and start again."
        ) from problem
