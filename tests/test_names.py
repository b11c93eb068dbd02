"""Author fields in every form that sources have become persons; the same people written two ways become the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.names import person, persons, split, word_written, written
from papertwin.data.text import fold


def people(value):
    """(surname, initial) of each person."""
    found = persons(value)
    return [] if found is None else [(who.surname, who.initial) for who in found[0]]


BERG, DAHL, EGAN = ("berg", "a"), ("dahl", "b"), ("egan", "c")


@pytest.mark.parametrize(
    "value",
    [
        ["Anna Berg", "Bo Dahl", "Cy Egan"],
        ["Berg, Anna", "Dahl, Bo", "Egan, Cy"],
        ["Berg A", "Dahl B", "Egan C"],
        ["A. Berg", "B. Dahl", "C. Egan"],
        ["Anna Berg and Bo Dahl and Cy Egan"],  # three people in one item of a list
        "Anna Berg and Bo Dahl and Cy Egan",
        "anna berg, bo dahl, and cy egan.",  # as reference lists print them
        "Berg, A.; Dahl, B.; Egan, C.",
        "Berg, A., Dahl, B., Egan, C.",  # commas part both the names and their halves
        "Berg A, Dahl B, Egan C",
        "Berg A.Dahl B.Egan C.",  # cells glued by a copy from a page
        "A. Berg\rB. Dahl\rC. Egan",
        "Berg, Anna\nDahl, Bo\nEgan, Cy",
        "Berg, A. | Dahl, B. | Egan, C.",
        "Berg, A., Dahl, B. & Egan, C.",
        [{"given": "Anna", "family": "Berg"}, {"name": "Bo Dahl"}, {"firstName": "Cy", "lastName": "Egan"}],
        ["Dr. Anna Berg", "Prof. Bo Dahl", "Cy Egan, PhD"],
        ["Anna Berg*†", "Bo Dahl 1,2", "Cy Egan (Editor)"],
        ["Anna Berg <a.berg@example.org>", "Bo Dahl 0000-0001-2345-678X", "Cy Egan"],
        ["<b>Anna</b> Berg", "Bo Dahl", None, "", "Cy Egan"],
    ],
)
def test_three_people_however_they_are_written(value):
    """One list of persons comes of every form, in order."""
    assert people(value) == [BERG, DAHL, EGAN]


def test_a_glued_list_with_two_initials():
    """A point ends the initials of one and nothing begins the next; the second has two initials."""
    assert people("Adeli K.Lewis G. F.") == [("adeli", "k"), ("lewis", "g")]


def test_entities_are_undone_before_semicolons_part_names():
    """An entity ends in the sign that parts names."""
    assert people("Garc&iacute;a, M.; L&oacute;pez, J.") == [("garcia", "m"), ("lopez", "j")]


@pytest.mark.parametrize(
    "value", ["Berg A, et al.", ["Berg A", "et al."], ["Berg, A., et al"], "Berg, A. and others", ["A. Berg", "..."]]
)
def test_et_al_is_nobody_but_says_that_there_are_more(value):
    """The list is known to be cut short."""
    found = persons(value)
    assert found is not None
    assert [who.surname for who in found[0]] == ["berg"]
    assert found[1]


def test_et_al_without_a_point_is_nobody():
    """The shortest form, which no length or point gives away."""
    assert people("Berg et al") == [("berg", "")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Lund U.A., Dahl B.", [("lund", "u"), ("dahl", "b")]), ("Lund et Alain", [("lund", ""), ("alain", "")])],
)
def test_names_that_only_look_like_et_al(value, expected):
    """U.A. are initials inside a list (German "und andere" ends one), and Alain begins with "al"."""
    assert people(value) == expected


@pytest.mark.parametrize(
    "names", [["Jean-Paul Sartre", "Sartre, J.-P.", "Sartre JP", "J. P. Sartre", "JP Sartre", "SARTRE, Jean-Paul"]]
)
def test_hyphens_and_initials_before_or_after(names):
    """One person, six spellings."""
    assert {(who.surname, who.initial) for who in map(person, names)} == {("sartre", "j")}


@pytest.mark.parametrize(
    "names",
    [
        ["Ludwig van Beethoven", "van Beethoven, Ludwig", "L. van Beethoven", "Beethoven L", "Beethoven, L. van"],
        ["M. de la Cruz", "de la Cruz, M.", "De La Cruz M"],
        ["Patrick O'Neil", "O’Neil, P.", "ONEIL P"],
        ["John Smith Jr.", "Smith Jr., John", "Smith, J., Jr.", "John Smith, Jr.", "Smith, John III"],
        ["K. Müller", "Muller, K.", "MÃ¼ller K", 'M\\"uller, K.'],
    ],
)
def test_particles_accents_and_generations(names):
    """The surname is its last word, without accents, and "Jr." is nobody's surname."""
    assert len({tuple(people([name])) for name in names}) == 1


