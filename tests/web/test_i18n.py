"""Pages speak the visitor's language where there is a catalogue for it."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from tests.web.portal import Portal
from tests.worlds import attorney, joined
from web import i18n

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Sign in"
msgstr "Iniciar sesión"

msgid "%(num)s week"
msgid_plural "%(num)s weeks"
msgstr[0] "%(num)s semana"
msgstr[1] "%(num)s semanas"
"""


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A house with one more catalogue."""
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "amparo.po").write_text(CATALOGUE, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(i18n, "LOCALE_DIR", tmp_path)
        i18n.forget_catalogues()
        yield
    i18n.forget_catalogues()
    i18n.choose_locale(i18n.DEFAULT)


@pytest.mark.usefixtures("spanish")
async def test_a_page_is_in_the_language_that_the_browser_asks_for(portal: Portal) -> None:
    visitor = portal.visitor()

    spanish = await visitor.client.get("/sign-in", headers={"accept-language": "es-MX,es;q=0.9,en;q=0.5"})
    english = await visitor.client.get("/sign-in", headers={"accept-language": "fr"})

    assert 'lang="es"' in spanish.text
    assert "Iniciar sesión" in spanish.text
    assert 'lang="en"' in english.text
    assert "Iniciar sesión" not in english.text


@pytest.mark.usefixtures("spanish")
def test_numbers_take_the_form_of_the_language() -> None:
    i18n.choose_locale("es")

    assert [i18n.ngettext("%(num)s week", "%(num)s weeks", n) % {"num": n} for n in (1, 2)] == ["1 semana", "2 semanas"]


class Offer(StrEnum):
    OPEN = "open"


class Door(StrEnum):
    OPEN = "open"


@pytest.mark.usefixtures("spanish")
def test_what_is_remembered_of_a_code_is_kept_apart_by_language_and_kind() -> None:
    @i18n.remembered
    def told(code: StrEnum) -> str:
        return f"{type(code).__name__}: {i18n.gettext('Sign in')}"

    i18n.choose_locale("en")
    english = told(Offer.OPEN), told(Door.OPEN)
    i18n.choose_locale("es")

    assert english == ("Offer: Sign in", "Door: Sign in")
    assert (told(Offer.OPEN), told(Door.OPEN)) == ("Offer: Iniciar sesión", "Door: Iniciar sesión")


async def test_volunteers_read_the_portal_in_spanish_and_staff_in_the_language_that_says_all_of_it(
    portal: Portal,
) -> None:
    spanish = {"accept-language": "es-MX,es;q=0.9"}
    alma, carmen = await portal.volunteer(await joined(attorney())), await portal.coordinator()

    hers = await alma.client.get("/cases", headers=spanish)
    staffs = await carmen.client.get("/waitlist", headers=spanish)

    assert ('lang="es"' in hers.text, "Casos abiertos" in hers.text) == (True, True)
    there = i18n.locales_for(i18n.Readers.EVERYBODY)
    assert f'lang="{"es" if "es" in there else "en"}"' in staffs.text
