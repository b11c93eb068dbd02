"""Differences: segments that join to the texts, and say "same" only of what both have."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.data.differences import differences, sides
from papertwin.data.fields import RECORD_FIELDS

words = st.sampled_from(
    ["maize", "maise", "Part", "I", "II", "12-15", " ", "  ", ", ", "玉", "米", "ä", "\u0301", "\n", "🌽"]
)
texts = st.lists(words, max_size=14).map("".join) | st.text(max_size=30)


def told(a, b, **options):
    """Both sides with the differing segments between brackets."""
    return tuple("".join(text if same else f"[{text}]" for text, same in side) for side in differences(a, b, **options))


@settings(max_examples=200)
@given(texts, texts, st.booleans(), st.booleans())
def test_segments_join_to_the_texts_and_what_is_the_same_is_the_same(a, b, letters, cased):
    left, right = differences(a, b, letters, cased)

    assert "".join(text for text, _ in left) == a
    assert "".join(text for text, _ in right) == b
    same = ["".join(text for text, same in side if same) for side in (left, right)]
    assert same[0] == same[1] or (not cased and same[0].lower() == same[1].lower())
    assert all(text for text, _ in [*left, *right])
    for side in (left, right):
        assert all(one.same != two.same for one, two in pairwise(side))


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert all(same for side in differences(text, text) for _, same in side)


@pytest.mark.parametrize(
    ("a", "b", "left", "right"),
    [
        ("Roots, Part I", "Roots, Part II", "Roots, Part [I]", "Roots, Part [II]"),  # a numeral more is another number
        ("in 2014", "in 2015", "in [2014]", "in [2015]"),
        ("the colour red", "the color red", "the colo[u]r red", "the color red"),
        ("Volume two", "Part three", "[Volume two]", "[Part three]"),  # not [Volume] [two]
        ("colours and cats", "colors and dogs", "colo[u]rs and [cats]", "colors and [dogs]"),
        ("玉米的研究", "小麦的研究", "[玉米]的研究", "[小麦]的研究"),  # no spaces between words
        ("", "maize", "", "[maize]"),
    ],
)
def test_differences_are_what_a_reader_would_mark(a, b, left, right):
    assert told(a, b) == (left, right)


def test_words_stay_whole_where_letters_are_not_wanted():
    assert told("the colour", "the color", letters=False) == ("the [colour]", "the [color]")


@pytest.mark.parametrize(
    ("a", "b", "marked"),
    [
        ("Telehealth in ISTANBUL", "TELEHEALTH in Istanbul", ("Telehealth in ISTANBUL", "TELEHEALTH in Istanbul")),
        ("The COLOUR red", "the color RED", ("The COLO[U]R red", "the color RED")),
        ("Part II", "PART III", ("Part [II]", "PART [III]")),
        ("İzmir", "izmir", ("[İ]zmir", "[i]zmir")),
    ],
)
def test_case_alone_is_no_difference_where_it_is_not_wanted(a, b, marked):
    """A person looks for other words, and databases write titles in capitals; the texts stay as they are."""
    assert told(a, b, cased=False) == marked
    assert told("Roots", "ROOTS") != ("Roots", "ROOTS")


def test_texts_of_a_megabyte_are_told_apart():
    """Of which no alignment of all words with all words would come to an end in time."""
    source = random.Random(7)
    words = [f"w{number}" for number in source.sample(range(10**6), 50_000)]
    other = list(words)
    for place in range(500, len(other), 1000):
        other[place] = "another"

    left, right = differences(" ".join(words), " ".join(other))

    assert sum(not same for _, same in left) == sum(not same for _, same in right) == 50


def test_texts_without_any_order_in_common_end_too():
    source = random.Random(7)
    a, b = (" ".join(source.choices(["maize", "rain", "root"], k=20_000)) for _ in range(2))

    left, right = differences(a, b)

    assert "".join(text for text, _ in left) == a
    assert "".join(text for text, _ in right) == b


def test_sides_are_the_fields_that_a_record_has_in_their_order():
    """Lists are text, numbers are text, and the spellings of nothing are nothing."""
    left = {
        "title": " The  roots\nof maize",
        "volume": 12.0,
        "journal": "None",
        "own": "x",
        "authors": ["Berg", None, "Dahl"],
    }
    right = {"pages": "3", "authors": "Berg; Dahl"}

    shown = sides(left, right)

    assert [tuple(side) for side in shown] == [
        ("authors", "Berg; Dahl", "Berg; Dahl"),
        ("title", "The roots of maize", ""),
        ("volume", "12", ""),
        ("pages", "", "3"),
    ]
    assert sides({}, {}) == []
    assert [side.field for side in sides(dict.fromkeys(RECORD_FIELDS, "x"), {})] == list(RECORD_FIELDS)
