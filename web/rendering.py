"""Jinja2 for templates that are all our own: the same pages, for a third of the work.

Jinja2 prepares for whatever a template might do: a variable that is an object or a mapping, a callable that wants
the context, a value that is markup already. A page of the portal asks these questions some thousand times. Here the
usual answer is tried first and Jinja2's own way is what is left for all others, so every template means what it
means to plain Jinja2. The compiled templates find the short ways as attributes of their environment.
"""

import re
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any, Final

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from web import i18n

SENTENCES: Final = 4096
"""How many ready sentences are kept: more than the templates have, in two languages."""

METHODS: Final = frozenset(dir(dict))
"""What a mapping answers to besides its entries."""

_unsafe = re.compile("[&<>'\"]").search


def escaped(value: Any) -> str:
    """What stands on the page for a value: markup as it is, everything else with its special characters escaped."""
    kind = type(value)
    if kind is Markup or (kind is str and _unsafe(value) is None):
        return value  # type: ignore[no-any-return]  # -- one of two kinds of str
    return str(value) if kind is int else escape(value)


def said(message: str, /, **values: Any) -> Markup:
    """A sentence in the language of the request, with its values escaped: ``_("…")`` and ``trans`` in templates."""
    sentence = i18n.gettext(message)
    return Markup(sentence) % values if values else _ready(sentence)  # noqa: S704 -- from the catalogues


@lru_cache(maxsize=SENTENCES)
def _ready(sentence: str) -> Markup:
    """A sentence without values: even so ``%%`` stands for one sign."""
    return Markup(sentence) % {}  # noqa: S704 -- from the catalogues


class Part(Macro):
    """A macro whose arguments are counted only where they are named, or where it wants more than arguments."""

    def __call__(self, *values: Any, **named: Any) -> str:
        """Render it."""
        lacking = self._argument_count - len(values)
        if named or lacking < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*values, **named)
        return Markup(self._func(*values, *(missing,) * lacking))  # noqa: S704 -- a macro escapes what it shows


class PageContext(Context):
    """A context that hands itself only to those who ask for it."""

    def call(
        self, called: Callable[..., Any], /, *values: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any
    ) -> Any:
        """Call a macro, a function or a method from within a template."""
        if type(called) is not Part and hasattr(called, "jinja_pass_arg"):
            return super().call(called, *values, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)
        return called(*values, **named)


class PageCode(CodeGenerator):
    """Compiles templates so that they use the environment's own macros and escaping."""

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write the definition of a macro: it begins with the name of its class."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.escaped(")


class PageEnvironment(Environment):
    """An environment that escapes always, finds its variables in mappings first, and adds nothing to a template."""

    code_generator_class = PageCode
    context_class = PageContext
    Macro = Part
    escaped = staticmethod(escaped)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An entry of a mapping or an attribute: ``case.ref``."""
        if type(obj) is dict:
            value = obj.get(attribute, missing)
            if value is not missing:
                return value
            if attribute not in METHODS:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that every template knows: one mapping for all, unless a template brings its own."""
        return super().make_globals(d) if d else self.globals
