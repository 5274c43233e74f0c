"""Very common names: of a crowd that shares two words with a name, those are found who may be meant."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.conflicts.grading import Grade
from core.model.conflicts.hits import NameKind
from core.model.conflicts.keys import kept_keys, looked_up, looked_up_beside, pairs_in
from core.model.conflicts.words import read_name
from core.services.conflicts.name_search import likest_to
from core.store.database import Database, transaction
from core.store.names import index, search

SOUGHT = "José García Colomer"
CROWD = [f"{one}{vowel}{two}ad" for one, vowel, two in product("bcdfklmnprst", "iu", "bcdfklmnprst")]
"""Words that nobody takes for Colomer."""
MEANT = {
    "Jose Garcia Colomr": Grade.LIKELY,
    "Colmoer, José García": Grade.LIKELY,
    "José García Colomar Ruiz": Grade.LIKELY,
    "Garsía Colomer José": Grade.LIKELY,
    "Josegarcía Colomer Ruiz": Grade.LIKELY,
    "JOSE GARCIA COLOMER": Grade.SAME,
    "José García": Grade.POSSIBLE,
}


@pytest.fixture
async def names(database: Database) -> None:
    async with transaction():
        for text in (*MEANT, "José García Catomers"):
            await insert(text)


async def insert(text: str) -> None:
    await index.insert_name(read_name(text), kind=NameKind.ADVERSE, seal=None)


async def found(text: str) -> dict[str, Grade]:
    ((hits,), more) = await likest_to([read_name(text)])
    assert not more
    return {entry.name.written: likeness.grade for entry, likeness in hits}


@pytest.mark.usefixtures("names")
async def test_a_slip_in_the_further_word_is_found_in_a_crowd_and_what_is_hardly_like_it_is_not() -> None:
    assert await found(SOUGHT) == MEANT | {"José García Catomers": Grade.POSSIBLE}
    async with transaction():
        for at, word in enumerate(CROWD):
            await insert(f"{word} José García Tzoc" if at % 3 else f"José García {word}")

    assert await found(SOUGHT) == MEANT
    assert len(await found("José García")) > search.CROWD
    assert "José García bibad" in await found("José García Tzoc B."), "an initial stands for any word"


@given(
    st.lists(
        st.sampled_from(("Josefina", "García", "Colomer", "Martínez", "Ixcoy", "Hussein")),
        min_size=3,
        max_size=4,
        unique=True,
    ),
    st.data(),
)
def test_one_letter_left_out_of_any_word_never_hides_a_name_in_a_crowd(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    at = data.draw(st.integers(0, len(words[place]) - 1))
    slip = words[place][:at] + words[place][at + 1 :]
    name, kept = (
        read_name(" ".join(words)),
        kept_keys(read_name(" ".join([*words[:place], slip, *words[place + 1 :]]))),
    )
    shared = looked_up(name) & kept
    assert len(shared) > 1 or shared - pairs_in(name).keys() or looked_up_beside(name, shared) & kept
