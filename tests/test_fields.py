"""FIELDS and prepare: any value of any type becomes columns, each record by itself."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.data.columns.column import TokenSets, missing
from papertwin.data.fields import FIELDS, RECORD_FIELDS, is_empty, prepare

AWKWARD = [
    "Berg, A. and Dahl, B.", "0a-3", "10.1000/x", "2019-13-45", "Part II", "e166S-90S", "[Maize]", "\ud800", "a\nb",
    "http://example.org/\ud800",
    "http://example.org\n/b", "²", "٣-٤", "王 小明", r"\frac{", "<p", "&#xd800;", "arXiv:1911.03090", "NCT01234567",
    "None", "The of and", "Abstract",
]  # fmt: skip
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(AWKWARD)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
records = st.lists(st.dictionaries(st.sampled_from(RECORD_FIELDS), values), max_size=4)
any_json = settings(max_examples=60)


WHOLE = {
    "id": 7, "authors": ["Berg, Anna", "Dahl, Bo"], "title": "Roots of maize: part II",
    "publication_date": "2019-03-12", "source": "SupportedSources.ARXIV",
    "journal": "Annals of Soil", "volume": 12, "number": "3 Suppl", "pages": "244-58", "doi": "10.1000/abc.1",
    "urls": ["http://arxiv.org/abs/1911.03090v1"],
    "abstract": "We dug up 21 roots of maize and of wheat, weighed them and found them to be heavy.", "versions": [{}],
}  # fmt: skip


def rows(prepared, name):
    """A column as a list of plain values, sets as the sorted keys of each row."""
    column = prepared.columns[name]
    if isinstance(column, TokenSets):
        return [
            None if gone else column.keys[a:b].tolist()
            for gone, a, b in zip(column.missing, column.starts[:-1], column.starts[1:], strict=True)
        ]
    return [
        None if value is None or (isinstance(value, float) and np.isnan(value)) else value for value in column.tolist()
    ]


@any_json
@given(records, records)
def test_no_value_is_refused_and_a_record_is_prepared_by_itself(some, more):
    """Nested, numeric or broken values raise nothing; the rows of a batch are those of its parts, in order."""
    whole, first, second = prepare([*some, *more]), prepare(some), prepare(more)
    for field in FIELDS:
        assert len(whole.columns[field.name]) == len(some) + len(more), field.name
        assert rows(whole, field.name) == rows(first, field.name) + rows(second, field.name), field.name
        assert len(missing(whole.columns[field.name])) == len(whole)
    assert whole.unreadable == first.unreadable + second.unreadable


@pytest.mark.parametrize("name", RECORD_FIELDS)
def test_a_field_that_a_record_lacks_is_one_that_is_none(name):
    """Also beside records that lack no field."""
    lacking = {field: value for field, value in WHOLE.items() if field != name}
    first, second = prepare([WHOLE, lacking]), prepare([WHOLE, lacking | {name: None}])
    for field in FIELDS:
        assert rows(first, field.name) == rows(second, field.name), field.name


@any_json
@given(st.dictionaries(st.sampled_from(RECORD_FIELDS), values))
def test_an_empty_record_has_nothing_to_compare(record):
    """A record that counts as empty has neither title nor authors, date, DOI or abstract."""
    if is_empty(record):
        prepared = prepare([record])
        for name in ("title", "authors", "publication_date", "doi", "abstract", "journal"):
            assert rows(prepared, name) == [None], name


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"title": "None", "authors": ["", None]},
        {"id": 5, "source": "x", "versions": [{}]},
        {"title": " ", "urls": []},
        {"unknown": "x"},
    ],
)
def test_records_without_content(record):
    """An id, a source and spellings of nothing are no content."""
    assert is_empty(record)


@pytest.mark.parametrize("name", [name for name in RECORD_FIELDS if name not in {"id", "source", "versions"}])
def test_one_field_is_content(name):
    """Whichever it is."""
    assert not is_empty({name: WHOLE[name]})


def test_every_field_has_a_name_of_its_own_and_a_meaning():
    """The list is the documentation: a meaning repeats no other but for "the same as a set"."""
    names = [field.name for field in FIELDS]
    assert len(set(names)) == len(names)
    meanings = [field.meaning for field in FIELDS if field.meaning != "the same as a set"]
    assert len(set(meanings)) == len(meanings)
    assert all(field.meaning for field in FIELDS)
    assert set(RECORD_FIELDS) == set(WHOLE)


def test_a_full_record_lacks_no_field_but_these():
    """Every derived field can be made from a record; a record has one kind of each identifier."""
    prepared = prepare([WHOLE | {"type": "thesis"}])
    lacking = {field.name for field in FIELDS if rows(prepared, field.name) == [None]}
    assert lacking <= {
        "versions",
        "edition",  # of an article in a journal
        "review_update",
        "pubmed",
        "pmc",
        "registrations",
        "registration_set",
        "entry_numbers",
        "catalogues",
        "isbns",
        "title_language",
    }


@pytest.mark.parametrize(
    ("record", "counted"),
    [
        ({"title": 5}, {"title": 1}),
        ({"title": {"main": "x"}, "abstract": ["x", "y"]}, {"title": 1, "abstract": 1}),
        ({"title": ["Roots"]}, {}),  # Crossref's lists of one
        ({"title": float("nan"), "authors": float("nan"), "volume": float("nan"), "urls": float("nan")}, {}),
        ({"title": [], "authors": [], "volume": {}, "urls": []}, {}),
        (
            {"authors": 5, "urls": 5, "volume": [1], "publication_date": "in press"},
            {"authors": 1, "urls": 1, "volume": 1, "publication_date": 1},
        ),
        ({"authors": [{"orcid": "0000-0002-1825-0097"}, 7]}, {"authors": 1}),
        ({"authors": ["", None, {}, float("nan")]}, {}),
        ({"volume": 12, "number": 3.0, "publication_date": 2019}, {}),  # numbers are as good as text here
    ],
)
def test_unreadable_values_are_counted_by_field(record, counted):
    """So that the user can be told; what is merely missing is not counted."""
    assert +prepare([record]).unreadable == counted


def test_numbers_are_text():
    """A title 1984 is a title, a volume 12.0 from pandas is 12."""
    prepared = prepare([{"title": 1984, "volume": 12.0, "number": 3, "pages": 7.5}])
    assert [rows(prepared, name) for name in ("title", "volume", "number")] == [["1984"], ["12"], ["3"]]


@pytest.mark.parametrize(
    "text",
    [
        "maize ",
        "<!--",
        "(review ",
        "\\emph{",
        "[see ",
        "& ",
        "10.1000/....",
        "a@",
        "//",
        "II. ",
        "Ã©",
        "B, A.",
        "phd online ",
    ],
)
def test_texts_of_a_hundred_thousand_characters(text):
    """Whatever a field holds, no pattern takes time with the square of its length."""
    long = (text * (100_000 // len(text)))[:100_000] + "x"
    started = time.process_time()
    prepare([{name: [long] if name in {"authors", "urls"} else long for name in RECORD_FIELDS}])
    assert time.process_time() - started < 5


def test_a_lone_surrogate_is_no_obstacle():
    """JSON can hold half a character; it is text like any other, in addresses too."""
    prepared = prepare(
        [{"title": "Roots \ud800 of maize", "urls": ["http://example.org/\ud800"], "authors": ["\ud800"]}]
    )
    assert rows(prepared, "folded_title") == ["roots of maize"]


def test_a_long_abstract_is_compared_by_its_beginning():
    """Full texts count with their first 4,000 characters; a note that there is none is no abstract."""
    prepared = prepare([{"abstract": "maize " * 5000}, {"abstract": "No abstract available"}])
    assert rows(prepared, "abstract_length") == [4000.0, None]
    assert len(rows(prepared, "abstract_head")[0]) == 250
    assert np.isnan(prepared.columns["abstract_length"][1])


@pytest.mark.parametrize(
    "text",
    [
        "An abstract is not available for this content so a preview has been provided. Please use the link above.",
        "There is no abstract available for this article.",
        "Abstract not available; see the full text",
        "In lieu of an abstract, here is a brief excerpt of the content:",
        "(PsycInfo Database Record (c) 2020 APA, all rights reserved)",
        "Includes bibliographical references and index.",
        "Includes bibliographical references (leaves 120-131).",
        "Made available in DSpace on 2014-05-27T11:25:35Z (GMT). No. of bitstreams: 0",
        "Copyright © 2004 The Peat Society. All rights reserved.",
        "info:eu-repo/semantics/nonPublished",
        "Digitised by the library of the university in 2011",
        "This is an open access article under the CC BY-NC-ND license.",
        "LSE has developed LSE Research Online so that users may access research output of the School.",
        "Standard-Nutzungsbedingungen: Die Dokumente auf EconStor, und zwar die dort gewährten Nutzungsrechte.",
    ],
)
def test_what_thousands_of_works_have_in_the_place_of_an_abstract_is_none(text):
    """Two editorials that share it used to be one work."""
    assert rows(prepare([{"title": "Editorial", "abstract": text}]), "abstract_length") == [None]


@pytest.mark.parametrize(
    "before",
    [
        "Abstract: ",
        "International audience; ",
        "In lieu of an abstract, here is a brief excerpt of the content: ",
        "LSE has developed LSE Research Online so that users may read it. Copyright is retained by the authors. You "
        "may distribute the URL of the LSE Research Online website. ",
        "Standard-Nutzungsbedingungen: Die Dokumente auf EconStor dürfen gespeichert werden. Es gelten die gewährten "
        "Nutzungsrechte. Terms of use: Documents may be saved as in the indicated licence. Abstract ",
    ],
)
def test_what_a_source_writes_before_every_abstract_is_left_out(before):
    """HAL's, Project MUSE's, LSE Research Online's and EconStor's words would be common to any two of theirs."""
    text = "We dug up 21 roots of maize and of wheat, weighed them and found them to be heavy."
    one, other = prepare([{"abstract": text}, {"abstract": before + text}]).columns["abstract_head"].tolist()
    assert one == other


@pytest.mark.parametrize(
    "text",
    [
        "Abstracts are not provided by every journal of medicine, which readers in five countries regret, as we found.",
        "Includes of C files are copied by the compiler, which takes a third of its time in large programs.",
        "Copyright law of 1909 reserved all rights to authors who had registered their works before they printed them.",
    ],
)
def test_abstracts_that_begin_like_a_note_are_abstracts(text):
    """The words alone do not tell."""
    assert rows(prepare([{"abstract": text}]), "abstract_length") != [None]


def test_of_a_title_that_is_a_whole_text_the_beginning_is_compared():
    """Letters are compared at the cost of their square: a megabyte would take minutes."""
    prepared = prepare([{"title": "roots of maize " * 70_000}])
    assert len(prepared.columns["folded_title"][0]) <= 2000
