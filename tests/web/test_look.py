"""What the parts promise about the pages that are built of them, read from the rendered markup."""

import re

import pytest

from tests.web.markup import Markup
from tests.web.samples import BOARD, FRAME, GALLERY, PARTS
from tests.web.showing import STATIC, WEB, environment, rendered


def part(call: str, **context: object) -> Markup:
    """One macro's output; ``call`` is "file.macro(arguments)"."""
    file, expression = call.split(".", 1)
    source = f'{{% import "components/{file}.html" as part %}}{{{{ part.{expression} }}}}'
    return Markup(environment().from_string(source).render(context))


@pytest.mark.parametrize("name", GALLERY)
def test_pages_are_well_formed_and_carry_no_inline_style_or_script(name: str) -> None:
    assert Markup(rendered(name)).against_policy() == []


@pytest.mark.parametrize("name", GALLERY)
def test_an_id_names_one_element(name: str) -> None:
    ids = [element.attributes["id"] for element in Markup(rendered(name)).elements if "id" in element.attributes]

    assert sorted(ids) == sorted(set(ids))


def test_values_are_shown_as_text_and_never_as_markup() -> None:
    hostile = '"><script>alert(1)</script>'

    shown = part("form.field('county', label, value, hint=label, error=label)", label=hostile, value=hostile)
    assert [element.tag for element in shown.elements if element.tag == "script"] == []
    assert shown.having(name="county")[0].attributes["value"] == hostile


@pytest.mark.parametrize(
    ("state", "shape", "ears"), [("now", "●", "Urgent:"), ("soon", "◐", "Soon:"), ("none", "○", "")]
)
def test_urgency_is_a_word_a_shape_and_a_colour(state: str, shape: str, ears: str) -> None:
    shown = part("case.urgency(state, 'Hearing in 9 days')", state=state)

    assert shown.having(class_="tag")[0].words == " ".join(f"{shape} {ears} Hearing in 9 days".split())
    assert shown.having(class_="shape")[0].attributes["aria-hidden"] == "true"
    assert shown.having(class_="tag")[0].attributes["class"] == f"tag {'plain' if state == 'none' else state}"


def test_seats_come_as_attorney_interpreter_mentor_whatever_order_they_are_given_in() -> None:
    shown = part("team.team(seats)", seats=BOARD["proposals"][0]["seats"])

    assert [element.words for element in shown.elements if element.tag == "dt"] == ["Attorney", "Interpreter", "Mentor"]
    assert [element.words for element in shown.elements if element.tag == "dd"][2] == "not needed"


@pytest.mark.parametrize(
    ("chain", "eyes", "ears"),
    [
        (
            "Spanish attorney",
            "client Spanish → attorney",
            "The client speaks Spanish with the attorney.",
        ),
        (
            "Mam interpreter Spanish attorney",
            "client Mam → interpreter Spanish → attorney",
            "The client speaks Mam with the interpreter, who speaks Spanish with the attorney.",
        ),
        (
            "Mam interpreter Spanish interpreter English attorney",
            "client Mam → interpreter Spanish → interpreter English → attorney",
            "The client speaks Mam with the interpreter, who speaks Spanish with a second interpreter, "
            "who speaks English with the attorney.",
        ),
    ],
)
def test_a_chain_of_languages_is_drawn_for_eyes_and_told_to_ears(chain: str, eyes: str, ears: str) -> None:
    words = chain.split()
    legs = [{"language": words[at], "to": words[at + 1]} for at in range(0, len(words), 2)]

    shown = part("team.language_chain(legs)", legs=legs)
    assert shown.having(aria_hidden="true")[0].words == eyes
    assert shown.having(class_="unseen")[0].words == ears


def test_equal_buttons_say_for_ears_which_case_they_act_on() -> None:
    board = Markup(rendered("board.html"))

    named = [element.words for element in board.elements if element.tag == "button" and element.words[-1].isdigit()]
    assert named == ["Approve NM-2418", "Approve NM-2377", "Approve NM-2401"]


def test_a_field_keeps_what_was_typed_and_ties_its_error_to_itself() -> None:
    shown = part("form.field('received', 'Received', '2031-01-01', error='In the future.', hint='First call')")

    control = shown.having(name="received")[0].attributes
    assert control["value"] == "2031-01-01"
    assert control["aria-invalid"] == "true"
    assert [shown.having(id=name)[0].words for name in control["aria-describedby"].split()] == [
        "! In the future.",
        "First call",
    ]


def test_a_refused_form_leads_from_each_error_to_its_field() -> None:
    page = Markup(rendered("parts.html"))

    summary = page.having(role="alert")[0].words
    assert "One answer needs another look." in summary
    assert "What you wrote is kept below." in summary
    assert page.having(href="#received")
    assert page.having(id="received", name="received")


def test_choices_keep_every_chosen_value() -> None:
    options = [("a", "Attorney"), ("i", "Interpreter"), ("m", "Mentor")]

    shown = part("form.choices('needs', 'Needs', options, ['a', 'm'], kind='checkbox')", options=options)
    chosen = [element.attributes["value"] for element in shown.elements if "checked" in element.attributes]
    assert chosen == ["a", "m"]


