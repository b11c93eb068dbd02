"""Whole columns of text: what is done for all of them at once is what would be done for each by itself."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertwin.data.columns import bulk, tokens
from papertwin.data.values import identifiers
from papertwin.data.values.authors import all_persons, persons
from papertwin.data.values.text import fold, fold_bytes, repair

PIECES = st.sampled_from([
    "maize", "root", " ", "  ", "\n", "\t", "\x1c", "\x00", "\xa0", "\u2028", "é", "中", "α", "Ã©", "\ud800", "'", "?",
    "&amp;", "<b>", "$x$", "\\alpha", "{", "NCT", "nct0", "isrctn", "CT", "EudraCT", "DRKS", "CRD4", "sr", "10.",
    "w", "IV",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join)
COLUMNS = st.lists(st.none() | TEXTS, max_size=8)


@pytest.fixture(params=[1 << 16, 1, 20], ids=["one piece", "a text a piece", "some texts a piece"])
def pieces(request, monkeypatch):
    """Columns are looked at in pieces of any size."""
    monkeypatch.setattr(tokens, "CHUNK", request.param)


@pytest.mark.usefixtures("pieces")
class TestColumns:
    @given(COLUMNS, st.booleans())
    @example(["a  b", None, "", " a", "b ", "a\nb\n"], True)
    def test_a_column_is_repaired_as_each_text_is(self, column, formulas):
        """Most texts are never touched, and the white space of the others is made single in one go."""
        assert bulk.repaired(column, formulas) == [
            None if text is None else repair(text, formulas) or None for text in column
        ]

    @given(COLUMNS)
    def test_marks_are_found_in_the_texts_that_hold_them(self, column):
        """Wherever a text begins or ends: a mark that two neighbours make together is none."""
        marks, signs = identifiers.REGISTRY_SIGNS
        expected = {row for row, text in enumerate(column) if text and any(mark.decode() in text for mark in marks)}
        assert bulk.holding(column, marks, signs) == expected

    @given(COLUMNS)
    def test_what_a_text_holds_does_not_depend_on_its_neighbours(self, column):
        """Nor on the pieces that a column is looked at in."""
        assert bulk.signs(column).tolist() == [bulk.signs([text])[0] for text in column]


def test_every_mark_of_a_register_holds_one_of_the_signs():
    """What is not found by its two letters is never looked for."""
    marks, signs = identifiers.REGISTRY_SIGNS
    assert all(any(sign in mark for sign in signs) for mark in marks)
    assert all(len(sign) == 2 for sign in signs)


@given(st.lists(TEXTS.map(lambda text: " ".join(text.split())), max_size=8))
def test_lines_are_folded_as_each_is(lines):
    """An empty one stays where it is."""
    assert bulk.folded(lines) == list(map(fold, lines))


@given(st.lists(TEXTS, min_size=1, max_size=6), st.integers(0, 12))
def test_texts_that_are_cut_within_a_character_lose_what_is_left_of_it(texts, size):
    """The blank before it goes too."""
    cut = [fold_bytes(text)[:size] for text in texts]
    expected = [" ".join(part.decode("utf-8", "ignore").split()) for part in cut]
    assert [line.rstrip(" ") for line in bulk.squeezed(b"\n".join(cut))] == expected


@given(
    st.lists(TEXTS.map(lambda text: text.replace("\n", "")), max_size=8), st.sampled_from(["NCT", "10.", "é", "root"])
)
def test_a_sign_is_found_in_the_texts_that_hold_it(texts, sign):
    """Each row once, in order."""
    joined = bulk.Joined(texts)
    assert joined.rows(sign) == [row for row, text in enumerate(texts) if sign in text]
    assert joined.matching(re.compile(re.escape(sign[:1]))) == [
        row for row, text in enumerate(texts) for _ in range(text.count(sign[:1]))
    ]
    assert joined.rows(f"\n{sign}") == [row for row, text in enumerate(texts) if text.startswith(sign)]


NAMES = st.sampled_from([
    "Anna Berg", "Berg, A.", "Berg AM", "Jean-Luc Picard", "O'Neil, P.", "José Núñez", "M.D. Berg", "None", "Na", "II",
    "Berg and Dahl", "Anonymous", "Berg\nDahl", "A. Berg et al.", "王小明", "", "Berg", "\ud800", "Dr. Anna Berg",
])  # fmt: skip
FIELDS = st.none() | NAMES | st.lists(NAMES | st.none() | st.integers() | st.just({"name": "Bo Dahl"}), max_size=5)


@given(st.lists(FIELDS, max_size=6))
def test_the_persons_of_many_records_are_those_of_each(fields):
    """Names are read once for all records that have them."""
    assert all_persons(fields) == list(map(persons, fields))
