"""Every form of pair file gives the same pairs, in order, with their places; what cannot be read is told by row."""

import csv
import gzip
import html
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.cases import read_cases, settled
from papertwin.data.errors import InputError
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files import json_rows
from papertwin.data.files.field_names import OTHER_NAMES, as_record, field_of
from papertwin.data.files.json_rows import json_documents
from papertwin.data.files.rows import Reject, Row, batches, decode
from papertwin.data.files.sides import MARKS
from papertwin.data.labels import label_of, read_label
from papertwin.data.pairs import open_pairs
from papertwin.data.records import open_records

HARE = {
    "authors": ["Ada Quill", "Bo Ferrer"],
    "title": 'Hares & tortoises: <i>pace</i>, "grit" and sleep',
    "publication_date": "2020-03-01",
    "doi": "",
    "urls": ["https://example.org/hare"],
    "id": "h1",
    "abstract": "We race.\nTwice.",
    "versions": [],
}
HARE_AGAIN = HARE | {"title": "Hares and tortoises", "id": "h2", "authors": ["A. Quill"], "abstract": ""}
OWL = HARE | {"title": "夜の森のフクロウ", "id": "o1", "authors": [], "urls": []}
CASES = [
    {"doc_1": HARE, "doc_2": HARE_AGAIN, "decision": "DUPLICATES", "id": 7},
    {"doc_1": HARE, "doc_2": OWL, "decision": "NOT DUPLICATES", "id": 8},
    {"doc_1": OWL, "doc_2": HARE_AGAIN, "decision": None, "id": 9},
]


def wide(left="", left_end="_1", right="", right_end="_2", cases=CASES):
    """The cases as flat rows, with marks before or behind the fields' names."""
    return [
        {f"{left}{name}{left_end}": value for name, value in case["doc_1"].items()}
        | {f"{right}{name}{right_end}": value for name, value in case["doc_2"].items()}
        | {"decision": case["decision"]}
        for case in cases
    ]


def delimited(rows, delimiter=","):
    """The rows as CSV, lists as JSON."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(rows[0])
    writer.writerows([json.dumps(cell) if isinstance(cell, list) else cell for cell in row.values()] for row in rows)
    return text.getvalue()


def rendered(value):
    """The value as json2html renders it."""
    if isinstance(value, dict):
        return (
            "<table border='1'><tr>"
            + "</tr><tr>".join(f"<th>{k}</th><td>{rendered(v)}</td>" for k, v in value.items())
            + "</tr></table>"
        )
    if isinstance(value, list) and value and isinstance(value[0], dict):
        head = "".join(f"<th>{name}</th>" for name in value[0])
        rows = "".join(
            "<tr>" + "".join(f"<td>{rendered(cell)}</td>" for cell in row.values()) + "</tr>" for row in value
        )
        return f"<table border='1'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if isinstance(value, list):
        return "<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in value) + "</ul>" if value else ""
    return html.escape(str(value))


def copied(cases):
    """The rendered table as it is copied to tab-separated text."""
    lines = ["", "", "cases\tdoc_1\t\tdoc_2\t\t\t\tdecision\tid"]
    for case in cases:
        lines.append("\t" * 7 + f"{case['decision']}\t{case['id']}")
        for document in ("doc_1", "doc_2"):
            for name, found in case[document].items():
                value = found
                if isinstance(found, list):
                    items = "".join(f"<li>{html.escape(item)}</li>" for item in found)
                    value = f'<ul style="list-style-type: none">{items}</ul>' if found else ""
                tabs = 2 if (document, name) == ("doc_2", "versions") else 3
                lines.append("\t" * tabs + f"{name}\t{value}" + "\t" * 4)
    return "\n".join(lines) + "\n"


def parquet(rows):
    """The rows as a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


FILES = {  # name: content
    "cases.json": json.dumps({"cases": CASES}),
    "pretty.json": json.dumps({"cases": CASES, "request": 4}, indent=2),
    "list.json": json.dumps(CASES),
    "a_case_a_line.json": '{"cases": [\n' + ",\n".join(map(json.dumps, CASES)) + "\n]}",
    "objects.json": "\n".join(json.dumps(case, indent=1) for case in CASES),
    "cases.jsonl": "\n\n".join(map(json.dumps, CASES)) + "\n",
    "misnamed.csv": "\n".join(map(json.dumps, CASES)),
    "page.html": f"<html><body><h1>Cases</h1>{rendered({'cases': CASES})}</body></html>",
    "unclubbed.html": "<table><tr><th>cases</th><td><ul>"
    + "".join(f"<li>{rendered(case)}</li>" for case in CASES)
    + "</ul></td></tr></table>",
    "copied.tsv": copied(CASES),
    "wide.csv": delimited(wide()),
    "frame.json": json.dumps({name: {str(n): row.get(name) for n, row in enumerate(wide())} for name in wide()[0]}),
    "semicolon.csv": delimited(wide(), ";"),
    "bar.csv": delimited(wide(), "|"),
    "wide.tsv": delimited(wide(), "\t"),
    "no_suffix": delimited(wide("l_", "", "r_", "")),
    "wide.jsonl": "\n".join(map(json.dumps, wide("", "_a", "", "_b"))),
    "wide.parquet": parquet(wide()),
    "nested.parquet": parquet(CASES),
}


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", FILES)
def test_every_form_gives_the_same_cases(tmp_path, name, packed):
    """Titles, authors, labels and order are the same in every form, packed or not."""
    path = write(tmp_path / name, FILES[name])
    if packed:
        path.write_bytes(gzip.compress(path.read_bytes()))
    cases = read_cases(path)

    assert cases.rejects == []
    assert repr(cases) == f"<Cases of {path}: 2 labelled of 3>"  # as a notebook shows them
    assert [case.label for case in cases] == [True, False, None]
    for case, expected in zip(cases, CASES, strict=True):
        for document in ("doc_1", "doc_2"):
            found = getattr(case, document)
            for field in ("title", "id", "publication_date"):
                assert expected[document][field] == found[field]
            for field in ("authors", "urls"):
                assert (expected[document][field] or "") == (found[field] or "")
            assert expected[document]["abstract"].split() == found["abstract"].split()


