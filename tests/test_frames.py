"""Lists of pairs and wide frames become the same two lists of records."""

import datetime
import io
import json
import warnings
from typing import get_overloads

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import papertwin
from papertwin import cli, load
from papertwin.data.cases import read_cases
from papertwin.data.errors import InputError
from papertwin.data.fields import RECORD_FIELDS, prepare
from papertwin.data.frames import as_pairs, without_pandas
from papertwin.data.values.parts import PARTS


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


@pytest.mark.parametrize(
    ("pair", "way_out"),
    [
        ((pd.Series({"title": "Foxes"}), {}), r"not \(Series, dict\): to_dict\(\) makes one of a row of a frame$"),
        ({"doc_1": {}, "doc_2": {}, "decision": None}, "not dict: give its doc_1 and doc_2$"),
    ],
)
def test_what_is_nearly_a_pair_is_told_how_to_be_one(pair, way_out):
    """Rows of a frame, and cases that were not read by read_cases, are what people have in a notebook."""
    with pytest.raises(InputError, match=way_out):
        as_pairs([pair])


def test_one_pair_in_place_of_a_list_is_told_how_to_be_one():
    with pytest.raises(InputError, match=r"one pair is a list as well, \[\(first, second\)\]"):
        as_pairs(({"title": "Foxes"}, {"title": "Otters"}))


def test_an_array_of_objects_is_a_list_of_pairs():
    """As numpy holds them, rows of two records each."""
    a, b = {"title": "Foxes"}, {"title": "Otters"}
    assert as_pairs(np.array([[a, b], [b, a]], dtype=object)) == as_pairs([(a, b), (b, a)])
    with pytest.raises(InputError, match="pair 0: two records"):
        as_pairs(np.array([[a, b, b]], dtype=object))


@pytest.mark.parametrize("method", ["predict", "predict_proba", "explain"])
def test_a_warning_names_the_line_that_called(method):
    """Not a line of ours, of which the caller knows nothing."""
    with pytest.warns(UserWarning, match="could not be read") as told:
        getattr(papertwin.load("work"), method)([({"title": "a", "publication_date": "in press"}, {"title": "b"})])
    assert [one.filename for one in told] == [__file__]


def test_a_pair_with_a_record_without_content_is_warned_of():
    """Each pair is answered, as scikit-learn demands; the command rejects such a row."""
    model, fox = papertwin.load("work"), {"title": "Foxes in hay"}
    pairs = [(fox, fox), ({}, {}), (fox, {"id": "f2", "title": " "})]
    with pytest.warns(UserWarning, match="pair 1 and 1 other have a record without content") as told:
        assert len(model.predict(pairs)) == 3
    assert told[0].filename == __file__
    with pytest.warns(UserWarning, match="pair 0 has a record without content: the answer tells nothing of the two"):
        assert model.predict_proba(pairs[1:2]).shape == (1, 2)
    with pytest.warns(UserWarning, match="pair 1 and 1 other have a record without content"):
        assert len(model.explain(pairs)) == 3


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


@pytest.mark.parametrize("columns", [["title", "year"], ["id_1", "id_2"], ["name", "age"]])
def test_a_frame_without_pairs_is_told_what_a_library_user_can_do(columns):
    """Who calls a function has no --records and no command."""
    with pytest.raises(InputError, match="give records to papertwin") as told:
        as_pairs(pd.DataFrame([[1, 2]], columns=columns))
    assert "--" not in str(told.value)
    assert "papertwin dedupe" not in str(told.value)


@pytest.mark.parametrize("call", [as_pairs, papertwin.dedupe])
def test_a_table_of_another_library_is_named_without_its_contents(call):
    """Hard because it has columns as well, which may be values."""
    table = pa.table({"title_1": ["Foxes"], "title_2": ["Otters"]})
    with pytest.raises(InputError, match=r"^a pyarrow\.Table is no pandas frame: .*to_pandas"):
        call(table)
    assert as_pairs(table.to_pandas()) == ([{"title": "Foxes"}], [{"title": "Otters"}])


