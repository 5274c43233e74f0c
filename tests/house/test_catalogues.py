"""The catalogues hold what the pages say, and a translation says all of it."""

from tools.catalogues import TEMPLATE, collected, missing, read, translations
from web.i18n import ENOUGH, Readers, is_read_by, locales_for, said_of, wholly_said


def test_the_catalogue_holds_every_sentence_of_the_pages_and_no_other() -> None:
    current, held = collected(), read(TEMPLATE)

    assert missing(current, held) == [], "Run make i18n."
    assert missing(held, current) == [], "Run make i18n."


def test_a_translation_leaves_out_nothing_that_clients_read_and_keeps_every_place_for_a_value() -> None:
    """Little that volunteers read either; what staff read decides whether they are offered it (``web.i18n``)."""
    wanted = collected()
    for path in translations():
        held = read(path)
        assert missing(wanted, held) == [], f"Run make i18n and translate {path}."
        clients = [message for message in held if message.id and is_read_by(message, Readers.CLIENTS)]
        assert [message.id for message in clients if not wholly_said(message)] == []
        assert said_of(held, Readers.VOLUNTEERS) >= ENOUGH
        assert [(message.id, errors) for message, errors in held.check() if wholly_said(message)] == []


def test_spanish_is_there_for_clients_and_for_volunteers() -> None:
    assert locales_for(Readers.CLIENTS) == ("en", "es")
    assert locales_for(Readers.VOLUNTEERS) == ("en", "es")
