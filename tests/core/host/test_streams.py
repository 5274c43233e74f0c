"""Rosters that misbehave while they are read: the failure stays with their plugin, and nobody gets half of them."""

from contextlib import aclosing
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from core.errors import PluginError
from core.host import PluginHost, PluginState
from core.model.rosters.entries import RosterEntry
from core.protocols import Roster
from tests.core.host.rest import info_of, the_rest_works
from tests.plugins_for_tests.fixtures import LIMIT, Load
from tests.plugins_for_tests.hanging import BEGAN, ENDED
from tests.plugins_for_tests.shelf import Shelf

A_ROSTER = """
from datetime import timedelta
def one(number, **more):
    return RosterEntry(**{{"number": str(number), "name": "A. Member", **more}})
class Mine:
    name, title, bar, every = "mine", "Members", "NM", timedelta(days=1)
    async def fetch(self, since):
        {body}
@hookimpl
def amparo_rosters(settings): return [Mine()]
"""


def a_roster(shelf: Shelf, load: Load, body: str) -> tuple[PluginHost, Roster]:
    host = load(shelf.module("bad", A_ROSTER.format(body=body.replace("\n", "\n        "))), roster_seconds=LIMIT)
    return host, host.rosters()[0]


async def read(host: PluginHost, roster: Roster) -> list[tuple[RosterEntry, ...]]:
    return [batch async for batch in host.stream(roster, None)]


async def test_entries_come_in_batches_in_their_order(shelf: Shelf, load: Load) -> None:
    host, roster = a_roster(shelf, load, "for number in range(2_500): yield one(number)")

    batches = await read(host, roster)

    assert [len(batch) for batch in batches] == [1_000, 1_000, 500]
    assert [entry.number for batch in batches for entry in batch] == [str(number) for number in range(2_500)]
    assert info_of(host, "bad").failures == 0


async def test_a_roster_learns_since_when_and_may_have_nobody_new(shelf: Shelf, load: Load) -> None:
    host, roster = a_roster(shelf, load, "if since.year != 2026: yield one(1)")

    assert [batch async for batch in host.stream(roster, datetime(2026, 11, 27, tzinfo=UTC))] == []


async def test_what_a_row_says_of_a_member_is_told_to_whoever_asked_and_not_to_the_log(
    shelf: Shelf, load: Load
) -> None:
    body = """if since is None:
    from core.members.reading import RosterUnfit
    raise RosterUnfit("row 3, name: Ana Secret has no number.")
yield one(1)"""
    host, roster = a_roster(shelf, load, body)

    with capture_logs() as logged, pytest.raises(PluginError, match="Ana Secret") as failed:
        await read(host, roster)

    assert "Ana Secret" not in str(logged) + failed.value.logged + info_of(host, "bad").last_error
    assert "rows of the roster do not tell who a member is" in failed.value.logged


async def test_no_more_than_a_batch_is_read_ahead(shelf: Shelf, load: Load) -> None:
    host, roster = a_roster(shelf, load, "for number in range(10**9):\n    self.last = number\n    yield one(number)")

    async with aclosing(host.stream(roster, None)) as batches:
        async for _ in batches:
            break
    assert vars(roster)["last"] < 3_000
    assert info_of(host, "bad").failures == 0


async def test_whoever_stops_early_lets_the_source_be_closed(shelf: Shelf, load: Load) -> None:
    body = "try:\n    for number in range(10**9): yield one(number)\nfinally:\n    ENDED.set()"
    host, roster = a_roster(shelf, load, body)

    async with aclosing(host.stream(roster, None)) as batches:
        async for _ in batches:
            break
    assert ENDED.is_set()


async def test_a_time_limit_of_its_own_may_stand_around_what_it_yields(shelf: Shelf, load: Load) -> None:
    body = "async with asyncio.timeout(60), asyncio.TaskGroup():\n    for number in range(3_000): yield one(number)"
    host, roster = a_roster(shelf, load, body)

    assert sum(map(len, await read(host, roster))) == 3_000


MANY = "for number in range(1_500): yield one(number)\n"
RAISES = {
    "raise LookupError('ana@example.org')": "LookupError (bad.py line 12)",
    "sys.exit()": "SystemExit (bad.py line 12)",
    "raise KeyboardInterrupt": "KeyboardInterrupt (bad.py line 12)",
    "raise asyncio.CancelledError": "CancelledError (bad.py line 12)",
    "raise TimeoutError": "TimeoutError (bad.py line 12)",
    "raise DeliveryFailed('ana@example.org')": "DeliveryFailed (bad.py line 12)",
    "raise AmparoError('The bar is closed for the night.')": "The bar is closed for the night.",
}


