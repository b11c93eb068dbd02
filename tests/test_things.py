"""Promises of the kinds of things: whose words they are, and that columns and words find the same ones."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.fields import prepare
from papertwin.data.values import things
from papertwin.data.values.text import fold


def test_every_word_is_of_one_kind_and_stands_as_titles_are_folded():
    """Else it would be found as another thing, or never."""
    said = Counter(word for written in things.KINDS.values() for word in written.replace("|", " ").split())
    assert [word for word, times in said.items() if times > 1] == []
    assert [word for word in said if fold(word) != word] == []


def test_every_thing_has_a_number_in_the_thousand_of_its_kind():
    """The forms of a word have one number, and no two things the same."""
    for kind, written in enumerate(things.KINDS.values(), start=1):
        numbers = [{things.NUMBERS[word] for word in forms.split()} for forms in written.split("|")]
        assert all(len(of_one) == 1 for of_one in numbers)
        assert len(set.union(*numbers)) == len(numbers)
        assert {number // things.PER_KIND for number in set.union(*numbers)} == {kind}


@given(st.lists(st.sampled_from([*things.NUMBERS, "of", "the", "sleep"]), max_size=8))
def test_the_columns_hold_the_things_that_are_named(words):
    """Whole columns are read by the keys of their words, one title by the words."""
    prepared, told = prepare([{"title": f"Of sleep {' '.join(words)}"}]), things.named(words)
    assert prepared.sets("title_things").keys.tolist() == sorted(told)


@pytest.mark.parametrize("written", ["GHANA", "Ghana's", "Ghanaian", "Ghanaians"])
def test_a_thing_is_found_however_it_is_written(written):
    """In capitals, with an ending, as the adjective."""
    assert [*things.named(fold(f"Farming of {written} uplands").split())] == [things.NUMBERS["ghana"]]
