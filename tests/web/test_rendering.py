"""The portal's own way of rendering shows what plain Jinja2 would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tests.web.samples import GALLERY
from tests.web.showing import environment
from web.rendering import PageEnvironment, escaped, said

NAMED = "{% macro part(a, b='-', c=none) %}<i>{{ a }}{{ b }}{{ c }}{{ d }}</i>{% endmacro %}"
TEMPLATES = (
    NAMED + "{{ part('<') }}{{ part('<', 2) }}{{ part(1, c=3) }}{{ part(b=1) }}",
    "{% macro box() %}<b>{{ caller('&') }}</b>{% endmacro %}{% call(x) box() %}{{ x }}{% endcall %}",
    "{% macro all() %}{{ varargs | join('/') }}{{ kwargs.items() | list }}{% endmacro %}{{ all(1, '<', z=2) }}",
    "{{ row.name }} {{ row.absent }} {{ row.absent or 'none' }} {{ row.items() | length }} {{ row.get('name') }}",
    "{% if row.absent is defined %}yes{% else %}no{% endif %}{{ text.upper() }}{{ row['name'] }}",
    "{% for n in numbers %}{{ loop.index }}{{ n }}{% if loop.first %}!{% endif %}{% endfor %}",
    "{% for n in numbers %}{% set twice = n * 2 %}{{ seen(n) }}{% endfor %}",
    "{{ markup }}{{ text }}{{ none }}{{ 1.5 }}{{ [text] }}{{ markup ~ text }}{{ text | upper }}{{ (text, 1) }}",
    "{{ _('50 %% of “%(what)s”', what=text) }}{{ _('100 %%') }}{{ gettext('One & all') }}",
    "{% trans who=text %}From {{ who }}{% endtrans %}{{ ngettext('%(num)s day', '%(num)s days', 2) }}",
    "{% trans n=numbers | length %}{{ n }} case{% pluralize %}{{ n }} cases{% endtrans %}",
)


@pass_context
def seen(context: Context, number: int) -> str:
    """Wants the context, as some functions of Jinja2 do."""
    return f"{number}:{context.get('twice')}:{context['text']}"


CONTEXT = {
    "row": {"name": "<Ana>", "get_it": 1},
    "text": "O'Neil & <co>",
    "numbers": [3, 4],
    "markup": Markup("<u>&amp;</u>"),
    "seen": seen,
}


def lean() -> Environment:
    """The portal's environment with the loader and the names of the plain one."""
    plain = environment()
    made = PageEnvironment(
        loader=plain.loader, autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # -- the extension adds it
    made.globals.update(asset=plain.globals["asset"], _=said, gettext=said)
    return made


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_every_page_of_the_gallery_is_the_page_of_plain_jinja_to_the_letter(name: str) -> None:
    ours = lean().get_template(name).render(GALLERY[name])

    assert ours == environment().get_template(name).render(GALLERY[name])


@pytest.mark.parametrize("source", TEMPLATES)
def test_every_way_to_name_call_and_translate_means_what_it_means_to_plain_jinja(source: str) -> None:
    assert lean().from_string(source).render(CONTEXT) == environment().from_string(source).render(CONTEXT)


def test_a_template_may_be_rendered_with_names_of_its_own() -> None:
    named = lean().from_string("{{ place }}{{ asset('a.css') }}", globals={"place": "Taos"})

    assert named.render() == "Taos/static/a.css"


@pytest.mark.parametrize("source", [NAMED + "{{ part(1, 2, 3, 4) }}", NAMED + "{{ part(1, e=2) }}"])
def test_a_macro_refuses_arguments_that_it_does_not_have(source: str) -> None:
    with pytest.raises(TypeError, match="macro 'part'"):
        lean().from_string(source).render()


def test_calling_what_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'absent' is undefined"):
        lean().from_string("{{ absent() }}").render()


texts = st.text(alphabet=st.one_of(st.sampled_from("&<>'\""), st.characters()))


@given(st.one_of(texts, texts.map(Markup), st.integers(), st.none(), st.lists(texts)))
def test_whatever_is_shown_is_escaped_once(value: object) -> None:
    assert escaped(value) == escape(value)