def test_cases_are_pairs(tmp_path):
    """What read_cases reads goes into a model as it is, whole or in part."""
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps({"doc_1": {"title": "Foxes"}, "doc_2": {"title": "Otters"}, "decision": None}))
    cases = read_cases(file)

    assert as_pairs(cases) == as_pairs(list(cases)) == ([{"title": "Foxes"}], [{"title": "Otters"}])
    assert load().predict_proba(cases).shape == (1, 2)


def test_a_frame_of_labelled_pairs_is_read_as_their_file(tmp_path):
    """Whoever has labels in a notebook need not write them first; a label that is none is named by its row."""
    pair = {"title_1": "Foxes", "year_1": 1999, "title_2": "Foxes", "year_2": None}
    frame = pd.DataFrame([pair | {"duplicate": label} for label in (True, False, None)]).convert_dtypes()
    frame.to_json(tmp_path / "cases.jsonl", orient="records", lines=True)

    cases, of_file = read_cases(frame), read_cases(tmp_path / "cases.jsonl")
    assert [(case.doc_1, case.doc_2, case.label) for case in cases] == [
        (case.doc_1, case.doc_2, case.label) for case in of_file
    ]
    assert [case.label for case in cases] == [True, False, None]
    with pytest.raises(InputError, match="the frame, row 1: 'perhaps so' is no label"):
        read_cases(frame.assign(duplicate=["yes", "perhaps so", "no"]))
    with pytest.raises(InputError, match="the frame: no pairs"):
        read_cases(pd.DataFrame({"moss": [1]}))


def test_keys_that_are_no_fields_are_told_where_a_record_has_no_others():
    """An interface's answer has its record in an object within; a null is no such key."""
    answer = {"status": "ok", "message": {"title": ["Foxes"]}}
    with pytest.warns(UserWarning, match="tells nothing of the two; no key is a field's name among status, message$"):
        load().predict([({"title": "Foxes"}, {"title": None}), (answer, {"title": "Foxes"})])
    with pytest.warns(UserWarning, match="tells nothing of the two$"):
        load().predict([({"title": "Foxes"}, {"title": None, "mood": "good"}), ({}, {})])


@pytest.mark.parametrize("method", ["predict", "predict_proba", "explain"])
def test_columns_of_a_frame_that_say_nothing_are_told(method):
    """As the command tells those of a file: a misspelt name would cost accuracy in silence."""
    frame = pd.DataFrame([{"title_1": "Foxes", "title_2": "Foxes", "writer_1": "A", "writer_2": "B", "year_1": 1999}])
    with pytest.warns(UserWarning, match="^the frame: ") as told:
        getattr(load(), method)(frame)

    assert [str(one.message).split(";")[0] for one in told] == [
        "the frame: not compared, because no field is called so: writer",
        "the frame: year_1 has no partner",
    ]


def test_a_set_is_a_list_in_order():
    """Addresses are often collected in one."""
    assert without_pandas({"urls": {"b", "a"}, "more": [frozenset({2, 1})]}) == {"urls": ["a", "b"], "more": [[1, 2]]}


@pytest.mark.parametrize("kept", [["id"], ["id", "year"]])
def test_the_named_levels_of_an_index_are_columns(kept):
    """After set_index("id") the ids are in the index alone, and are not lost."""
    frame = pd.DataFrame([{"id": "f1", "title": "Foxes", "year": 1999}, {"id": "o1", "title": "Otters", "year": 2001}])
    works = papertwin.dedupe(frame.set_index(kept))

    assert works["id"].tolist() == ["f1", "o1"]
    assert works["publication_date"].astype(str).tolist() == ["1999", "2001"]
    assert papertwin.dedupe(frame.set_index("id", drop=False))["id"].tolist() == ["f1", "o1"]
    pairs = pd.DataFrame([{"title_1": "Foxes", "title_2": "Otters", "doi_1": "10.1000/f", "doi_2": "10.1000/o"}])
    assert as_pairs(pairs.set_index(["doi_1", "doi_2"])) == as_pairs(pairs)
    twice = frame.set_index(["id", "year"]).rename_axis(index=["id", "id"])
    with pytest.raises(InputError, match="the column id is there twice"):
        papertwin.dedupe(twice)