@pytest.mark.parametrize("spacing", "_ .-")
@pytest.mark.parametrize("marks", MARKS)
def test_columns_are_paired_by_prefix_or_suffix(tmp_path, marks, spacing):
    """All ways to mark the two records are understood, in any case of letters: title_1, Title A, title.x ..."""
    path = write(tmp_path / "a.csv", delimited(wide(*(mark.upper().replace("_", spacing) for mark in marks))))

    assert [HARE["title"], HARE["title"], OWL["title"]] == [case.doc_1["title"] for case in read_cases(path)]


@pytest.mark.parametrize(
    "marks", [("paper1.", "", "paper2.", ""), ("", " doc1", "", " doc2"), ("Record A ", "", "Record B ", "")]
)
def test_the_marks_of_columns_may_have_a_word_with_them(tmp_path, marks):
    """What a record is to their author: paper1_title, title_doc1, Record A title."""
    path = write(tmp_path / "a.csv", delimited(wide(*marks)))

    assert [HARE["title"], HARE["title"], OWL["title"]] == [case.doc_1["title"] for case in read_cases(path)]


def test_columns_of_the_right_record_alone_may_be_marked(tmp_path):
    """As polars joins two frames: title beside title_right."""
    rows = wide(left_end="", right_end="_right")
    cases = read_cases(write(tmp_path / "a.csv", delimited(rows)))

    assert [(case.doc_1, case.doc_2) for case in cases] == [(case["doc_1"], case["doc_2"]) for case in CASES]


@pytest.mark.parametrize("columns", ["author1,author2", "first_author,second_author", "author 1,author 2"])
def test_two_authors_beside_one_title_are_no_pair(tmp_path, columns):
    """A table of records may have a column for each author."""
    path = write(tmp_path / "a.csv", f"title,{columns}\nHasen,A Berg,B Tal\n")

    assert [decode(row.raw)["title"] for row in open_records(path).rows] == ["Hasen"]
    with pytest.raises(InputError, match="these are records, one a row"):
        open_pairs(path)


def test_one_title_beside_two_records_is_a_column_of_the_pair(tmp_path):
    """Refused are only two authors without two ids; authors alone tell no pair, so beside ids the records are asked."""
    path = write(tmp_path / "a.csv", "id_1,id_2,doi_1,doi_2,title\n1,2,10.1000/a,10.1000/b,Hasen\n")
    (case,) = read_cases(path)
    assert (case.doc_1["doi"], case.doc_2["doi"]) == ("10.1000/a", "10.1000/b")

    path = write(tmp_path / "b.csv", "id_1,id_2,authors_1,authors_2,title\nh1,o1,A Berg,B Tal,Hasen\n")
    with pytest.raises(InputError, match="the pairs are ids"):
        open_pairs(path)
    known = write(tmp_path / "known.jsonl", "\n".join(map(json.dumps, (HARE, OWL))))
    (case,) = read_cases(path, known)
    assert (case.doc_1["title"], case.doc_2["title"]) == (HARE["title"], OWL["title"])


def test_other_names_of_fields_are_understood():
    """A column is a field under the field's own name and under each other name, whatever its case and hyphens."""
    for field in RECORD_FIELDS:
        assert field_of(field) == (field, 0)
    for field, names in OTHER_NAMES.items():
        assert field in RECORD_FIELDS
        for name in names:
            assert field_of(name.title().replace(" ", "-"))[0] == field


def test_a_pubmed_number_in_a_column_of_its_own_is_compared(tmp_path):
    """Two PubMed numbers beside one title are seen, in a table of pairs and in cases."""
    case = {
        "doc_1": {"title": "Editorial", "pmid": "30123456"},
        "doc_2": {"title": "Editorial", "pmid": "30999999", "first_page": "4"},
        "decision": "NOT DUPLICATES",
    }
    table = write(tmp_path / "a.csv", delimited(wide(cases=[case])))
    for path in (table, write(tmp_path / "a.json", json.dumps([case]))):
        (read,) = read_cases(path)
        assert read.doc_1["urls"] == ["https://pubmed.ncbi.nlm.nih.gov/30123456/"]
        assert read.doc_2["urls"] == ["https://pubmed.ncbi.nlm.nih.gov/30999999/"]
        assert read.doc_2["pages"] == "4"


@pytest.mark.parametrize("text", [json.dumps, str])
def test_a_table_may_hold_whole_records_as_text(tmp_path, text):
    """What a frame of records is saved as in CSV, as JSON or as Python writes it, is read; other text is rejected."""
    rows = [{name: text(case[name]) for name in ("doc_1", "doc_2")} for case in CASES[:1]]
    cases = read_cases(write(tmp_path / "a.csv", delimited([*rows, {"doc_1": "{1", "doc_2": "{}"}])))

    assert [(case.doc_1, case.doc_2) for case in cases] == [(CASES[0]["doc_1"], CASES[0]["doc_2"])]
    assert [reject.reason for reject in cases.rejects] == ["its doc_1 is not a record with named fields"]


def test_nothing_as_pandas_writes_it_is_nothing_in_a_record_that_python_wrote(tmp_path):
    """A frame of dictionaries that is saved as CSV has `nan` where nothing is known; words stay what they are."""
    docs = "{'title': 'On nan, a bread', 'doi': nan, 'year': 2001.0}", "{'title': 'Owls', 'authors': ['A Berg', nan]}"
    (case,) = read_cases(write(tmp_path / "a.csv", delimited([dict(zip(("doc_1", "doc_2"), docs, strict=True))])))

    assert (case.doc_1["title"], case.doc_1["doi"]) == ("On nan, a bread", None)
    assert case.doc_2["authors"] == ["A Berg", None]


