"""What plugins get cannot be used to harm others, and what they say can be shown and kept."""

import asyncio
import gc
from dataclasses import fields

import numpy as np
import pytest
from structlog.testing import capture_logs

from core.errors import DeliveryFailed, PluginError
from core.host import PluginState
from tests.core.host.rest import ENVELOPE, asked, info_of, the_rest_works
from tests.core.host.test_host_calls import a_channel, a_rule
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf


def test_no_column_can_be_written_to_or_made_writable() -> None:
    _, columns = asked()
    arrays = {field.name: getattr(columns, field.name) for field in fields(columns) if field.name != "n"}

    for name, values in arrays.items():
        assert isinstance(values, np.ndarray), name
        assert not values.flags.writeable, name
        with pytest.raises(ValueError, match="cannot set WRITEABLE flag"):
            values.flags.writeable = True


@pytest.mark.parametrize(
    "body",
    [
        "volunteers.load[:] = 1.0",
        "volunteers.free_days.flags.writeable = True",
        "volunteers.n = 7",
        "case.county = 7",
    ],
)
async def test_a_rule_that_writes_to_what_it_got_fails_and_the_next_one_sees_what_was_there(
    shelf: Shelf, load: Load, body: str
) -> None:
    host, rule = a_rule(shelf, load, f"{body}; return volunteers.remote")
    given, before = asked(), asked()[1]

    with pytest.raises(PluginError):
        host.call(rule, rule.allows, *given)
    for field in fields(before):
        np.testing.assert_array_equal(getattr(given[1], field.name), getattr(before, field.name))
    await the_rest_works(host)


@pytest.mark.parametrize("said", ["'\\ud800'", "'a\\x00b'", "7", "None", "'\\x1b[31m'"])
async def test_a_receipt_that_no_page_and_no_database_can_hold_is_nonsense(shelf: Shelf, load: Load, said: str) -> None:
    host, channel = a_channel(shelf, load, f"return Receipt({said})")

    with pytest.raises(PluginError, match="a Receipt whose detail is not a text"):
        await host.acall(channel, channel.deliver, ENVELOPE)


async def test_a_refusal_of_any_class_becomes_one_of_ours(shelf: Shelf, load: Load) -> None:
    body = """class Odd(DeliveryFailed):
            def __str__(self): raise OSError
        raise Odd('no', permanent=True)"""
    host, channel = a_channel(shelf, load, body)

    with pytest.raises(DeliveryFailed) as refused:
        await host.acall(channel, channel.deliver, ENVELOPE)
    assert type(refused.value) is DeliveryFailed
    assert (str(refused.value), refused.value.permanent) == ("a message that cannot be read", True)


async def test_what_a_plugin_says_as_it_fails_is_short_and_can_be_shown(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", "raise OSError('\\ud800\\x00' + 'x' * 10**6)"))

    cause = info_of(host, "bad").cause
    assert len(cause) < 1_100
    assert cause.encode()
    assert "\x00" not in cause


@pytest.mark.parametrize("ends", ["sys.exit(3)", "raise KeyboardInterrupt"])
async def test_a_task_that_ends_its_loop_ends_no_later_call(shelf: Shelf, load: Load, ends: str) -> None:
    body = f"""async def later(): {ends}
        task = asyncio.get_running_loop().create_task(later())
        await asyncio.wait([task])
        return Receipt('done')"""
    host, channel = a_channel(shelf, load, body)

    for _ in range(3):
        assert (await host.acall(channel, channel.deliver, ENVELOPE)).detail == "done"
    assert info_of(host, "bad").state is PluginState.ON
    await the_rest_works(host)


async def test_what_a_task_left_behind_says_of_people_is_in_no_log(
    shelf: Shelf, load: Load, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    body = """async def later(): raise LookupError('ana@example.org')
        await asyncio.wait([asyncio.get_running_loop().create_task(later())])
        return Receipt('done')"""
    host, channel = a_channel(shelf, load, body)

    with capture_logs() as logged:
        await host.acall(channel, channel.deliver, ENVELOPE)
        gc.collect()
    assert ("bad", "LookupError (bad.py line 8)") in [(one["plugin"], one["cause"]) for one in logged]
    assert "ana@example.org" not in caplog.text + "".join(capfd.readouterr())


async def test_a_plugin_that_stops_its_loop_finds_it_turning_again(shelf: Shelf, load: Load) -> None:
    host, channel = a_channel(shelf, load, "asyncio.get_running_loop().stop(); return Receipt('done')")

    answers = await asyncio.gather(*(host.acall(channel, channel.deliver, ENVELOPE) for _ in range(3)))
    assert [one.detail for one in answers] == ["done"] * 3
