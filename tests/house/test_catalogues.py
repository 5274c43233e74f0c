"""The catalogues hold what the pages say, and a translation says all of it."""

from babel.messages.catalog import Message

from tools.catalogues import TEMPLATE, collected, missing, read, translations


def test_the_catalogue_holds_every_sentence_of_the_pages_and_no_other() -> None:
    current, held = collected(), read(TEMPLATE)

    assert missing(current, held) == [], "Run make i18n."
    assert missing(held, current) == [], "Run make i18n."


def test_a_translation_leaves_nothing_out_and_keeps_every_place_for_a_value() -> None:
    wanted = collected()
    for path in translations():
        held = read(path)
        assert missing(wanted, held) == [], f"Run make i18n and translate {path}."
        assert [message.id for message in held if message.id and not _wholly_said(message)] == []
        assert [(message.id, errors) for message, errors in held.check()] == []


def _wholly_said(message: Message) -> bool:
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(forms)