@pytest.mark.parametrize("name", ["王小明", "王 小明", "王, 小明", "Wang, Xiaoming", "Xiaoming Wang", "Wang X"])
def test_hanzi_meet_their_reading(name):
    """In Chinese the surname stands first and the given name is one word of several signs; Latin script turns them."""
    assert people([name]) == [("wang", "x")]


def test_cyrillic_initials_are_initials():
    """A name in another script with its initials behind it."""
    assert people(["Иванов И. И."]) == people(["Ivanov, I."]) == [("ivanov", "i")]


@pytest.mark.parametrize("value", [None, "", [], "Anonymous", ["None"], ["et al."], [{}], [5], ["Ø§Ù„Ø¨Ø±"], "123"])
def test_nobody_is_none(value):
    """Placeholders, numbers and garbled names are missing authors, not authors called so."""
    assert persons(value) is None


def test_a_group_is_one_author():
    """Its words are compared like a person's."""
    found = persons(["World Health Organization"])
    assert found is not None
    assert [who.words for who in found[0]] == ["world health organization"]


@given(
    st.lists(st.sampled_from(["Berg, A.", "Dahl, B.", "Egan, C.", "van Lier, D.-E.", "王小明"]), min_size=1, max_size=6)
)
def test_a_list_and_its_join_are_the_same_people(names):
    """Semicolons and line ends part what a list parts."""
    assert people(names) == people("; ".join(names)) == people("\r".join(names))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["name", "given", "family", "x"]), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_no_value_raises_and_every_person_has_a_surname(value):
    """Whatever stands in an author field is read or is nobody."""
    split(value)
    found = persons(value)
    assert found is None or all(who.surname and who.words for who in found[0])


NAME_PARTS = """
    Anna Berg berg BERG A. B.C. AB M.D. MD Jr II Li O'Neil D’Arc Smith-Jones García Šimánek and And Und et al Etal Dr
    Prof Sir Anonymous None Na Author No Md Ph.D. van de Wu Ñn others Group Al Rui-hua ROSSI
    M.-G. H.-g. Yu. s. u. a. y"""
PARTS = st.sampled_from(NAME_PARTS.split())


@given(st.lists(st.tuples(PARTS, st.sampled_from([" ", " ", ", ", "-", ". "])), min_size=1, max_size=5))
def test_names_of_usual_forms_are_read_as_all_others_are(pieces):
    """Plain names take a short way to the same person; a blank before a name sends it the long way."""
    name = "".join(part + sign for part, sign in pieces).strip(" ,-")
    assert persons([name]) == persons([f" {name}"])


@given(
    st.lists(st.lists(PARTS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3),
    st.sampled_from([list, "; ".join]),
)
def test_every_person_is_found_again_as_written(names, as_field):
    """In any form of field; the words are those that are compared, with their letters and signs."""
    value = as_field(names)
    people, _ = persons(value) or ([], False)
    for who in people:
        assert sorted(fold(written(value, who)).split()) == sorted(who.words.split())
        assert fold(word_written(value, who, who.surname)) == who.surname
