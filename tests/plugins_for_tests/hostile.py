"""Plugins that mean no good: a module for each kind of provider, each doing the same bad thing when it is called."""

from typing import Final

from tests.plugins_for_tests.shelf import Shelf

KINDS: Final = ("rules", "scorers", "matchers", "channels", "observers", "rosters", "reports", "panels")
PIECES: Final = {
    "rules": """
@rule(role="interpreter", reads=(), blocks="x")
def bad_rule(case, volunteers):
    {body}
@hookimpl
def amparo_rules(): return [bad_rule]
""",
    "scorers": """
@scorer(role="attorney", reads=())
def bad_scorer(case, volunteers):
    {body}
@hookimpl
def amparo_scorers(): return [bad_scorer]
""",
    "matchers": """
class Bad:
    name, title = "bad_matcher", "Bad"
    def propose(self, snapshot, rules, scorers, *, seed, time_limit, report):
        {body}
@hookimpl
def amparo_matchers(): return [Bad()]
""",
    "channels": """
class Bad:
    name, needs_address = "bad_channel", False
    async def deliver(self, envelope):
        {body}
@hookimpl
def amparo_channels(settings): return [Bad()]
""",
    "observers": """
class Bad:
    name = "bad_observer"
    async def seen(self, event):
        {body}
@hookimpl
def amparo_observers(): return [Bad()]
""",
    "rosters": """
from datetime import timedelta
class Bad:
    name, title, bar, every = "bad-roster", "Bad", "NM", timedelta(days=1)
    async def fetch(self, since):
        yield RosterEntry(number="1", name="Ana Cruz")
        {body}
@hookimpl
def amparo_rosters(settings): return [Bad()]
""",
    "reports": """
class Bad:
    name, title, answers, roles = "bad_report", "Bad", "What now?", (AccountRole.COORDINATOR,)
    def table(self, facts):
        {body}
@hookimpl
def amparo_reports(): return [Bad()]
""",
    "panels": """
class Bad:
    name, title, place, roles = "bad_panel", "Bad", PanelPlace.CASE, (AccountRole.COORDINATOR,)
    async def show(self, subject):
        {body}
@hookimpl
def amparo_panels(settings): return [Bad()]
""",
}
AWAITED: Final = ("channels", "observers", "rosters", "panels")
NOT_A_NUMBER: Final = "Table((Column('n', ColumnKind.NUMBER),), ((np.nan,),))"


def everywhere(body: str) -> dict[str, str]:
    """The same in every kind of provider."""
    return dict.fromkeys(KINDS, body)


DEEDS: Final[dict[str, dict[str, str]]] = {
    "raises": everywhere("raise LookupError('ana@example.org')"),
    "hangs": everywhere("BEGAN.set(); hang()") | dict.fromkeys(AWAITED, "await asyncio.Event().wait()"),
    "sleeps in the event loop": dict.fromkeys(AWAITED, "hang()"),
    "allocates 2 GiB": everywhere("self = np.ones(1 << 28)"),
    "calls sys.exit": everywhere("sys.exit(3)"),
    "raises KeyboardInterrupt": everywhere("raise KeyboardInterrupt"),
    "raises GeneratorExit": everywhere("raise GeneratorExit"),
    "returns wrong shapes": {
        "rules": "return np.ones((3, 3), dtype=bool)",
        "scorers": "return np.ones((3, 3))",
        "matchers": "return 'a plan'",
        "channels": "return 'delivered'",
        "rosters": "yield 'a member'",
        "reports": "return Table((Column('n'),), (('one', 'two'),) * 1_000_000)",
        "panels": "return '<p>Hello</p>'",
    },
    "returns what is no number": {
        "rules": "return np.full(volunteers.n, np.nan)",
        "scorers": "return np.full(volunteers.n, np.nan)",
        "matchers": "return Plan('optimal', np.nan, np.nan, 0.0, 0.0, ())",
        "channels": "return Receipt(np.nan)",
        "rosters": "yield RosterEntry(number='2', name='A', languages=(Spoken('es', confidence=np.nan),))",
        "reports": f"return {NOT_A_NUMBER}",
        "panels": f"return PanelContent(table={NOT_A_NUMBER})",
    },
    "mutates what it got": {
        "rules": "volunteers.load.flags.writeable = True; volunteers.load[:] = 9",
        "scorers": "volunteers.free_days[:] = 0",
        "matchers": "snapshot.volunteers[0].languages.clear(); snapshot.cases = ()",
        "channels": "envelope.body = 'You have lost.'",
        "observers": "event.detail.clear(); event.detail['x'] = 1; event.kind = 'x'",
        "reports": "facts.cases = ()",
        "panels": "subject.ref = 'C-9'",
    },
}
"""What they do, by kind of provider; a kind that is missing cannot do it."""
EFFECTS: Final[dict[str, str]] = {
    "raises": "LookupError",
    "hangs": "no answer within|did not end within its time limit",
    "sleeps in the event loop": "no answer within",
    "allocates 2 GiB": "it wanted more memory than it may have",
    "calls sys.exit": "SystemExit",
    "raises KeyboardInterrupt": "KeyboardInterrupt",
    "raises GeneratorExit": "GeneratorExit",
    "returns wrong shapes": "instead of|1,000,000 rows",
    "returns what is no number": r"not a (finite number|text)|instead of bool\[|whose confidence is not from 0 to 1",
    "mutates what it got": "(Value|Attribute)Error",
}
"""What the page of plugins says of them, as patterns."""


def hostile(shelf: Shelf, deed: str) -> dict[str, str]:
    """Put a module for each kind on the shelf; their names by kind."""
    bodies = DEEDS[deed]
    return {kind: shelf.module(f"bad_{kind}", PIECES[kind].format(body=body)) for kind, body in bodies.items()}


DATA: Final = {
    "deadlines": """
from datetime import date
@hookimpl
def amparo_deadlines():
    return [DeadlineRule(code="{name}", title="Bad", fact={fact}, span=Span(days=3), citation="none",
                         reviewed=date(2026, 11, 24))]
""",
    "intake_fields": """
@hookimpl
def amparo_intake_fields(): return [IntakeField(name="{name}", label="Bad?", kind={kind})]
""",
    "navigation": """
@hookimpl
def amparo_navigation(): return [NavigationEntry("{name}", "{href}", (AccountRole.COORDINATOR,))]
""",
}
"""Plugins that bring data and are never called: a module for each kind."""
GOOD_DATA: Final = {"fact": "DatedFact.DECISION", "kind": "FieldKind.YES_NO", "href": "/reports"}
BAD_DATA: Final = {"fact": "'my birthday'", "kind": "'a story'", "href": "javascript:alert(1)"}


def twice(shelf: Shelf) -> dict[str, tuple[str, str]]:
    """Two modules for each kind, called and data, that bring the same name; their names by kind."""
    called = {kind: piece.format(body="pass") for kind, piece in PIECES.items()}
    data = {kind: piece.format(name="bad_name", **GOOD_DATA) for kind, piece in DATA.items()}
    return {
        kind: (shelf.module(f"first_{kind}", source), shelf.module(f"second_{kind}", source))
        for kind, source in (called | data).items()
    }


def malformed(shelf: Shelf) -> list[str]:
    """A module for each kind of data, of which none can be used."""
    return [shelf.module(f"bad_{kind}", piece.format(name="bad_name", **BAD_DATA)) for kind, piece in DATA.items()]
