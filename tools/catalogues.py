"""Collects every sentence that people read into the catalogues of web/locale. Run it as ``make i18n``."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "web" / "locale"
TEMPLATE = LOCALE / "amparo.pot"

METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_n": None,  # marks a sentence that is translated later, where it is shown
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def collected() -> Catalog:
    """Every sentence in the pages and in the code of ``web``, with the files it stands in."""
    catalog = Catalog(
        header_comment="# Every sentence of Amparo that people read. Written by `make i18n`.",
        project="Amparo",
        version="0",
        msgid_bugs_address="see CONTRIBUTING.md",
        fuzzy=False,
    )
    found = extract_from_dir(ROOT / "web", METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for name, _line, message, comments, context in found:
        catalog.add(message, locations=[(f"web/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def translations() -> list[Path]:
    """The translated catalogues, one a language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/amparo.po"))


def read(path: Path) -> Catalog:
    """A catalogue as it is on disk."""
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3] if path.suffix == ".po" else None)


def missing(wanted: Catalog, held: Catalog) -> list[str]:
    """The sentences of one catalogue that another does not hold."""
    return [str(message.id) for message in wanted if message.id and not held.get(_key(message.id), message.context)]


def main() -> None:
    """Write the template, and bring each translation up to it without losing a word of it."""
    current = collected()
    if not _says_the_same(current, TEMPLATE):
        _write(current, TEMPLATE)
    for path in translations():
        translated = read(path)
        translated.update(current, no_fuzzy_matching=True, update_creation_date=False)
        _write(translated, path)


def _says_the_same(catalog: Catalog, path: Path) -> bool:
    held = read(path) if path.exists() else Catalog()
    return not missing(catalog, held) and not missing(held, catalog)


def _write(catalog: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)


def _key(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


if __name__ == "__main__":
    main()
