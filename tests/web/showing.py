"""Renders the gallery with plain Jinja2 and shows it to a browser under the portal's strict content policy."""

import mimetypes
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from playwright.async_api import Page, Route

from tests.web.samples import GALLERY

HERE = Path(__file__).parent
WEB = HERE.parent.parent / "web"
STATIC = WEB / "static"
ORIGIN = "http://gallery.test"
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'"


def environment() -> Environment:
    """The templates as the portal loads them, in English and with files at /static."""
    loaded = Environment(
        loader=FileSystemLoader([WEB / "templates", HERE / "gallery"]),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    loaded.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # -- the extension adds it
    loaded.globals["asset"] = lambda path: f"/static/{path}"
    return loaded


def rendered(name: str, **changes: object) -> str:
    return environment().get_template(name).render(GALLERY[name] | changes)


async def show(page: Page, name: str) -> list[str]:
    """Open one page of the gallery; the list fills with whatever the browser complains about."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    await page.route(f"{ORIGIN}/**", answer)
    await page.goto(f"{ORIGIN}/{name}")
    return complaints


async def answer(route: Route) -> None:
    """Give the browser a rendered page or a file of web/static."""
    path = route.request.url.removeprefix(f"{ORIGIN}/")
    if path.startswith("static/"):
        file = STATIC / path.removeprefix("static/")
        await route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])
    else:
        headers = {"Content-Security-Policy": POLICY}
        await route.fulfill(body=rendered(path), content_type="text/html; charset=utf-8", headers=headers)