@pytest.mark.parametrize(
    "cell", ['["Ann Lee", "Bo Ek"]', "['Ann Lee', 'Bo Ek']", "['Ann Lee' 'Bo Ek']", "['Ann Lee'\n 'Bo Ek']"]
)
def test_a_list_in_a_cell_is_read_however_it_was_saved(tmp_path, cell):
    """As JSON, as Python writes a list, and as numpy writes an array, without commas."""
    path = write(
        tmp_path / "a.csv", delimited([{"title_1": "A", "title_2": "B", "authors_1": cell, "authors_2": "[Anonymous]"}])
    )
    (case,) = read_cases(path)

    assert case.doc_1["authors"] == ["Ann Lee", "Bo Ek"]
    assert case.doc_2["authors"] == "[Anonymous]"


def test_paired_columns_that_are_no_field_are_named(tmp_path):
    """A title under a foreign name would be missed in silence: the note says which columns are not compared."""
    notes = []
    path = write(tmp_path / "a.csv", "titel_1,titel_2,year_1,year_2,label\nHasen,Hasen,2001,2001,1\n")
    list(open_pairs(path, note=notes.append).batches())

    assert len(notes) == 1
    assert "titel" in notes[0]
    assert "year" not in notes[0]
    assert "label" not in notes[0]


def test_two_records_in_a_list_a_line_are_a_pair(tmp_path):
    """Whoever writes a pair of dictionaries a line need not name them; another list is rejected."""
    lines = [json.dumps(row) for row in ([HARE, OWL], [OWL, HARE], [HARE])]
    cases = read_cases(write(tmp_path / "a.jsonl", "\n".join(lines)))

    assert [(case.doc_1["title"], case.doc_2["title"]) for case in cases] == [
        (HARE["title"], OWL["title"]), (OWL["title"], HARE["title"]),
    ]  # fmt: skip
    assert [reject.place for reject in cases.rejects] == [3]


def test_two_records_in_a_list_are_a_pair(tmp_path):
    """What the library takes is read from a file, too; an item of another length is rejected, and pages stay pages."""
    pair = [CASES[0]["doc_1"], CASES[0]["doc_2"]]
    read = read_cases(write(tmp_path / "a.json", json.dumps([pair, pair[:1], pair])))
    pages = read_cases(write(tmp_path / "b.json", json.dumps([CASES[:2], CASES[:2]])))

    assert [(case.doc_1, case.doc_2) for case in read] == [tuple(pair)] * 2
    assert [reject.place for reject in read.rejects] == [2]
    assert len(pages) == 4


def test_what_stands_beside_cases_is_told_of(tmp_path):
    """By whatever name: what an interface calls its own is a person's there."""
    notes = []
    text = json.dumps({"meta": {"by": "Ann"}, "cases": CASES, "query": "foxes"})
    list(open_pairs(write(tmp_path / "a.json", text), note=notes.append).batches())

    assert [note.partition(": ")[2] for note in notes] == ["beside its rows the file holds meta, query: left out"]


def test_columns_of_an_interface_that_are_compared_are_not_told_of(tmp_path):
    """OpenAlex's authors and abstract are read from the objects in a table's cells, as predict writes them."""
    people, words = '[{"author": {"display_name": "Io Marsh"}}]', '{"Hares": [0], "sleep.": [1]}'
    work = {"title": "Hares", "authorships": people, "abstract_inverted_index": words, "cited_by_count": "3"}
    row = {f"{name}_{side}": value for side in "12" for name, value in work.items()}
    notes = []
    (case,) = read_cases(write(tmp_path / "a.csv", delimited([row])))
    list(open_pairs(tmp_path / "a.csv", note=notes.append).batches())

    assert (case.doc_1["authors"], case.doc_1["abstract"]) == (["Io Marsh"], "Hares sleep.")
    assert len(notes) == 1
    assert "called so: cited_by_count;" in notes[0]


def test_the_most_exact_column_of_a_field_counts():
    """A date beats a year, unless the date is missing; unknown fields keep their names."""
    assert as_record({"Year": 2020, "date": "2020-01-05", "shelf": 3}) == {"publication_date": "2020-01-05", "shelf": 3}
    assert as_record({"date": "None", "year": 2020}) == {"publication_date": 2020}
    assert as_record({"title": "A", "paper title": "B"}) == {"title": "A"}


