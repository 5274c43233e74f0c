"""Everything that the disclosure log may name has words, in which the client reads it, too."""

import pytest

from core.model.clients.client import ClientField, Purpose
from web.words.clients import CLIENT_WORDS, purpose_word, seen_word


@pytest.mark.parametrize("kind", [ClientField, Purpose])
def test_every_field_and_every_reason_has_words(kind: type[ClientField] | type[Purpose]) -> None:
    assert set(kind) - set(CLIENT_WORDS[kind]) == set(), "Give it words in web/words/clients.py."


def test_what_nobody_has_given_words_is_told_as_it_is() -> None:
    assert (seen_word("birth_mark"), purpose_word("idle_talk")) == ("Birth mark", "idle talk")
    assert seen_word("a_number") == "A-number"