OPENALEX = {
    "id": "https://openalex.org/W1",
    "title": "Water in the cushions of mosses",
    "publication_year": 2011,
    "authorships": [{"author": {"display_name": "Vera Lind"}}, {"author": {"display_name": "Otto Brandt"}}],
    "biblio": {"volume": "33"},
}
PLAIN = {
    "title": "Water in the cushions of mosses",
    "authors": ["Vera Lind", "Otto Brandt"],
    "year": 2011,
    "volume": "33",
}


def test_objects_of_interfaces_are_records_in_pairs_and_cases_and_lists(tmp_path):
    """As in files of them: whoever has asked OpenAlex has its objects, in which nobody is an author by that name."""
    (left,), _ = as_pairs([(OPENALEX, PLAIN)])
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": [{"doc_1": OPENALEX, "doc_2": PLAIN}]}), encoding="utf-8")
    (case,) = read_cases(path)
    (work,) = papertwin.dedupe([OPENALEX, PLAIN], keep="first")

    assert case.doc_1 == left
    assert (left["authors"], left["volume"], left["publication_date"]) == (PLAIN["authors"], "33", "2011")
    assert [work["authors"], len(work["versions"])] == [PLAIN["authors"], 2]


CORE = {"id": 7, "title": "Kelp after the storm", "authors": [{"name": "Holm, Per"}], "yearPublished": 1956}


@pytest.mark.parametrize("framed", [pd.DataFrame, pd.json_normalize])
def test_a_frame_of_the_objects_of_interfaces_is_read_as_their_list(framed):
    """Rows get the keys of all others there, and dots from json_normalize; nobody is an author by "authorships".

    A frame that was stored as CSV has the objects as texts.
    """
    openalex = OPENALEX | {"abstract_inverted_index": {"Mosses": [0], "e.g.": [1], "drink.": [2]}}
    listed = papertwin.dedupe([openalex, CORE])
    works = papertwin.dedupe(framed([openalex, CORE]))
    stored = papertwin.dedupe(pd.read_csv(io.StringIO(framed([openalex, CORE]).to_csv(index=False))))
    fields = ["title", "authors", "publication_date", "source"]

    assert works[fields].to_dict("records") == [{field: work[field] for field in fields} for work in listed]
    assert stored[fields].to_dict("records") == works[fields].to_dict("records")
    assert works.loc[0, "abstract"] == listed[0]["abstract"] == "Mosses e.g. drink."
    assert works.loc[0, "volume"] == "33"


def test_a_frame_of_plain_columns_is_a_table_whatever_one_of_them_is_called():
    """Hard because paperId is a key of Semantic Scholar's objects, in which nothing is called DOI."""
    works = papertwin.dedupe(pd.DataFrame([{"paperId": "p", "title": "Kelp", "Art. No.": "e1", "DOI": "10.1/x"}]))

    assert works.loc[0, "doi"] == "10.1/x"


def test_the_library_reads_a_table_of_a_database_as_the_command_does(tmp_path):
    """Hard because Publish or Perish calls the journal Source, and Embase a whole citation."""
    perish = {"Authors": "I Marsh, B Otter", "Title": "Kelp", "Source": "Algae", "CitesURL": "x", "StartPage": "7"}
    embase = {"Author Names": "Marsh I.,Otter B.", "Title": "Kelp", "Source": "Algae (2019) 3:2 (7)", "PUI": "L1"}
    file, works = tmp_path / "table.csv", tmp_path / "works.jsonl"
    for row in (perish, embase):
        pd.DataFrame([row]).to_csv(file, index=False)
        assert cli.main(["dedupe", str(file), "-o", str(works), "--force"]) == 0
        told = json.loads(works.read_text(encoding="utf-8"))
        for records in (pd.DataFrame([row]).to_dict("records"), pd.DataFrame([row])):
            (work,) = pd.DataFrame(papertwin.dedupe(records)).to_dict("records")
            for field in ("title", "authors", "journal", "source", "pages"):
                assert work.get(field) == told.get(field)
        assert work["journal"] == "Algae"
        assert len(work["authors"]) == 2


@pytest.mark.parametrize("records", [[{"Titel": "Kelp"}] * 2, pd.DataFrame({"Titel": ["Kelp"]}), [{"results": [CORE]}]])
def test_records_without_any_field_are_refused_as_those_of_a_file_are(records):
    """Hard because a page of an interface is an object, too; all that was told was that records had no content."""
    with pytest.raises(InputError, match=r"no field of a record among (Titel|results)"):
        papertwin.dedupe(records)


