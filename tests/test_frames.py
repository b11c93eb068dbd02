"""Lists of pairs and wide frames become the same two lists of records."""

import numpy as np
import pandas as pd
import pytest

from papertwin import load
from papertwin.data.errors import InputError
from papertwin.data.frames import as_pairs


@pytest.mark.parametrize("marks", [("_1", "_2"), ("_l", "_r"), ("_a", "_b")])
def test_a_wide_frame_is_read_by_its_suffixes(marks):
    """Columns of both sides go to their record, under the fields' names; list cells stay lists."""
    one, two = marks
    frame = pd.DataFrame(
        {
            f"title{one}": ["On twins", "Of bees"],
            f"title{two}": ["On Twins", None],
            f"authors{one}": [["Ann Lee"], np.array(["Bo Ek"])],
            f"authors{two}": ['["Ann Lee"]', np.nan],
        }
    )
    left, right = as_pairs(frame)

    assert left == [{"title": "On twins", "authors": ["Ann Lee"]}, {"title": "Of bees", "authors": ["Bo Ek"]}]
    assert right == [{"title": "On Twins", "authors": ["Ann Lee"]}, {"title": None, "authors": None}]


def test_missing_values_of_any_kind_are_none():
    """NaN, NaT and NA never reach a record; dates become text."""
    frame = pd.DataFrame(
        {
            "title_1": pd.array(["On twins", pd.NA], dtype="string"),
            "title_2": ["On twins", "x"],
            "year_1": [2019.0, np.nan],
            "publication_date_2": pd.to_datetime(["2019-11-08", None]),
        }
    )
    left, right = as_pairs(frame)

    assert left[1]["title"] is None
    assert left[1]["publication_date"] is None
    assert right[1]["publication_date"] is None
    assert right[0]["publication_date"].startswith("2019-11-08")


def test_a_list_keeps_its_order_and_its_records():
    """Records come back as they were given."""
    pairs = [({"title": "a"}, {"title": "b"}), [{"title": "c"}, {}]]

    assert as_pairs(pairs) == ([{"title": "a"}, {"title": "c"}], [{"title": "b"}, {}])
    assert as_pairs([]) == ([], [])


def test_arrays_are_lists():
    """What pandas makes of the lists of a Parquet file counts as a list, in dicts as in frames."""
    (left,), _ = as_pairs([({"title": "a", "authors": np.array(["Berg, A.", "Dahl, B."], dtype=object)}, {})])
    assert left == {"title": "a", "authors": ["Berg, A.", "Dahl, B."]}


def test_values_that_cannot_be_read_are_told():
    """A library call warns as the command does: a date that is none is missing, and a number as title becomes text."""
    pairs = [({"title": 5, "publication_date": "soon"}, {"title": "five"})]
    with pytest.warns(UserWarning, match="title 1, publication_date 1|publication_date 1, title 1"):
        load().predict(pairs)


@pytest.mark.parametrize("pair", [({},), ({}, {}, {}), ({}, None), "ab", {"a": 1, "b": 2}])
def test_what_is_no_pair_is_named_by_its_place(pair):
    """A wrong item says where it stands and what is expected."""
    with pytest.raises(InputError, match=r"pair 1: two records are expected, \(dict, dict\)"):
        as_pairs([({}, {}), pair])


@pytest.mark.parametrize("pairs", ["pairs.csv", {"a": 1}, 5])
def test_what_is_no_list_is_refused(pairs):
    """A path is not read in silence."""
    with pytest.raises(InputError, match=r"a list of \(dict, dict\) or a wide frame"):
        as_pairs(pairs)


@pytest.mark.parametrize("columns", [["name", "age"], ["id_1", "id_2"], [0, 1]])
def test_a_frame_without_records_lists_its_columns(columns):
    """A frame of other columns, or of ids alone, is refused with the columns that it has."""
    with pytest.raises(InputError, match=f"the frame: no pairs in the columns {columns[0]}, {columns[1]}: expected"):
        as_pairs(pd.DataFrame([[1, 2]], columns=columns))
