"""Every colour of text or of a mark is measured on every ground it may stand on (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from typing import Final

import pytest

from tests.web.showing import STATIC

TEXT: Final = 4.5
GRAPHIC: Final = 3.0
GROUNDS: Final = ("page", "panel", "card")
TONES: Final = ("now", "soon", "ok", "info")

TEXT_PAIRS: Final = [
    *((ink, ground) for ink in ("ink-1", "ink-2", "ink-3", "sky", "sky-deep", "now") for ground in GROUNDS),
    *((tone, f"{tone}-ground") for tone in TONES),
    ("ink-2", "plain-ground"),
    ("on-sky", "sky"),
    ("on-sky", "sky-deep"),
    ("ok", "card"),
    ("soon", "card"),
]
GRAPHIC_PAIRS: Final = [
    ("field", "card"),
    ("field", "page"),
    ("bar", "track"),
    ("bar-low", "track"),
    ("bar-low", "page"),
]


def schemes() -> dict[str, dict[str, str]]:
    """The colours of tokens.css by scheme; dark is light with what its media query changes."""
    light, dark = (
        (STATIC / "css" / "tokens.css").read_text("utf-8").split("@media screen and (prefers-color-scheme: dark)")
    )
    colours = {"light": declared(light)}
    return colours | {"dark": colours["light"] | declared(dark.split("@media")[0])}


def declared(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2, sRGB)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def faint(pairs: list[tuple[str, str]], least: float, colours: dict[str, str]) -> dict[str, float]:
    measured = {f"{ink} on {ground}": contrast(colours[ink], colours[ground]) for ink, ground in pairs}
    return {pair: round(ratio, 2) for pair, ratio in measured.items() if ratio < least}


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_on_every_ground(scheme: str) -> None:
    assert faint(TEXT_PAIRS, TEXT, schemes()[scheme]) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_field_borders_and_bars_stand_out_from_their_ground(scheme: str) -> None:
    assert faint(GRAPHIC_PAIRS, GRAPHIC, schemes()[scheme]) == {}


def test_colours_are_written_in_the_tokens_and_nowhere_else() -> None:
    sheets = [sheet for sheet in (STATIC / "css").glob("*.css") if sheet.name not in ("tokens.css", "print.css")]

    strays = {sheet.name: re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,) ])", sheet.read_text("utf-8")) for sheet in sheets}
    assert {name: found for name, found in strays.items() if found} == {}