@pytest.mark.parametrize("call", [as_pairs, papertwin.dedupe])
def test_a_column_that_is_there_twice_is_refused(call):
    """As in a file: one of the two would be taken, and nobody told which."""
    frame = pd.DataFrame([["Foxes", "Foxes", "Otters"]], columns=["title_1", "title_2", "title_1"])
    with pytest.raises(InputError, match="the column title_1 is there twice"):
        call(frame)


def test_a_wide_frame_of_the_objects_of_interfaces_is_read_as_their_pairs():
    """Hard because most columns are of one record alone where the two come from two interfaces.

    A frame that was stored as CSV has the objects as texts.
    """
    pairs = [(OPENALEX, CORE), (OPENALEX, OPENALEX | {"doi": "10.1000/moss"}), (CORE, CORE)]
    rows = [{f"{key}_{side}": pair[side - 1][key] for side in (1, 2) for key in pair[side - 1]} for pair in pairs]

    assert as_pairs(pd.DataFrame(rows[:1]))[0][0]["authors"] == PLAIN["authors"]
    for framed, listed in zip(as_pairs(pd.DataFrame(rows)), as_pairs(pairs), strict=True):
        assert [one | {"original": None} for one in framed] == [one | {"original": None} for one in listed]
    stored = pd.read_csv(io.StringIO(pd.DataFrame(rows).to_csv(index=False)))
    for framed, listed in zip(as_pairs(stored), as_pairs(pairs), strict=True):
        assert [one["authors"] for one in framed] == [one["authors"] for one in listed]


UNTIDY = [
    {"url": "https://example.org/1"},
    [{"url": "https://example.org/1"}],
    ["https://example.org/1", {"url": "https://example.org/1"}, ["a"], None, 2.5],
    [[["a"]]],
    5,
    2.5,
    10**30,
    True,
    b"bytes",
    datetime.date(2019, 3, 5),
    np.float32(1.5),
    np.array([{"a": 1}], dtype=object),
    pd.Series(["a", "b"]),
    pd.DataFrame({"a": [1]}),
]


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("untidy", UNTIDY, ids=repr)
def test_no_untidy_value_ends_a_run(untidy, tmp_path, capsys):
    """Whatever the field, and beside whatever else, as values of Python and in a file."""
    names = [*RECORD_FIELDS, *PARTS, "links", "url", "type", "keywords", "original", "sources"]
    bees = {"title": "Bees in spring", "pmid": "12345678", "doi": "10.1000/bees"}
    records = [bees | {name: untidy} for name in names]
    file = tmp_path / "untidy.json"
    file.write_text(json.dumps([without_pandas(one) for one in records], default=str), encoding="utf-8")

    assert len(load().predict_proba([(one, bees) for one in records])) == len(records)
    assert sum(len(work["versions"]) for work in papertwin.dedupe(records, threshold=1)) == len(records)
    assert cli.main(["dedupe", str(file), "-o", str(tmp_path / "w.ris"), "--jobs", "1"]) == 0
    assert "12345678" in str(as_pairs([({"pmid": "12345678", "urls": untidy}, {})])[0][0]["urls"])


def test_names_that_are_no_text_are_text():
    assert as_pairs([({1: 2}, {"title": "x"})]) == ([{"1": 2}], [{"title": "x"}])


@pytest.mark.parametrize("threshold", [2, -0.1, float("nan"), "high"])
def test_a_threshold_that_is_no_probability_is_refused(threshold):
    with pytest.raises(InputError, match="no number between 0 and 1"):
        papertwin.dedupe([PLAIN], threshold=threshold)