def test_parts_of_fields_are_put_together_in_pairs_as_in_records():
    """PubMed numbers, first and last pages and months in names of their own are compared, in cases and in tables.

    A table with gaps writes whole numbers as 30123456.0, and what is missing on one side makes nothing.
    """
    given = {"title": "A", "year": 2019, "month": 3.0, "PMID": "30123456.0", "start page": 12, "end_page": 19.0}
    made = {"publication_date": "2019-03", "pages": "12-19", "urls": ["https://pubmed.ncbi.nlm.nih.gov/30123456/"]}

    assert {field: as_record(given)[field] for field in ("title", *made)} == {"title": "A", **made}
    assert (
        as_record({"pages": "1-9", "first_page": 4, "urls": "http://a.example/1", "pmcid": "PMC123456"}).items()
        >= {
            "pages": "1-9",
            "urls": ["http://a.example/1", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/"],
        }.items()
    )
    assert as_record({"pmid": None, "first_page": ""}) == {"pmid": None, "first_page": ""}


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "parquet"])
def test_id_pairs_find_their_records(tmp_path, form):
    """Ids are compared as text with those of a records file in any form; the n-th without id is <file>:<n>."""
    nameless = {name: value for name, value in OWL.items() if name != "id"}
    records = [HARE | {"id": 5}, HARE_AGAIN | {"id": "x,2"}]
    path = tmp_path / f"records.{form}"
    if form == "jsonl":
        write(path, "\n".join(map(json.dumps, [*records, nameless])))
    elif form == "json":
        write(path, json.dumps({"records": [*records, nameless]}))
    elif form == "csv":
        write(path, delimited([*records, OWL | {"id": ""}]))
    else:
        write(path, parquet([record | {"id": str(record["id"])} for record in records] + [OWL | {"id": None}]))
    pairs = write(tmp_path / "pairs.csv", f'id_1,id_2,label\n5,"x,2",1\n5,records.{form}:3,0\n')
    cases = read_cases(pairs, path)

    assert cases.rejects == []
    assert [(HARE["title"], HARE_AGAIN["title"], True), (HARE["title"], OWL["title"], False)] == [
        (case.doc_1["title"], case.doc_2["title"], case.label) for case in cases
    ]
    assert cases[0].doc_1["authors"] == ["Ada Quill", "Bo Ferrer"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(
    items=st.lists(st.dictionaries(st.text(max_size=4), VALUES, max_size=4), max_size=5),
    before=st.dictionaries(st.text(max_size=4), VALUES, max_size=2),
    after=VALUES,
    indent=st.sampled_from([None, 1]),
    chunk=st.integers(1, 40),
)
def test_documents_are_read_piece_by_piece(items, before, after, indent, chunk):
    """Wherever the pieces of a document end, its cases come out whole, whatever stands beside them."""
    text = json.dumps(before | {"cases": items, "after": after}, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_rows, "CHUNK", chunk)
        rows = list(json_documents(io.BufferedReader(io.BytesIO(text.encode())), "a", lambda _: None))

    assert items == [json.loads(row.raw) for row in rows]
    assert list(range(1, len(items) + 1)) == [row.place for row in rows]


def test_a_document_is_not_held_whole():
    """Of a document of many cases only one chunk is read before the first case is out."""
    source = io.BytesIO(json.dumps({"cases": CASES * 5000}).encode())
    rows = json_documents(io.BufferedReader(source), "a", lambda _: None)
    next(rows)

    assert source.tell() < len(source.getvalue()) / 2


@given(size=st.integers(1, 500))
def test_batches_keep_every_row_in_order(tmp_path_factory, size):
    """Batches of any size hold all rows once, in order, with the lines' numbers."""
    path = write(
        tmp_path_factory.getbasetemp() / "batches.jsonl",
        "\n".join(json.dumps({"doc_1": {}, "doc_2": {}, "n": n}) for n in range(20)),
    )
    rows = [row for batch in batches(open_pairs(path).rows, size) for row in batch.rows]

    assert list(range(1, 21)) == [row.place for row in rows]
    assert list(range(20)) == [decode(row.raw)["n"] for row in rows]


WHOLE = ["left,right", "record_1,record_2", "paper_a,paper_b", "Doc 1,Doc 2", "l,r", "source,target", "entity1,entity2"]


@pytest.mark.parametrize("names", WHOLE)
@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "parquet"])
def test_whole_records_are_read_under_the_marks_of_columns_too(names, form, tmp_path):
    """Objects of JSON, structs, or text in the cells of a table; as cases they are written under doc_1 and doc_2."""
    left, right = names.split(",")
    rows = [{left: HARE, right: OWL, "label": 0}, {left: HARE, right: HARE, "label": 1}]
    path = tmp_path / f"pairs.{form}"
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif form == "csv":
        write(path, delimited([{name: json.dumps(cell) for name, cell in row.items()} for row in rows]))
    else:
        path.write_text(json.dumps({"pairs": rows}) if form == "json" else "\n".join(map(json.dumps, rows)))
    cases = read_cases(path)

    assert [(case.doc_1, case.doc_2, case.label) for case in cases] == [(HARE, OWL, False), (HARE, HARE, True)]
    assert not cases.rejects
    assert list(decode(cases[0].laid_out("nested", {}))) == ["doc_1", "doc_2", "label"]
    assert decode(cases[0].laid_out("flat", {}))["title_2"] == OWL["title"]


def test_objects_beside_paired_fields_are_fields(tmp_path):
    """A journal that is an object is no record, and columns called so that hold no objects are no records either."""
    row = {"title_1": "A hare", "title_2": "An owl", "journal_1": {"name": "X"}, "journal_2": {"name": "Y"}}
    path = write(tmp_path / "wide.jsonl", json.dumps(row))
    assert read_cases(path)[0].doc_1["title"] == "A hare"
    with pytest.raises(InputError, match="no pairs in the columns left, right"):
        read_cases(write(tmp_path / "texts.csv", "left,right\nA hare,An owl\n"))


def test_objects_without_a_field_of_a_record_are_no_records(tmp_path):
    """Beside ids a tool may keep what it has measured of either side."""
    row = {"id_1": "L", "id_2": "R", "features_1": {"words": 4}, "features_2": {"words": 5}}
    library = write(tmp_path / "library.csv", "id,title\nL,A hare\nR,An owl\n")
    (case,) = read_cases(write(tmp_path / "ids.jsonl", json.dumps(row)), library)

    assert (case.doc_1["title"], case.doc_2["title"]) == ("A hare", "An owl")


def test_the_records_of_ids_may_be_in_several_files(tmp_path):
    """Each with the other's records: an id that both have names no record, whichever file comes last."""
    left = write(tmp_path / "left.jsonl", json.dumps(HARE | {"id": "L"}) + "\n" + json.dumps(OWL | {"id": ""}))
    right = write(tmp_path / "right.csv", "id,title\nR,A hare\n,An owl\n")
    pairs = write(tmp_path / "pairs.csv", "id_1,id_2\nL,R\nright.csv:2,left.jsonl:2\nL,Q\n")
    cases = read_cases(pairs, [left, right])

    assert [case.doc_2["title"] for case in cases] == ["A hare", OWL["title"]]
    assert [reject.reason for reject in cases.rejects] == [f"the id Q is not in {left} or {right}"]
    twice = read_cases(pairs, [left, right, write(tmp_path / "twice.csv", "id,title\nL,Another\n")])
    assert [reject.place for reject in twice.rejects] == [2, 4]
    assert "twice.csv, line 2: the id L appears twice in these files" in twice.rejects[0].reason
    assert twice.rejects[0].reason.endswith(": make the ids unique, such as AL and BL")


