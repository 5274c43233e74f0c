"""What a plugin may take of the process's memory, and that it is told under its name."""

import asyncio
import resource
from pathlib import Path

import numpy as np
import pytest

from core.errors import PluginError
from core.host import PluginHost, PluginState
from core.host.memory import CEILING, Ceiling
from core.protocols import Rule
from tests.core.host.rest import asked, info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf

A_RULE = """
@rule(role="attorney", reads=(), blocks="x")
def mine(case, volunteers):
    {body}
    return volunteers.remote | True
@hookimpl
def amparo_rules(): return [mine]
"""
NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def a_rule(shelf: Shelf, load: Load, body: str, mebibytes: int, name: str = "bad") -> tuple[PluginHost, Rule]:
    host = load(shelf.module(name, A_RULE.format(body=body)), plugin_memory_mib=mebibytes, plugin_seconds=30.0)
    return host, next(rule for rule in host.rules() if rule.name == "mine")


@pytest.mark.parametrize("body", ["np.ones(1 << 28)", "bytearray(2 << 30)", "[bytes(1 << 20) for _ in range(2048)]"])
async def test_one_that_wants_more_than_it_may_have_fails_and_the_rest_works(
    shelf: Shelf, load: Load, body: str
) -> None:
    host, rule = a_rule(shelf, load, body, 300)

    with pytest.raises(PluginError) as failure:
        host.call(rule, rule.allows, *asked())
    assert failure.value.cause.startswith("it wanted more memory than it may have (bad.py line ")
    assert info_of(host, "bad").state is PluginState.ON
    assert resource.getrlimit(resource.RLIMIT_AS) == NO_LIMIT
    await the_rest_works(host)


def test_one_that_takes_much_and_still_may_is_told_by_its_name(shelf: Shelf, load: Load) -> None:
    Path("/proc/self/clear_refs").write_text("5")  # proc(5): the peak is what there is now
    host, rule = a_rule(shelf, load, "np.ones(96 << 17)", 1024)

    assert host.call(rule, rule.allows, *asked()).tolist() == [True, True]
    assert info_of(host, "bad").grown_mib >= 64
    assert info_of(host, "bad").failures == 0


async def test_without_a_limit_a_plugin_takes_what_it_likes(shelf: Shelf, load: Load) -> None:
    host, rule = a_rule(shelf, load, "assert __import__('resource').getrlimit(9)[0] == -1", 0)

    host.call(rule, rule.allows, *asked())
    host, rule = a_rule(shelf, load, "assert __import__('resource').getrlimit(9)[0] > 0", 512, "worse")
    host.call(rule, rule.allows, *asked())


async def test_a_plugin_that_takes_too_much_when_it_is_imported_does_not_start(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", "kept = np.ones(1 << 28)"), plugin_memory_mib=300, plugin_seconds=30.0)

    assert info_of(host, "bad").cause == "import: it wanted more memory than it may have (bad.py line 5)"
    await the_rest_works(host)


def test_several_calls_at_once_share_one_limit_and_the_last_one_takes_it_away() -> None:
    ceiling = Ceiling()
    first, second = (ceiling.above(512, lambda mebibytes: None) for _ in range(2))
    with first:
        drawn = resource.getrlimit(resource.RLIMIT_AS)[0]
        with second:
            assert resource.getrlimit(resource.RLIMIT_AS)[0] > 0
        assert resource.getrlimit(resource.RLIMIT_AS)[0] == drawn
    assert resource.getrlimit(resource.RLIMIT_AS) == NO_LIMIT


async def test_a_limit_of_the_whole_process_that_is_lower_stays() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = 1 << 43
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        with CEILING.above(1 << 30, lambda mebibytes: None):
            assert resource.getrlimit(resource.RLIMIT_AS)[0] == limit
        assert resource.getrlimit(resource.RLIMIT_AS)[0] == limit
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    await asyncio.to_thread(np.ones, 8)
