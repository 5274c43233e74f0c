"""The words of rosters: what bars write of standing, languages and names, and what we understand by it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.host.entries import wrong_with
from core.members import ColumnMapping, RecordReader
from core.members.names import in_mixed_case, name_of
from core.members.spoken import languages_in
from core.model.rosters.entries import Spoken
from core.model.vocabulary import GOOD_STANDING, PracticeArea, Standing

STATUSES = {
    "Currently registered": Standing.ACTIVE,
    "Active": Standing.ACTIVE,
    "ACTIVE - GOOD STANDING": Standing.ACTIVE,
    "Good Standing": Standing.ACTIVE,
    "Emeritus": Standing.EMERITUS,
    "Pro Bono Emeritus": Standing.EMERITUS,
    "Limited": Standing.UNKNOWN,
    "Delinquent": Standing.INACTIVE,
    "Inactive": Standing.INACTIVE,
    "Retired": Standing.INACTIVE,
    "Resigned": Standing.RESIGNED,
    "Suspended": Standing.SUSPENDED,
    "Disbarred": Standing.DISBARRED,
    "Deceased": Standing.DECEASED,
    "Not Eligible To Practice Law": Standing.SUSPENDED,
    "Administratively suspended": Standing.SUSPENDED,
    "Pending": Standing.PENDING,
    "Of counsel": Standing.UNKNOWN,
    "": Standing.UNKNOWN,
}


def reader(columns: dict[str, str] | None = None) -> RecordReader:
    return RecordReader(bar="NM", source="our-bar", mapping=ColumnMapping(columns or {}))


@pytest.mark.parametrize(("word", "standing"), STATUSES.items())
def test_the_words_of_bars_mean_our_standings(word: str, standing: Standing) -> None:
    entry = reader().record({"Bar No": "1", "Name": "Ana Baca", "Status": word}, 1)

    assert entry is not None
    assert (entry.standing, entry.status) == (standing, word)


def test_unknown_words_are_counted_and_a_bar_may_settle_its_own() -> None:
    statuses = {"Limited": Standing.ACTIVE}
    read = RecordReader(bar="NM", source="our-bar", mapping=ColumnMapping(statuses=statuses))
    words = ["LIMITED", "Of counsel", "Of counsel", "Active"]

    entries = [read.record({"Bar No": str(at), "Name": "A", "Status": word}, at) for at, word in enumerate(words)]

    assert [entry.standing for entry in entries if entry] == [Standing.ACTIVE, *[Standing.UNKNOWN] * 2, Standing.ACTIVE]
    assert read.unknown_statuses == {"Of counsel": 2}


@given(st.text(max_size=60))
def test_no_word_that_we_do_not_list_makes_anybody_eligible(word: str) -> None:
    entry = reader().record({"Bar No": "1", "Name": "Ana Baca", "Status": f"{word} x"}, 1)

    assert entry is not None
    assert entry.standing not in GOOD_STANDING


LANGUAGES = {
    "Spanish (fluent), some French": (Spoken("es", 1.0), Spoken("fr", 0.5)),
    "SPA": (Spoken("es", 0.9),),
    "Español": (Spoken("es", 1.0),),
    "es-MX": (Spoken("es", 1.0),),
    "Spanish; Spanish (basic)": (Spoken("es", 1.0),),
    "Spanish/French & Portuguese": (Spoken("es"), Spoken("fr"), Spoken("pt")),
    "fluent in Spanish and Mandarin Chinese": (Spoken("es"), Spoken("zh")),
    "Chinese (Mandarin)": (Spoken("zh"),),
    "Arabic (Egyptian, Levantine)": (Spoken("ar"),),
    "native Spanish speaker": (Spoken("es"),),
    "a little Russian": (Spoken("ru", 0.5),),
    "Spannish": (Spoken("es", 0.6),),
    "es:4.5; mam:3+": (Spoken("es", 1.0, 4.5), Spoken("mam", 1.0, 3.5)),
    "Spanish (ILR 4)": (Spoken("es", 1.0, 4.0),),
    "Spanish (full professional)": (Spoken("es", 1.0, 4.0),),
    "K'iche', Q'anjob'al": (Spoken("quc"), Spoken("kjb")),
    "ASL": (Spoken("ase"),),
    "English only": (Spoken("en"),),
    "None": (),
    "N/A": (),
    "see website": (),
    "the law": (),
    "The": (),
}


@pytest.mark.parametrize(("text", "spoken"), LANGUAGES.items())
def test_languages_are_read_from_free_text_with_how_sure_that_is(text: str, spoken: tuple[Spoken, ...]) -> None:
    assert languages_in(text)[0] == spoken


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Ana", "M.", "García", "", ""), "Ana M. García"),
        (("ANA", "", "GARCIA", "Jr.", ""), "Ana Garcia, Jr."),
        (("", "", "", "", "Last, First M., Jr."), "First M. Last, Jr."),
        (("", "", "", "", "Ana  García"), "Ana García"),
        (("JOHN", "", "MCDONALD", "III", ""), "John McDonald, III"),
        (("SEAN", "", "O'BRIEN-LEE", "", ""), "Sean O'Brien-Lee"),
        (("", "", "", "", "DE LA CRUZ, MARÍA"), "María de la Cruz"),
        (("Ana", "", "McDonald", "", "ignored"), "Ana McDonald"),
        (("Ana", "M.", "GARCÍA", "", ""), "Ana M. García"),
        (("AJ", "", "Li", "", ""), "AJ Li"),
    ],
)
def test_names_come_in_their_spoken_order_without_shouting(parts: tuple[str, ...], name: str) -> None:
    assert name_of(*parts) == name


@given(st.text(alphabet="ABCMDcdeLÁÉÑÖÜñöIVX -'.,", max_size=40))
def test_only_the_case_of_a_name_is_changed(name: str) -> None:
    assert in_mixed_case(name).casefold() == name.casefold()


def test_a_member_of_json_may_leave_out_what_is_empty() -> None:
    read = reader({"number": "id", "firm": "office.name"})
    first = {"id": 17, "office.name": None, "name": "Ana Baca", "languages": ["Spanish", "SPA"], "pro_bono": True}

    ana = read.record(first | {"practice": ["asylum", "tax"]}, 1)
    ben = read.record({"name": "Ben Ortiz", "id": 18.0}, 2)
    nobody = read.record({"name": "Cy Lost"}, 3)

    assert ana is not None
    assert (ana.number, ana.languages, ana.practice) == ("17", (Spoken("es"),), (PracticeArea.ASYLUM,))
    assert ana.pro_bono is True
    assert ben is not None
    assert (ben.number, ben.pro_bono) == ("18", None)
    assert nobody is None


@example({"languages": "A\x00"})
@example({"languages": "A\x000\x80"})
@given(st.dictionaries(st.sampled_from(("status", "email", "phone", "firm", "county", "languages")), st.text()))
def test_whatever_the_other_cells_hold_the_host_takes_the_entry(cells: dict[str, str]) -> None:
    entry = reader().record({"bar_no": "1", "name": "Ana Baca", "state": "NM", **cells}, 1)

    assert wrong_with(entry) == ""
