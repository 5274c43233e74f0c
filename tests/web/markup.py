"""Reads rendered pages: every element with its attributes, the text of a class, and what breaks the content policy."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset(["br", "hr", "img", "input", "link", "meta", "path", "rect"])


@dataclass
class Element:
    """One element of a page; ``text`` gathers everything inside it that ears or eyes get."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


@dataclass
class Markup(HTMLParser):
    """A page as a flat list of its elements. Refuses tags that are not closed in order."""

    page: str
    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.page)
        self.close()
        assert [element.tag for element in self._open] == [], "left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        opened = self._open.pop()
        assert opened.tag == tag, f"<{opened.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def having(self, **attributes: str) -> list[Element]:
        """Elements whose attributes hold these words; ``class_`` for class, ``aria_hidden`` for aria-hidden."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if all(value in element.attributes.get(name, "").split() for name, value in wanted.items())
        ]

    def against_policy(self) -> list[str]:
        """Inline styles, inline scripts and handlers: what a strict content policy would not run."""
        return [
            f"<{element.tag} {element.attributes}>"
            for element in self.elements
            if element.tag == "style"
            or (element.tag == "script" and "src" not in element.attributes)
            or any(name == "style" or name.startswith("on") for name in element.attributes)
            or any(value.strip().lower().startswith("javascript:") for value in element.attributes.values())
        ]