@pytest.fixture
def tables(tmp_path):
    """Two tables, each of which numbers its records from 0, and all the files of records that a test gives."""
    left = write(tmp_path / "tableA.csv", "id,title\n0,A hare\n1,An owl\n2,A fox\n")
    right = write(tmp_path / "tableB.csv", "id,title\n0,The owl\n1,The hare\n3,The fox\n")
    return [left, right]


@pytest.mark.parametrize("columns", ["ltable_id,rtable_id", "left_id,right_id", "id_1,id_2", "idA,idB"])
def test_each_side_is_looked_up_in_its_file_where_two_files_share_ids(columns, tables, tmp_path):
    """As Magellan and DeepMatcher lay out their tables; ids that one file alone has are of its side, too."""
    pairs = write(tmp_path / "pairs.csv", f"{columns},label\n0,1,1\n2,3,1\n1,1,0\n3,0,0\n")
    left, right = columns.split(",")
    told = []
    cases = read_cases(pairs, tables, note=told.append)

    titles = [(case.doc_1["title"], case.doc_2["title"]) for case in cases]
    assert titles == [("A hare", "The hare"), ("A fox", "The fox"), ("An owl", "The hare")]
    assert [reject.reason for reject in cases.rejects] == [
        f"the id 3 is not in {tables[0]}, in which {left} is looked up"
    ]
    assert told == [
        "tableA.csv and tableB.csv have unlike records of one id, 0 for one: "
        f"{left} is looked up in tableA.csv, {right} in tableB.csv"
    ]


def test_ids_that_two_files_do_not_share_are_looked_up_in_both(tables, tmp_path):
    """Whichever side they are on; the same record in both files is one."""
    write(tmp_path / "tableB.csv", "id,title\n3,The owl\n1,An owl\n")
    pairs = write(tmp_path / "pairs.csv", "ltable_id,rtable_id\n3,0\n0,2\n1,1\n")
    told = []
    cases = read_cases(pairs, tables, note=told.append)

    titles = [(case.doc_1["title"], case.doc_2["title"]) for case in cases]
    assert titles == [("The owl", "A hare"), ("A hare", "A fox"), ("An owl", "An owl")]
    assert not told


def test_an_id_that_is_no_number_is_looked_up_in_both_files_though_they_share_others(tmp_path):
    """Two exports may have a DOI each in its own spelling of the record; the other DOIs name one record each."""
    files = [
        write(tmp_path / "a.csv", "id,title\n10.5555/a,A hare\n10.5555/s,An owl\n"),
        write(tmp_path / "b.csv", "id,title\n10.5555/b,The hare\n10.5555/s,The owl\n"),
    ]
    rows = "10.5555/b,10.5555/a\n10.5555/s,10.5555/s\na.csv:1,b.csv:1\n10.5555/s,10.5555/x\n"
    cases = read_cases(write(tmp_path / "pairs.csv", f"id_1,id_2\n{rows}"), files)

    titles = [(case.doc_1["title"], case.doc_2["title"]) for case in cases]
    assert titles == [("The hare", "A hare"), ("An owl", "The owl")]
    assert [reject.reason for reject in cases.rejects] == [
        f"the id {name} is not in {files[0]} or {files[1]}" for name in ("a.csv:1", "10.5555/x")
    ]


def test_an_id_of_two_records_in_one_file_names_none_of_them_on_either_side(tables, tmp_path):
    write(tmp_path / "tableB.csv", "id,title\n0,The owl\n1,The hare\n1,The fox\n")
    cases = read_cases(write(tmp_path / "pairs.csv", "ltable_id,rtable_id\n0,0\n2,1\n"), tables)

    assert [case.doc_2["title"] for case in cases] == ["The owl"]
    assert [reject.reason for reject in cases.rejects] == [
        f"{tables[1]}, line 4: the id 1 appears twice in the file, and the records are unlike: make the ids unique, "
        "such as A1 and B1"
    ]


def test_shared_ids_stay_ambiguous_where_no_file_is_that_of_a_side(tables, tmp_path):
    """In three files, and in the table of removed records, whose sides are both of any file: the way out is named."""
    third = write(tmp_path / "more.csv", "id,title\n9,A wren\n")
    pairs = write(tmp_path / "pairs.csv", "ltable_id,rtable_id\n0,1\n")
    removed = write(tmp_path / "removed.csv", "id,title,kept_id,kept_title\n0,A hare,1,An owl\n")

    for cases in (read_cases(pairs, [*tables, third]), read_cases(removed, tables)):
        assert [reject.reason.rpartition(": ")[2] for reject in cases.rejects] == [
            "make the ids unique, such as A0 and B0"
        ]


def rejects(path, records=None):
    return [(reject.place, reject.reason, reject.text) for reject in read_cases(path, records).rejects]


def test_broken_lines_are_rejected_one_by_one(tmp_path):
    """A line that is no JSON, no object, or no pair is rejected with its number, reason and text; the rest is read."""
    good = json.dumps(CASES[0])
    path = write(
        tmp_path / "a.jsonl",
        f'{good}\n{{"doc_1": \n\n[1]\n{{"doc_1": {{}}}}\n{{"doc_1": {{}}, "doc_2": "x"}}\n{good}\n',
    )
    found = rejects(path)

    assert len(read_cases(path)) == 2
    assert [place for place, _, _ in found] == [2, 4, 5, 6]
    assert "not valid JSON" in found[0][1]
    assert found[0][2] == '{"doc_1":'
    assert found[1][1] == "this is no object with named fields"
    assert found[2][1] == "it has no doc_2"
    assert found[3][1] == "its doc_2 is not a record with named fields"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.json.gz"])
