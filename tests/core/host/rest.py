"""What must go on working beside any hostile plugin."""

import numpy as np

from core.host import PluginHost, PluginInfo, PluginState
from core.model.messages import Envelope, Receipt
from core.model.plans.columns import CaseView, CodeBook, VolunteerColumns, case_view, volunteer_columns
from core.model.plans.snapshot import Snapshot
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer
from tests.plugins_for_tests.shelf import NEIGHBOUR_NAME

ENVELOPE = Envelope("key-1", "Ana", "ana@example.org", "A new offer", "You have a new offer.", "http://127.0.0.1/")


def asked() -> tuple[CaseView, VolunteerColumns]:
    """One case and two volunteers as rules and scorers get them."""
    snapshot = Snapshot(TODAY, (a_case(),), (a_volunteer("V-1"), a_volunteer("V-2")))
    book = CodeBook.of(snapshot)
    return case_view(snapshot.cases[0], book, TODAY), volunteer_columns(snapshot, book)


def info_of(host: PluginHost, name: str) -> PluginInfo:
    """The line about one plugin."""
    (found,) = [info for info in host.plugins() if info.name == name]
    return found


async def the_rest_works(host: PluginHost) -> None:
    """The good neighbour is on, and each of its providers answers."""
    assert info_of(host, NEIGHBOUR_NAME).state is PluginState.ON
    (rule,) = [rule for rule in host.rules() if rule.name == "not_barred"]
    (scorer,) = [scorer for scorer in host.scorers() if scorer.name == "waiting"]
    (channel,) = [channel for channel in host.channels() if channel.name == "postcard"]
    assert host.call(rule, rule.allows, *asked()).tolist() == [True, True]
    assert np.array_equal(host.call(scorer, scorer.points, *asked()), [112.0, 112.0])
    assert await host.acall(channel, channel.deliver, ENVELOPE) == Receipt("posted key-1")
    assert host.matcher("first_come").title == "First come, first served"
