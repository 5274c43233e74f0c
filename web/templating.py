"""The templates of the portal: escaped, translated, with addresses of static files that change with their content."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, Undefined
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template.config import TemplateConfig
from markupsafe import Markup

from web import i18n
from web.rendering import PageEnvironment, said

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


@cache
def asset(path: str) -> str:
    """The address of a static file, with a mark of its content so that it may be kept for good."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


@cache
def environment() -> Environment:
    """The one environment of this process."""
    made = PageEnvironment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        undefined=Undefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(asset=asset, lang=_Language())
    _install_words(made)
    return made


def part(template: str, macro: str, *values: Any) -> Markup:
    """Render one macro of a template."""
    render: Callable[..., Markup] = getattr(environment().get_template(template).module, macro)
    return render(*values)


def _install_words(made: Environment) -> None:
    """Give templates the words of the request's language; the extension adds this method to the environment."""
    install: Any = made.install_gettext_callables  # type: ignore[attr-defined]  # -- added by the extension
    install(i18n.gettext, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext, npgettext=i18n.npgettext)
    made.globals.update(_=said, gettext=said)


class _Language:
    """The language of the request at hand, as templates print it."""

    def __str__(self) -> str:
        return i18n.locale()


def template_config() -> TemplateConfig[JinjaTemplateEngine]:
    """What Litestar needs to know of the templates."""
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment()))