def test_nothing_of_pandas_is_nothing():
    """NA and NaT in a dict are missing, not values that cannot be read."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (left,), _ = as_pairs([(PLAIN | {"doi": pd.NA, "journal": pd.NaT}, PLAIN)])
        load("work").predict([(PLAIN | {"abstract": pd.NA, "journal": pd.NaT}, PLAIN)])
    assert (left["doi"], left["journal"]) == (None, None)


def test_nothing_of_pandas_is_nobody_among_the_authors():
    """NA in a list, or in an object in it, is a missing value as it is elsewhere."""
    authors = [pd.NA, "Berg, A.", {"family": "Dahl", "given": pd.NA}]
    (left,), _ = as_pairs([(PLAIN | {"authors": authors}, PLAIN)])
    (work,) = papertwin.dedupe([PLAIN | {"authors": [pd.NA]}])

    assert left["authors"] == [None, "Berg, A.", {"family": "Dahl", "given": None}]
    assert not work.get("authors")
    assert prepare([PLAIN | {"authors": [pd.NA]}]).unreadable == {}


@pytest.mark.parametrize(("given", "text"), [("Über Füchse".encode(), "Über Füchse"), (b"Caf\xe9", "Café")])
def test_bytes_are_text(given, text):
    """In UTF-8, or else Windows-1252, as files are read; in versions, too, where splitting finds them again."""
    (left,), _ = as_pairs([({"title": given, "authors": [given]}, {})])
    (work,) = papertwin.dedupe([{"title": given}])

    assert left == {"title": text, "authors": [text]}
    assert (work["title"], work["versions"][0]["record"]["title"]) == (text, text)


def test_what_is_no_character_is_told():
    """Half of a surrogate pair cannot be written into a file; a text that spells one out has none."""
    with pytest.warns(UserWarning, match="record 1 and 1 other: half of a surrogate pair is no character"):
        papertwin.dedupe([{"title": "Foxes 🦊"}, {"title": "Foxes \ud800"}, {"title": "Hares", "note": "\udc00"}])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        papertwin.dedupe([{"title": r"Foxes \ud800 🦊"}])


def self_holding():
    held = {}
    held["again"] = [held]
    return held


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (json.loads("[" * 900 + "]" * 900), "nested too deeply, or holds itself"),
        (self_holding(), "nested too deeply, or holds itself"),
        (10**5000, "thousands of digits"),
        ([{"a": 10**5000}], "thousands of digits"),
    ],
    ids=["deep", "itself", "long", "long within"],
)
def test_a_value_that_nobody_can_write_is_named_with_its_record(value, reason):
    record = PLAIN | {"extra": value}
    for call, place in (
        (lambda: papertwin.dedupe([PLAIN, record]), "record 1"),
        (lambda: papertwin.dedupe(pd.DataFrame([PLAIN, record])), "row 1 of the frame"),
        (lambda: load().predict([(PLAIN, PLAIN), (PLAIN, record)]), "pair 1"),
    ):
        with pytest.raises(InputError, match=f"{place}: a (value|number) in it .*{reason}.*: leave it out"):
            call()


@pytest.mark.parametrize("options", [{"jobs": jobs} for jobs in ("a", 0, -1, 1.5, True, None)])
def test_a_number_of_jobs_that_is_none_is_refused(options):
    with pytest.raises(InputError, match="a whole number from 1 on, not"):
        papertwin.dedupe([PLAIN], **options)


@pytest.mark.parametrize("labels", [[5], 5, [None], b"labels.csv", {"labels.csv"}, pd.Series(["DUPLICATES"])])
def test_labels_that_are_no_files_are_refused(labels):
    with pytest.raises(InputError, match="labels are the path of a file of labelled cases, a frame of such, or a list"):
        papertwin.dedupe([PLAIN], labels=labels)


def test_what_is_no_path_of_cases_is_refused():
    with pytest.raises(InputError, match="the path of a file of labelled pairs, or a frame, is expected, not int"):
        papertwin.read_cases(5)


@pytest.mark.parametrize("keep", ["best", 5, ["first"]])
def test_a_rule_that_is_none_is_refused(keep):
    with pytest.raises(InputError, match="keep is one of"):
        papertwin.dedupe([PLAIN], keep=keep)


def test_the_typed_forms_of_dedupe_name_all_its_options():
    """Type checkers read the forms, and refuse an option that is missing there."""
    from inspect import signature

    from papertwin.works.library import Options

    forms = get_overloads(papertwin.dedupe)
    assert len(forms) == 4
    assert {"records", "return_doubtful", *Options.__annotations__} == signature(papertwin.dedupe).parameters.keys()