@pytest.mark.parametrize("text", ["title_1,title_2\na,b\n", "doc_1;doc_2\n{'title': 'a'};{'title': 'b'}\n"])
def test_a_table_that_is_named_like_json_is_a_table(tmp_path, name, text):
    """The form is told by the content first: a file may have been saved under a wrong name."""
    (case,) = read_cases(write(tmp_path / name, text))

    assert (case.doc_1["title"], case.doc_2["title"]) == ("a", "b")


def test_damaged_json_is_no_table(tmp_path):
    """What is left of a first line may be the name of a column, or longer than a cell of a table may be."""
    path = write(
        tmp_path / "a.jsonl", "".join(f"{line}\n" for line in ["lost, volume, and found", *map(json.dumps, CASES)])
    )

    assert len(read_cases(path)) == len(CASES)
    assert [place for place, _, _ in rejects(path)] == [1]
    with pytest.raises(InputError, match="this is no JSON"):
        read_cases(write(tmp_path / "b.json", "x" * 200_000))


def test_a_csv_row_with_too_many_or_too_few_cells_is_rejected(tmp_path):
    """The row's first line, its cells and the header's are named, with a way out, and its text is kept as it was."""
    path = write(tmp_path / "a.csv", 'title_1,title_2\n"a\nb",c\nx\n"p, ""q""",r,s\ny,z\n')

    assert [case.doc_1["title"] for case in read_cases(path)] == ["a\nb", "y"]
    assert rejects(path) == [
        (
            4,
            "it has 1 cell, the header has 2: add those that are missing, or put quotation marks around a text with a "
            "line break in it",
            "x",
        ),
        (
            5,
            "it has 3 cells, the header has 2: put quotation marks around a text with a comma in it",
            '"p, ""q""",r,s',
        ),
    ]


def test_cells_that_a_spreadsheet_leaves_out_at_the_end_of_a_row_are_empty(tmp_path):
    """Excel does so; what is less than half as long as the rows before it is a piece of a row, and set aside."""
    text = "title_1,title_2,year_1,year_2,doi_1,doi_2\na,b,2019,2019,,\nc,d,2019,2020\ne,f,2019,2021\ng,h\n"
    path = write(tmp_path / "a.csv", text)
    notes = []

    assert [(case.doc_1, case.doc_2["title"]) for case in read_cases(path, note=notes.append)] == [
        ({"title": "a", "publication_date": "2019", "doi": ""}, "b"),
        ({"title": "c", "publication_date": "2019", "doi": ""}, "d"),
    ]
    assert [(line, reason.partition(":")[0]) for line, reason, _ in rejects(path)] == [
        (4, "it has 4 cells, the header has 6"),  # with the next line it would be one row
        (5, "it has 2 cells, the header has 6"),
    ]
    assert any("1 row with fewer cells than the header: what is missing is read as empty" in note for note in notes)
    trimmed = write(tmp_path / "b.csv", "title_1,title_2,year_1,year_2,doi_1\na,b\nc,d\n")
    assert [case.doc_1["title"] for case in read_cases(trimmed)] == ["a", "c"]


@pytest.mark.parametrize(
    "pieces",
    [
        ["2,Foxes of", "the valley,Marsh,2001,10.5555/b"],
        ["2,Foxes,Marsh,2001 or", "later,10.5555/b"],
        ["2,Foxes of", "the lower", "valley,Marsh,2001,10.5555/b"],
        ["2,Foxes,Marsh and", "others,or none,early,2001,10.5555/b,A"],
        ["2,Foxes,Marsh,2001,A,B", "foxes,hares,voles"],
        ["2,Foxes of", "", "the valley,Marsh,2001,10.5555/b"],
    ],
)
def test_the_pieces_of_a_row_that_a_line_break_tore_are_set_aside(tmp_path, pieces):
    """A title without quotation marks is torn so; no piece is a record of its own, wherever the row stands."""
    whole, other = "1,Otters,Ek,2001,10.5555/a", "3,Voles,Ek,2001"
    for rows in ([whole, *pieces], [*pieces, whole], [whole, *pieces, whole, other], [other, whole, *pieces]):
        file = open_records(write(tmp_path / "a.csv", "\n".join(["id,title,authors,year,doi", *rows, ""])))
        read = [decode(row.raw)["title"] for row in file.rows if isinstance(row, Row)]

        assert read == ["Voles" if row is other else "Otters" for row in rows if row in {whole, other}]


def test_the_lines_of_a_text_without_quotation_marks_are_no_rows(tmp_path):
    """An abstract in the last column goes on behind a whole row; behind its commas are spaces."""
    text = "id,title,authors,abstract\n1,Foxes,Marsh,We count them.\nThey live in hills, in woods, and hide.\n"

    rows = open_records(write(tmp_path / "a.csv", text)).rows

    assert [decode(row.raw)["id"] for row in rows if isinstance(row, Row)] == ["1"]


def test_a_quotation_mark_without_partner_is_suspected(tmp_path):
    """A row that swallows the lines behind it says that it did."""
    path = write(tmp_path / "a.csv", 'title_1,title_2\na,b\n"c,d\ne,f\ng,h\n')

    assert [reject[:2] for reject in rejects(path)] == [
        (3, "it has 1 cell, the header has 2, and it spans 3 lines: a quotation mark may lack its partner")
    ]


