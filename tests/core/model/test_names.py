"""Names that people write in many ways are found to be alike, with why; and others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.conflicts.grading import Agreement, Grade, Likeness, compare_names
from core.model.conflicts.keys import counted, kept_keys, looked_up, slips_of
from core.model.conflicts.sound import sound_of, spoken
from core.model.conflicts.words import Name, read_name, read_names

WORDS = st.sampled_from(
    ("María", "José", "García", "López", "Tzoc", "Ixcoy", "Hussein", "de la", "Cruz", "Nguyễn", "O’Brien")
)
NAMES = st.lists(WORDS, min_size=2, max_size=5, unique=True).map(" ".join)


def like(one: str, other: str) -> Likeness | None:
    return compare_names(read_name(one), read_name(other))


def found(sought: str, kept: str) -> bool:
    """Whether the index finds the one name by the other, before anything is graded."""
    return bool(looked_up(read_name(sought)) & kept_keys(read_name(kept)))


def words(text: str) -> list[str]:
    return [word.text for word in read_name(text).words]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("García López, Juan", ["garcia", "lopez", "juan"]),
        ("  MARÍA   de la Cruz Peña ", ["maria", "cruz", "pena"]),
        ("Dr. Ana M. García, Jr.", ["ana", "m", "garcia"]),
        ("Juan GarciaLopez", ["juan", "garcia", "lopez"]),
        ("K’iche’ Tz’oc", ["kiche", "tzoc"]),
        ("John O'Brien Mac Donald", ["john", "obrien", "mcdonald"]),
        ("Muhammad Abd al-Rahman", ["muhammad", "abdrahman"]),
        ("Muhammad Abdul Rahman", ["muhammad", "abdrahman"]),
        ("Smith, Jones & Lee, L.L.P.", ["smith", "jones", "lee"]),
        ("Transportes del Norte S.A. de C.V.", ["transportes", "norte"]),
        ("Maquiladora del Norte, S. de R.L. de C.V.", ["maquiladora", "norte"]),
        ("Jesús de la O", ["jesus", "o"]),
        ("FNU Harpreet", ["harpreet"]),
        ("Juan Ch´oc", ["juan", "choc"]),
        ("Pat O' Brien", ["pat", "obrien"]),
        ("M.ª Carmen Sta. Cruz", ["ma", "carmen", "santacruz"]),
        ("Abdus Sattar Noori", ["abdsattar", "noori"]),
        ("Abdulaziz Noori", ["abdaziz", "noori"]),
        ("Abdullah Noori", ["abdullah", "noori"]),
        ("王小明", ["wang", "xiao", "ming"]),
        ("de la", ["de", "la"]),
        (" & ", []),
    ],
)
def test_a_name_is_read_as_the_words_that_name_somebody(text: str, read: list[str]) -> None:
    assert words(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("An Nguyen", ["an", "nguyen"]),
        ("Nguyễn Thị Vân", ["nguyen", "thi", "van"]),
        ("Đỗ Văn Minh", ["do", "minh"]),
        ("Mee Lo", ["mee", "lo"]),
        ("Ben Garcia", ["ben", "garcia"]),
        ("Garcia, Al", ["garcia", "al"]),
        ("Sayed Karimi", ["sayed", "karimi"]),
        ("Sayed Ahmad Karimi", ["ahmad", "karimi"]),
        ("al-Masri, Hussein", ["masri", "hussein"]),
    ],
)
def test_a_particle_that_is_a_name_is_kept_where_the_name_would_be_nobodys_without_it(
    text: str, read: list[str]
) -> None:
    assert words(text) == read


@pytest.mark.parametrize("also", ["a/k/a", "aka", "A.K.A.", "f/k/a", "dba", "d/b/a", "alias", "conocida como"])
def test_two_names_of_one_person_or_company_are_read_as_two(also: str) -> None:
    both = read_names(f"María Pérez Tum ({also} Tortas Malín)") + read_names(f"María Pérez Tum, {also} Tortas Malín")
    assert [name.written for name in both] == ["María Pérez Tum", "Tortas Malín"] * 2
    assert [len(read_names(text)) for text in ("María Tum / Malín Tum", "María Tum/Pérez")] == [2, 1]


def test_aliases_are_read_one_a_line_or_apart_by_semicolons() -> None:
    assert [name.written for name in read_names("Lupe Cruz\nMaría Cruz; G. de León a.k.a. Lupita\n\n")] == [
        "Lupe Cruz",
        "María Cruz",
        "G. de León",
        "Lupita",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hernández", "Ernandes"),
        ("Vásquez", "Basques"),
        ("Mohammed", "Muhamad"),
        ("Hussein", "Husayn"),
        ("Yusuf", "Youssef"),
        ("Khalid", "Khaled"),
        ("Cuc", "Q’uq’"),
        ("Ixcoy", "Ishcoy"),
        ("Guadalupe", "Huadalupe"),
        ("Wilmer", "Huilmer"),
        ("Peña", "Pena"),
    ],
)
def test_what_is_spelled_in_several_ways_sounds_the_same(one: str, other: str) -> None:
    (mine,), (hers,) = read_name(one).words, read_name(other).words
    assert mine.sound == hers.sound


@pytest.mark.parametrize(
    ("sought", "kept", "grade"),
    [
        ("GARCIA LOPEZ, JUAN", "Juan García López", Grade.SAME),
        ("Maria Delacruz Pena", "María de la Cruz Peña", Grade.LIKELY),
        ("Juan Carlos García", "Juan Carlos García López", Grade.LIKELY),
        ("Pepe García López", "José García López", Grade.LIKELY),
        ("Lupe Hdez. Mtz.", "Guadalupe Hernández Martínez", Grade.LIKELY),
        ("María J. García López", "María José García López", Grade.LIKELY),
        ("Jimena Ximénez", "Ximena Jiménez", Grade.LIKELY),
        ("محمد عبد الرحمن", "Mohamed Abdul Rahman", Grade.LIKELY),
        ("Mohd. Abdulrahman", "Muhammad Abd ar-Rahman", Grade.LIKELY),
        ("Almasri Hussain", "Husayn al-Masri", Grade.LIKELY),
        ("Juan J. Pérez", "Juana Pérez", Grade.POSSIBLE),
        ("Anamaria Tsoc Ishcoy", "Ana María Tzoc Ixcoy", Grade.LIKELY),
        ("Juan García", "Juan García López", Grade.POSSIBLE),
        ("Juan Gacria", "Juan García López", Grade.POSSIBLE),
        ("J. Pérez", "Juan Pérez", Grade.POSSIBLE),
        ("Mendoza", "Mendoza", Grade.SAME),
        ("Hoa Thi Nguyen", "Nguyễn Thị Hoa", Grade.SAME),
        ("Zia ur Rahman", "Ziaurrahman", Grade.LIKELY),
        ("Nurulhaq", "Noor ul Haq", Grade.LIKELY),
        ("نجیب الله کریمی", "Najib Ullah Karimi", Grade.LIKELY),
        ("ਹਰਪ੍ਰੀਤ ਸਿੰਘ", "Harpreet Singh", Grade.POSSIBLE),
        ("Karimi, Abdul", "Abdul Karimi", Grade.LIKELY),
        ("J&J Construction LLC", "JJ Construction", Grade.LIKELY),
        ("Garcia Bros.", "Garcia Brothers, Inc.", Grade.LIKELY),
        ("Jamal Khan", "Jamil Khan", Grade.POSSIBLE),
        ("Hamid Karimi", "Ahmad Karimi", Grade.POSSIBLE),
        ("Ahmed Karimi", "Ahmad Karimi", Grade.LIKELY),
    ],
)
def test_a_name_is_found_and_graded_whatever_way_it_is_written(sought: str, kept: str, grade: Grade) -> None:
    likeness = like(sought, kept)
    assert likeness is not None
    assert likeness.grade is grade
    assert found(sought, kept) or "." in sought


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mario García López", "María García López"),
        ("Gabriel Cruz", "Gabriela Cruz"),
        ("Juan Pérez López", "Juan Pérez Ruiz"),
        ("María Fernanda García López", "María Elena García Ruiz"),
        ("Luis García", "Lucía García"),
        ("José Tzoc", "José Sic"),
        ("Ana García", "Ada García"),
        ("Ana María López", "Mariana López"),
        ("Ali Zar", "Ali Zur"),
        ("Juan J.", "Juana"),
    ],
)
def test_other_people_are_not_taken_for_one(one: str, other: str) -> None:
    assert like(one, other) is None


def test_why_says_how_each_word_agrees_and_what_one_of_them_alone_has() -> None:
    likeness = like("Lópes, Pepe C. Garzia", "José Carlos García López Ruiz")
    assert likeness is not None
    assert {(one.sought, one.found): one.how for one in likeness.pairings} == {
        ("lopes", "lopez"): Agreement.SOUND,
        ("garzia", "garcia"): Agreement.SOUND,
        ("pepe", "jose"): Agreement.FORM,
        ("c", "carlos"): Agreement.INITIAL,
    }
    assert (likeness.only_sought, likeness.only_found) == ((), ("ruiz",))
    assert likeness.reordered


@given(NAMES, NAMES)
def test_whoever_is_looked_for_the_grade_is_the_same(one: str, other: str) -> None:
    there, back = like(one, other), like(other, one)
    assert (there and there.grade) == (back and back.grade)


@given(NAMES)
def test_a_name_is_always_found_by_itself_and_is_the_same(text: str) -> None:
    name = read_name(text)
    likeness = compare_names(name, name)
    assert likeness is not None
    assert likeness.grade is Grade.SAME
    assert kept_keys(name) & looked_up(name)
    assert counted(name) <= len(name.words)


@given(NAMES, st.randoms(use_true_random=False))
def test_order_capitals_and_accents_never_hide_a_name(text: str, random: object) -> None:
    shuffled = text.upper().split()
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # -- hypothesis gives a random.Random
    name, other = read_name(text), read_name(" ".join(shuffled))
    if len(other.words) == len(name.words):
        assert kept_keys(name) & looked_up(other)


@given(st.text(alphabet="abcdefghijlmnoprstuvz", min_size=4, max_size=9), st.data())
def test_one_letter_left_out_of_one_of_two_words_never_hides_a_name(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    slip = word[:at] + word[at + 1 :]
    assert spoken(slip) in slips_of(word)
    assert spoken(word) in slips_of(word) | {spoken(word)}


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    name = read_name(text)
    assert isinstance(name, Name)
    assert all(sound_of(word.form) for word in name.words)
    assert len(kept_keys(name)) <= 60
    looked_up(name)