def test_a_bar_starts_at_zero_and_says_its_numbers_beside_it() -> None:
    shown = part("figures.bar_row('Indigenous', 17, 50, low=true)")

    assert shown.having(class_="value")[0].attributes["width"] == "34.0"
    assert [element.words for element in shown.elements if element.tag == "dd"] == ["17 of 50, low"]


def test_a_bar_of_nothing_is_empty_rather_than_an_error() -> None:
    assert part("figures.bar_row('Other', 0, 0)").having(class_="value")[0].attributes["width"] == "0.0"


def test_messages_are_announced_politely_and_may_be_undone() -> None:
    page = Markup(rendered("parts.html"))

    region = page.having(class_="flashes")[0]
    assert region.attributes["role"] == "status"
    assert region.words == "NM-2418 is offered to R. Sandoval and L. Ramírez. Undo"
    assert page.having(action="/matches/1/undo")[0].attributes["method"] == "post"


def test_every_form_that_changes_something_carries_the_token() -> None:
    page = rendered("board.html")

    assert page.count('method="post"') == page.count('name="_csrf_token" value="invented"')


def test_an_error_page_says_what_happened_what_is_safe_and_what_to_do() -> None:
    words = " ".join(element.words for element in Markup(rendered("error.html")).having(class_="error-page"))

    assert "Another volunteer’s claim arrived a moment before yours." in words
    assert "What is safe: Nothing of yours was changed." in words
    assert "What to do: Look at the three cases most like it." in words


def test_sign_in_keeps_the_address_and_never_the_password() -> None:
    page = Markup(rendered("sign_in.html"))

    assert page.having(name="email")[0].attributes["value"] == "elena@example.org"
    assert page.having(name="password")[0].attributes["value"] == ""


def test_parts_take_structs_as_well_as_dicts() -> None:
    class Seat:
        role, name, fact = "attorney", "R. Sandoval", "speaks Spanish"

    assert part("team.team(seats)", seats=[Seat]).having(class_="seat")[0].words == (
        "Attorney R. Sandoval · speaks Spanish"
    )


def bare_words(template: str) -> list[str]:
    """Words of a template that stand there for people to read or hear and bypass the catalogues."""
    unread = r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{% block frame %\}\w+|\{%.*?%\}|\{\{.*?\}\}"
    bare = re.sub(unread, "", template, flags=re.DOTALL)
    heard = re.findall(r'\b(?:aria-label|placeholder|title|alt)="([^"]*[A-Za-z][^"]*)"', bare)
    seen = re.sub(r"<[^>]*>", " ", re.sub(r'[\w-]+="[^"]*"', "", bare))
    return [word for word in re.findall(r"[A-Za-z]{2,}", seen) if word != "Amparo"] + heard


def test_words_that_bypass_the_catalogues_are_found() -> None:
    assert bare_words('<p class="x" title="Help">{{ _("Fine") }} Oh {% trans %}fine{% endtrans %}</p>') == [
        "Oh",
        "Help",
    ]


def test_every_word_of_the_templates_can_be_translated() -> None:
    found = {path.name: bare_words(path.read_text("utf-8")) for path in (WEB / "templates").rglob("*.html")}

    assert {name: words for name, words in found.items() if words} == {}


# Macros that only their own room calls.
INNER = {
    "page": {"unseen", "hidden"},
    "case": {"check"},
    "team": {"role_word", "role_label", "seat_row"},
    "form": {"described", "described_by", "remarks", "label_for"},
    "figures": {"part_of", "plain_table", "cell_text"},
    "record": {"instant"},
}


def test_every_macro_is_documented_at_the_top_of_its_file() -> None:
    missing = []
    for file in (WEB / "templates" / "components").glob("*.html"):
        head, body = (" ".join(half.split()) for half in file.read_text("utf-8").split("#}", 1))
        signatures = re.findall(r"macro ((\w+)\(.*?\)) -?%", body)
        missing += [whole for whole, name in signatures if name not in INNER.get(file.stem, ()) and whole not in head]
    assert missing == []


def test_the_live_script_stays_small() -> None:
    assert len((STATIC / "live.js").read_text("utf-8").splitlines()) < 60


def test_the_manual_shows_a_page_that_works() -> None:
    manual = (WEB.parent / "docs" / "look.md").read_text("utf-8")
    example = manual.split("```html\n")[1].split("```")[0]

    page = environment().from_string(example).render(FRAME | {"answer": "318 cases wait", "cases": PARTS["cases"]})
    assert [element.words for element in Markup(page).elements if element.tag == "h1"] == ["318 cases wait"]
    assert len(Markup(page).having(class_="case-row")) == 3


def test_the_manual_names_every_style_sheet_and_token_of_colour() -> None:
    manual = (WEB.parent / "docs" / "look.md").read_text("utf-8")

    assert [sheet.name for sheet in (STATIC / "css").iterdir() if sheet.name not in manual] == []
    for name in re.findall(r"`(--[a-z0-9-]+)`", manual):
        assert f"{name}:" in (STATIC / "css" / "tokens.css").read_text("utf-8")