def test_a_quotation_mark_that_finds_a_partner_in_another_row_joins_no_rows(tmp_path):
    """Of two rows one would be made that has as many cells as others: "Yoga" would be compared with "Tai chi"."""
    text = (
        "title_1,authors_1,title_2,authors_2\n"
        'Yoga at work,"Kim J; Lee K,Yoga at work,Kim J\n'
        'Tai chi for knees,"Peng P; Wu X",Tai chi for knees,Peng P\n'
        '"Sun\nand ""moon""","Ito A","5"" of\n""snow""",Ito A\n'
    )
    path = write(tmp_path / "a.csv", text)

    assert [(case.doc_1["title"], case.doc_2["title"]) for case in read_cases(path)] == [
        ('Sun\nand "moon"', '5" of\n"snow"')
    ]
    ((line, reason, lines),) = rejects(path)
    assert (line, lines) == (2, "\n".join(text.splitlines()[1:3]))
    assert reason.startswith("text stands behind a closing quotation mark, and it spans 2 lines")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_signs_around_a_quotation_cost_no_row_whose_cells_are_all_there(tmp_path, end):
    """Hand-made tables have marks that are not doubled, and spaces behind a mark, beside abstracts of several lines."""
    rows = ["title_1,abstract_1,title_2", 'The "moon" now,"a\nb",c', '"The "moon" now",d,"e\nf"', '"g\nh" ,"i" ,j']
    path = write(tmp_path / "a.csv", "\n".join([*rows, ""]).replace("\n", end))

    assert [case.doc_1["title"] for case in read_cases(path)] == ['The "moon" now', 'The moon" now"', f"g{end}h "]
    assert rejects(path) == []


def test_a_quotation_that_never_ends_is_no_cell(tmp_path):
    """In the last column it would take in all lines behind it, and the row would still have as many cells as others."""
    path = write(tmp_path / "a.csv", 'title_1,title_2\na,b\nc,"d\ne,f\ng,h\n')

    assert [case.doc_1["title"] for case in read_cases(path)] == ["a"]
    ((line, reason, text),) = rejects(path)
    assert (line, text) == (3, 'c,"d\ne,f\ng,h')
    assert "lacks its partner: all to the end of the file, 3 lines" in reason
    assert len(read_cases(write(tmp_path / "b.csv", 'title_1,title_2\na,b\nc,"d\ne"'))) == 2


def test_whole_numbers_with_and_without_a_point_are_one_id(tmp_path):
    """Pandas writes 1 as 1.0 where the column has a gap, in the pairs or in the records."""
    records = write(tmp_path / "records.csv", "id,title\n1,A\n2.0,B\n3,C\n3.0,D\nv1,E\n")
    pairs = write(tmp_path / "pairs.csv", "id_1,id_2\n1.0,2\n3.0,3\n1.0,v1.0\n")

    assert [(case.doc_1["title"], case.doc_2["title"]) for case in read_cases(pairs, records)] == [
        ("A", "B"),
        ("D", "C"),
    ]
    assert rejects(pairs, records)[0][1].startswith("the id v1.0 is not in")


def test_an_unknown_id_is_rejected(tmp_path):
    """A pair whose record is not there is rejected with the id and the file's name."""
    records = write(tmp_path / "records.csv", "id,title\n1,A\n2,B\n")
    path = write(tmp_path / "pairs.csv", "id_1,id_2\n1,2\n1,77\n,2\n")

    assert len(read_cases(path, records)) == 1
    assert [f"the id 77 is not in {records}", f"the id (empty) is not in {records}"] == [
        reason for _, reason, _ in rejects(path, records)
    ]


def test_a_copied_case_without_two_records_is_rejected(tmp_path):
    """A case of a copied table that lost a record is rejected; the next one is read."""
    lines = copied(CASES).splitlines(keepends=True)
    path = write(tmp_path / "a.tsv", "".join(lines[:4] + lines[4 : 4 + len(HARE)] + lines[4 + 2 * len(HARE) :]))
    cases = read_cases(path)

    assert [int(case.id) for case in cases] == [8, 9]
    assert [(reject.place, reject.reason) for reject in cases.rejects] == [(1, "it shows 1 records, not two")]


def test_versions_within_a_copied_table_are_read(tmp_path):
    """Records nested in a record's versions stay in it, and an abstract that was broken into lines is one again."""
    table = (
        "cases\tdoc_1\t\tdoc_2\t\t\t\tdecision\tid\n" + "\t" * 7 + "DUPLICATES\t1\n"
        "\t\t\ttitle\tA\t\n\t\t\tabstract\tone\ntwo\t\n\t\t\tversions\t\t\n"
        "\t\t\t\t\ttitle\tA1\n\t\t\t\t\tid\tv1\n\t\t\t\t\ttitle\tA2\n"
        "\t\t\ttitle\tB\t\n\t\tversions\t\t\n"
    )
    (case,) = read_cases(write(tmp_path / "a.tsv", table))

    assert case.doc_1 == {
        "title": "A",
        "abstract": "one two",
        "versions": [{"title": "A1", "id": "v1"}, {"title": "A2"}],
    }
    assert case.doc_2 == {"title": "B", "versions": ""}


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        (True, ["DUPLICATES", " duplicates ", "Duplicate", 1, "1", 1.0, True, "TRUE", "yes", "Y", "Match", "same"]),
        (False, ["NOT DUPLICATES", "not  duplicates", "NOT_DUPLICATES", "distinct", 0, "0", False, "False", "No", "n"]),
        (True, ["dup", "Dups"]),
        (False, ["not dup", "non-dup", "non-duplicate", "Non duplicates"]),
        (False, ["Non-match", "no match", "no_match", "different", "Not a duplicate", "not duplicates"]),
        (None, [None, "", "  ", "None", "null", "unsure", "UNSURE", float("nan"), "maybe", "?"]),
        (None, ["Don't know", "don\u2019t know", "dont know", "not sure", "Unknown"]),
    ],
)
def test_labels_are_read_in_every_spelling(label, texts):
    """DUPLICATES, duplicate, 1 and true are one label; null, unsure and nothing are none."""
    for text in texts:
        assert read_label(text) is label


