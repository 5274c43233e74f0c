"""Languages by tag and by name: one language is one tag, whatever it is called."""

import subprocess
import sys

import pytest

from core.errors import BadInput
from core.model.languages import family_of, language_name, language_tag, languages_known


@pytest.mark.parametrize("tag", sorted(languages_known()))
def test_a_language_that_programmes_meet_is_found_by_its_tag_and_by_its_name(tag: str) -> None:
    assert language_tag(tag) == tag
    assert language_tag(language_name(tag)) == tag
    assert language_tag(f" {language_name(tag).upper()} ") == tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("es-MX", "es"),
        ("ES", "es"),
        ("Español", "es"),
        ("Kanjobal", "kjb"),
        ("tl", "fil"),
        ("Tagalog", "fil"),
        ("Farsi", "fa"),
        ("Icelandic", "is"),
        ("íslenska", "is"),
    ],
)
def test_what_is_written_otherwise_is_the_same_language(written: str, tag: str) -> None:
    assert language_tag(written) == tag


def test_dari_and_persian_are_two_languages_of_which_each_keeps_its_name() -> None:
    assert [language_name(language_tag(written)) for written in ("PRS", "prs-AF", "Dari", "fa", "Persian")] == [
        "Dari",
        "Dari",
        "Dari",
        "Persian",
        "Persian",
    ]


@pytest.mark.parametrize("written", ["", "  ", "xx-nothing", "und", "Klingonish", "Mam\x00"])
def test_what_is_no_language_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(BadInput, match="Write a"):
        language_tag(written)


def test_a_language_that_nobody_met_yet_has_a_name_and_no_family() -> None:
    assert (language_name("is"), family_of("is")) == ("Icelandic", "other")


def test_languages_that_programmes_meet_need_no_tables_of_all_others() -> None:
    program = """
import sys
from core.model.languages import language_name, language_tag
print(language_name(language_tag("Kanjobal")), "langcodes" in sys.modules)
"""
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "Q'anjob'al False"
