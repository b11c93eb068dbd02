"""JSON of any making: which objects are records, and which hold them."""

import json

import pytest

from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.records import RECORD_KEYS
from samples import FOX, TITLE, titles
from samples.objects import OBJECTS, S2


def test_a_record_with_an_object_of_its_own_is_no_wrapper(opened):
    """Interfaces put rows under "data" and "result"; a record that is titled in any way has such a field."""
    records = [{"display_name": TITLE, "data": {"pages": 7}}, {"Article Title": TITLE, "result": {"hit": 3}}]
    _, found, rejects, _ = opened("\n".join(map(json.dumps, records)), "a.jsonl")

    assert (titles(found), rejects) == ([TITLE, TITLE], [])
    assert titles(opened(json.dumps(records[:1]))[1]) == [TITLE]


@pytest.mark.parametrize(
    "record",
    [
        {"data": {"pages": 7}, "title": TITLE},  # the title stands behind
        {"result": {"title": "Inner"}, "title": TITLE},
        {"data": {"pages": 7}, "id": "1", "doi": "10.5555/fox.19"},  # no title at all
    ],
)
def test_what_stands_behind_an_object_tells_whether_it_is_a_wrapper(opened, record):
    """Alone, on lines and in a list; only where nothing of a record stands beside it is the object unwrapped."""
    for written in (json.dumps(record, indent=1), "\n".join([json.dumps(record)] * 2), json.dumps([record])):
        _, found, rejects, _ = opened(written)
        assert ({tuple(one) for one in found}, rejects) == ({tuple(record)}, [])


def test_damaged_lines_of_json_are_set_aside(opened):
    _, records, rejects, _ = opened(f'{json.dumps(S2)}\n{{"paperId": \n[1]\n{json.dumps(S2)}\n', "a.jsonl")

    assert titles(records) == [TITLE, TITLE]
    assert [reject.place for reject in rejects] == [2, 3]


@pytest.mark.parametrize("key", ["References", "collection"])
def test_a_record_that_holds_other_records_is_one_record(opened, key):
    """What it cites is not read in its place, in a list or a line each."""
    record = {"title": "A", key: [{"title": "B"}, {"title": "C"}]}

    for text in (json.dumps([record, record]), f"{json.dumps(record)}\n" * 2):
        assert [one["title"] for one in opened(text)[1]] == ["A", "A"]


@pytest.mark.parametrize("key", RECORD_KEYS)
@pytest.mark.parametrize("value", [["moss", "fern"], [["moss"], 3], [], [{"count": 3}], {"count": 3}])
def test_a_record_may_have_a_field_that_is_named_like_a_list_of_records(opened, key, value):
    """Wherever it stands, and where no suffix says that a line is a record.

    Objects (or nothing) under such a name before the title, in an object over several lines, are the one thing that
    cannot be told while reading: that is how a document of records begins.
    """
    plain = isinstance(value, list) and value and not isinstance(value[0], dict)
    for place, indent in [(0, None), (1, None), (2, None), (1, 1), (2, 1), *([(0, 1)] if plain else [])]:
        fields = [("title", "Foxes of the lower valley"), ("authors", ["Io Marsh"])]
        fields.insert(place, (key, value))
        rows = [dict(fields), {"title": "Kelp forests after the storm"}]
        _, records, rejects, notes = opened("\n".join(json.dumps(row, indent=indent) for row in rows), "a.json")

        assert (records, rejects, notes) == (rows, [], [])


@pytest.mark.parametrize("rows", [1, 3, 600])
def test_a_frame_that_pandas_wrote_as_json_is_its_rows(opened, rows):
    """Its to_json writes an object of columns, each an object by the number of the row, which need not begin at 0."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"title": [f"{TITLE} {n}" for n in range(rows)], "abstract": "long " * 500, "year": 2019})
    _, records, rejects, notes = opened(frame.iloc[int(rows > 1) :].to_json(), "a.json")

    assert titles(records) == list(frame["title"][int(rows > 1) :])
    assert (records[0]["publication_date"], rejects, notes) == ("2019", [], [])


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("form", ["OpenAlex", "Crossref", "Semantic Scholar", "Lens", "ours"])
def test_records_under_their_ids_are_records(opened, form, indent):
    """As programs keep what they have asked for, by DOI or by number."""
    one = (OBJECTS | {"ours": FOX}).get(form)
    page = {"10.5555/fox.19": one, "31234567": one, "3": one}
    whole = opened(json.dumps([one] * 3))[1]

    found = opened(json.dumps(page, indent=indent), "page.json")[1:]

    fields = [name for name in RECORD_FIELDS if name != "id"]
    assert [[record.get(name) for name in fields] for record in found[0]] == [
        [record.get(name) for name in fields] for record in whole
    ]
    assert found[1:] == ([], [])


def test_a_record_without_an_id_has_the_key_under_which_it_stands(opened):
    page = {"fox-1": {"title": "Foxes"}, "fox-2": {"title": "Bees", "id": 7}, "fox-3": {"doi": "10.5555/1"}}

    assert [record.get("id") for record in opened(json.dumps(page))[1]] == ["fox-1", 7, None]


@pytest.mark.parametrize("page", [{"W1": None, "W2": FOX}, {"W1": FOX, "W2": None}, {"W1": None, "W2": FOX, "W3": FOX}])
def test_null_under_an_id_is_a_record_that_was_not_found(opened, page):
    _, records, rejects, notes = opened(json.dumps(page))

    assert (titles(records), rejects) == ([TITLE] * (len(page) - 1), [])
    assert [note.partition(": ")[2] for note in notes] == ["1 null left out"]


@pytest.mark.parametrize("key", ["papers", "articles", "found today"])
@pytest.mark.parametrize("beside", [{"query": "fox", "date": "2019-03-05"}, {"n": 2}])
def test_a_list_of_records_with_single_values_beside_it_is_one_under_any_key(opened, key, beside):
    """The date is that of the search, and no record's."""
    for page in ({**beside, key: [S2, FOX]}, {key: [S2, FOX], **beside}):
        _, records, rejects, notes = opened(json.dumps(page), "page.json")

        assert (titles(records), rejects) == ([TITLE, TITLE], [])
        left = [f"page.json: beside its rows the file holds {name}: left out" for name in beside if name == "date"]
        assert [note.rpartition("/")[2] for note in notes] == left


@pytest.mark.parametrize(
    "record",
    [
        {"doi": "10.5555/fox.19", "cites": [{"title": "Bees"}]},
        {"title": "Foxes", "cites": [{"title": "Bees"}]},
        {"authors": [{"name": "Io Marsh", "title": "Dr"}], "year": 2019},
        {"title": "Foxes", "2019": {"title": "Bees"}},
    ],
)
def test_a_record_with_a_list_of_its_own_is_one_record(opened, record):
    """What it cites is no record of the file, and who wrote it is none at all."""
    assert len(opened(json.dumps(record))[1]) == 1


def test_a_record_whose_fields_are_objects_is_no_frame(opened):
    """Some interfaces have titles and abstracts by language, whose names are no numbers of rows."""
    _, records, _, _ = opened(json.dumps({"title": {"en": "Foxes"}, "abstract": {"en": "We count."}}), "a.json")

    assert [record["title"] for record in records] == [{"en": "Foxes"}]


def test_a_titled_document_still_holds_its_records(opened):
    document = {"title": "My library", "records": [{"title": "Foxes"}, {"title": "Kelp"}]}

    assert titles(opened(json.dumps(document), "a.json")[1]) == ["Foxes", "Kelp"]