@pytest.mark.parametrize("label", ["perhaps", 2, 0.5, "dupl", -1])
def test_a_label_that_is_none_is_an_error(tmp_path, label):
    """Training stops at a label that it cannot read and names the row and the value."""
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, [CASES[0], CASES[1] | {"decision": label}])))
    with pytest.raises(InputError, match=rf"a\.jsonl, line 2: '{label}' is no label: write DUPLICATES"):
        read_cases(path)


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ({"decision": None, "label": "no"}, False),
        ({"decision": "", "duplicate": 1}, True),
        ({"decision": "NOT DUPLICATES", "label": "0"}, False),
        ({"decision": "unsure", "label": "no"}, None),  # a person has looked and could not say
        ({"decision": "DUPLICATES", "label": "ferns"}, True),  # something else of that name
        ({"label": "ferns", "decision": "DUPLICATES"}, True),  # whichever stands first
        ({"Label": "no"}, False),
        ({"IS DUPLICATE": "1", "Decision": ""}, True),
        ({"match": "no match"}, False),
        ({"is_match": "True"}, True),
        ({"gold": 1}, True),
        ({"Gold Label": "0"}, False),
        ({"label": "yes", "match": "0.83"}, True),
        ({"label": "yes", "match": 0}, True),  # what another tool has found
        ({"match": "1", "Decision": ""}, None),  # and nobody has decided yet
        ({"gold": "0.83", "decision": None}, None),
    ],
)
def test_the_first_column_that_says_something_is_the_label(row, label):
    """However it is written: a spreadsheet has capitals, and a record's columns may have them too."""
    assert label_of(row) is label


def test_two_columns_that_contradict_each_other_are_an_error(tmp_path):
    """Whichever was followed, the other would be lost in silence."""
    file = tmp_path / "cases.jsonl"
    file.write_text(
        json.dumps({"doc_1": {"title": "a"}, "doc_2": {"title": "b"}, "decision": "DUPLICATES", "label": 0})
    )
    with pytest.raises(InputError, match="line 1: decision says 'DUPLICATES', but label says 0"):
        read_cases(file)


EARLY, LATE = "2024-01-02T10:00:00+00:00", "2024-01-02T12:00:00+01:30"  # half an hour later


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({}, {"labelled_at": EARLY}, [[], [False]]),  # a case file, and a review of what is doubted in it
        ({"labelled_at": EARLY}, {"labelled_at": LATE}, [[], [False]]),
        ({"labelled_at": LATE}, {"labelled_at": EARLY}, [[True], []]),
        ({}, {"labelled_at": EARLY, "decision": None, "unsure": True}, [[], [None]]),  # looked, and could not say
        ({}, {"labelled_at": EARLY, "decision": None, "undo": True}, [[True], [None]]),  # nobody has decided
        ({}, {}, [[True], [False]]),
        ({"labelled_at": EARLY}, {"labelled_at": EARLY}, [[True], [False]]),
        ({"labelled_at": "yesterday"}, {"labelled_at": EARLY}, [[True], [False]]),
        ({}, {"labelled_at": EARLY, "decision": "DUPLICATES"}, [[True], [True]]),  # confirmed, and a leak if two files
    ],
)
def test_a_later_decision_overrules_the_labels_of_other_files(tmp_path, first, second, kept):
    """By when they were decided, not by their order; what no time settles stays, to be refused where it matters."""
    turned = {"doc_1": HARE_AGAIN, "doc_2": HARE, "decision": "NOT DUPLICATES"}
    files = [
        read_cases(write(tmp_path / name, json.dumps(case)))
        for name, case in (("a.jsonl", CASES[0] | first), ("b.jsonl", turned | second))
    ]
    notes = []

    for found in (files, files[::-1]):
        expected = kept if found is files else kept[::-1]
        assert [[case.label for case in cases] for cases in settled(found, notes.append)] == expected
    if kept[0] == []:
        assert notes == [f"1 label of {files[0].name} is overruled by later decisions in {files[1].name}"] * 2
    joined = write(tmp_path / "c.jsonl", "\n".join(json.dumps(case) for case in (CASES[0] | first, turned | second)))
    if "labelled_at" not in first:  # lines of a journal count by their order
        assert [case.label for case in read_cases(joined)] == kept[0] + kept[1]


def test_a_time_that_is_none_is_named(tmp_path):
    """Whoever has written it by hand sees why the label did not overrule the one that it contradicts."""
    notes = []
    cases = "\n".join(json.dumps(case | {"labelled_at": "gestern"}) for case in CASES[:2])
    read_cases(write(tmp_path / "a.jsonl", cases), note=notes.append)

    (note,) = notes
    assert note.startswith(f"{tmp_path / 'a.jsonl'}, line 1 and others: labelled_at is 'gestern', which is no time, ")


def test_a_case_with_two_conventions_gives_the_one_asked_for(tmp_path):
    """Where a case says what it is under each convention, `convention` chooses."""
    case = {"doc_1": HARE, "doc_2": OWL, "decisions": {"work": "DUPLICATES", "record": "NOT DUPLICATES"}, "kind": "x"}
    path = write(tmp_path / "a.jsonl", json.dumps(case))

    assert read_cases(path)[0].label is True
    assert read_cases(path, convention="record")[0].label is False
    assert read_cases(path)[0].row["kind"] == "x"
    assert f"{path}, line 1" == read_cases(path)[0].place


def test_numbers_that_json_does_not_have_are_read(tmp_path):
    """NaN, Infinity, numbers of 30 digits and half surrogates do not cost a row."""
    path = write(
        tmp_path / "a.jsonl",
        '{"doc_1": {"title": "a", "volume": NaN}, "doc_2": {"title": "\\ud800", "number": ' + "9" * 30 + "}}\n",
    )

    assert read_cases(path).rejects == []
    assert len(read_cases(path)) == 1


def test_rejects_of_a_reader_stay_beside_its_rows(tmp_path):
    """Rows and rejects come in one stream, in the file's order."""
    path = write(tmp_path / "a.csv", "title_1,title_2\na,b\nx\nc,d\n")

    assert [isinstance(row, Reject) for row in open_pairs(path).rows] == [False, True, False]