@pytest.mark.parametrize(("body", "cause"), RAISES.items())
async def test_one_that_raises_midway_fails_under_its_name(shelf: Shelf, load: Load, body: str, cause: str) -> None:
    host, roster = a_roster(shelf, load, MANY + body)
    got = 0

    with pytest.raises(PluginError) as failure:
        async for batch in host.stream(roster, None):
            got += len(batch)
    assert (failure.value.plugin, failure.value.provider, failure.value.cause) == ("bad", "mine", cause)
    assert got == 1_000
    bad = info_of(host, "bad")
    assert (bad.state, bad.failures, bad.last_error) == (PluginState.ON, 1, f"mine: fetch: {cause}")
    await the_rest_works(host)


NONSENSE = {
    "yield None": "is a NoneType instead of a RosterEntry",
    "yield {'number': '1', 'name': 'A'}": "is a dict instead of a RosterEntry",
    "yield one('')": "has an empty number",
    "yield one(' ')": "has an empty number",
    "yield one(1, name=' ')": "has an empty name",
    "yield RosterEntry(number=1, name='A')": "has a int as its number instead of a text",
    "yield one('1' * 41)": "has a number of 41 characters: at most 40 are taken",
    "yield one(1, name='A' * 10**6)": "has a name of 1,000,000 characters: at most 200 are taken",
    "yield one(1, name='A\\nB')": "has a name with a line break or another character that no line of text holds",
    "yield one(1, firm='\\ud800')": "has a firm with a line break or another character that no line of text holds",
    "yield one(1, email=None)": "has a NoneType as its email instead of a text",
    "yield one(1, us_state='Ny')": "has a us_state that is not the two letters of a state",
    "yield one(1, standing='active')": "has a str as its standing instead of a Standing",
    "yield one(1, admitted='1999')": "has an admitted that is not a year (0 where it is not told)",
    "yield one(1, admitted=19)": "has an admitted that is not a year (0 where it is not told)",
    "yield one(1, pro_bono='no')": "has a str as its pro_bono instead of True, False or None",
    "yield one(1, languages=('es',))": "has languages that are not a tuple of Spoken",
    "yield one(1, languages=(Spoken('Spanish!'),))": "has a language whose tag is not a BCP 47 tag such as es",
    "yield one(1, languages=(Spoken('es', float('nan')),))": (
        "has a language whose confidence is not from 0 to 1, or whose level is not from 0 to 5"
    ),
    "yield one(1, languages=(Spoken('es'),) * 51)": "has 51 languages: at most 50 are taken",
    "yield one(1, practice=['asylum'])": "has a practice that is not a tuple of PracticeArea",
}


@pytest.mark.parametrize(("body", "wrong"), NONSENSE.items())
async def test_a_wrong_entry_is_told_by_its_place_and_field(shelf: Shelf, load: Load, body: str, wrong: str) -> None:
    host, roster = a_roster(shelf, load, f"yield one(0)\n{body}")

    with pytest.raises(PluginError) as failure:
        await read(host, roster)
    assert failure.value.cause == f"Its entry 2 {wrong}."
    assert info_of(host, "bad").state is PluginState.ON
    await the_rest_works(host)


async def test_one_that_answers_a_list_is_told_how_to_answer(shelf: Shelf, load: Load) -> None:
    source = A_ROSTER.replace("async def", "def").format(body="return [one(1)]")
    host = load(shelf.module("bad", source))

    with pytest.raises(PluginError, match="It answered a list instead of entries one after another: write async def"):
        await read(host, host.rosters()[0])


async def test_one_that_hangs_is_ended_at_its_limit(shelf: Shelf, load: Load) -> None:
    body = MANY + "try: await asyncio.Event().wait()\nfinally: ENDED.set()"
    host, roster = a_roster(shelf, load, body)

    with pytest.raises(PluginError, match="bad: mine: no answer within 1 seconds"):
        await read(host, roster)
    assert ENDED.is_set()
    assert info_of(host, "bad").state is PluginState.ON
    await the_rest_works(host)


@pytest.mark.parametrize(
    "body",
    [
        MANY + "BEGAN.set(); hang()",
        MANY + "BEGAN.set()\nwhile True:\n    try: await asyncio.Event().wait()\n    except BaseException: pass",
    ],
    ids=["blocks its loop", "swallows its cancellation"],
)
async def test_one_that_cannot_be_ended_is_switched_off(shelf: Shelf, load: Load, body: str) -> None:
    host, roster = a_roster(shelf, load, body)

    with pytest.raises(PluginError, match="bad: mine: no answer within 1 seconds"):
        await read(host, roster)
    assert BEGAN.is_set()
    assert info_of(host, "bad").state is PluginState.OFF
    assert host.rosters() == ()
    with pytest.raises(PluginError, match="its plugin is switched off"):
        await read(host, roster)
    await the_rest_works(host)


async def test_one_that_hangs_when_it_is_closed_is_switched_off(shelf: Shelf, load: Load) -> None:
    host, roster = a_roster(shelf, load, "try:\n    for number in range(10**9): yield one(number)\nfinally: hang()")

    async with aclosing(host.stream(roster, None)) as batches:
        async for _ in batches:
            break
    assert info_of(host, "bad").state is PluginState.OFF
    await the_rest_works(host)
