"""The letters: their contract, one file a message, and what happens without a folder."""

import asyncio
from pathlib import Path

import pytest
from example_bar import channels

from amparo import DeliveryFailed, Settings
from amparo_testing import an_envelope, check_channel


def test_it_keeps_its_contract(tmp_path: Path) -> None:
    check_channel(channels.Letters(tmp_path))


def test_the_same_message_twice_is_one_letter(tmp_path: Path) -> None:
    letters = channels.Letters(tmp_path)

    receipts = [asyncio.run(letters.deliver(an_envelope("key-1"))) for _ in range(2)]
    (letter,) = tmp_path.iterdir()
    assert receipts[0] == receipts[1]
    assert letter.read_text().startswith("Alma Reyes\n\nA new offer")


def test_a_folder_that_is_gone_is_tried_again_later(tmp_path: Path) -> None:
    with pytest.raises(DeliveryFailed, match="could not be written"):
        asyncio.run(channels.Letters(tmp_path / "gone").deliver(an_envelope()))


def test_without_a_folder_there_are_no_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, amparo_settings: Settings
) -> None:
    monkeypatch.delenv(channels.FOLDER, raising=False)
    assert channels.amparo_channels(amparo_settings) == []

    monkeypatch.setenv(channels.FOLDER, str(tmp_path))
    assert [channel.name for channel in channels.amparo_channels(amparo_settings)] == ["example_bar_letters"]
