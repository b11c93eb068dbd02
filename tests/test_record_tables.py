"""Tables of records, from databases, pandas and spreadsheets: a cell is what it was before it came into the table."""

import io
import itertools
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.frames import as_pairs
from papertwin.predict import main as predict
from samples import ABSTRACT, FOX, TITLE, texts_in, titles
from samples.objects import CITATION, DBLP, HAL, KAGGLE, LENS, OBJECTS, OPENAIRE, OPENALEX, S2

WOS_TABLE = (
    "PT\tAU\tTI\tSO\tPD\tPY\tVL\tIS\tBP\tEP\tDI\tAB\n"
    "J\tMarsh, Io; Otter, Bo\tFoxes of the lower valley: a census\tJournal of Foxes\tMAR 5\t2019\t3\t2\t17\t29\t"
    "10.5555/fox.19\tWe count foxes. There are 40.\n"
)


def row_of(columns, cells):
    """A CSV file of one row, its columns and cells given with | between them."""
    return "\n".join(",".join(f'"{cell.strip()}"' for cell in line.split(" | ")) for line in (columns, cells)) + "\n"


TABLES = {
    "Scopus": row_of(
        "Authors | Title | Year | Source title | Volume | Issue | Art. No. | Page start | Page end | Cited by | DOI | "
        "Abstract | Source | EID",
        f"Marsh, Io; Otter, Bo | {TITLE} | 2019 | Journal of Foxes | 3 | 2 |  | 17 | 29 | 4 | 10.5555/fox.19 | "
        f"{ABSTRACT} | Scopus | 2-s2.0-1",
    ),
    "Web of Science": row_of(
        "Publication Type | Authors | Article Title | Source Title | Publication Year | Volume | Issue | Start Page | "
        "End Page | DOI | Abstract | UT (Unique WOS ID)",
        f"J | Marsh, Io; Otter, Bo | {TITLE} | Journal of Foxes | 2019 | 3 | 2 | 17 | 29 | 10.5555/fox.19 | "
        f"{ABSTRACT} | WOS:1",
    ),
    "Zotero": row_of(
        "Key | Item Type | Publication Year | Author | Title | Publication Title | DOI | Url | Abstract Note | Date | "
        "Pages | Issue | Volume | Library Catalog",
        f"ABC | journalArticle | 2019 | Marsh, Io; Otter, Bo | {TITLE} | Journal of Foxes | 10.5555/fox.19 |  | "
        f"{ABSTRACT} | 2019-03-05 | 17-29 | 2 | 3 | PubMed",
    ),
    "OpenAlex": row_of(
        "id | doi | title | publication_year | publication_date | authorships.author.display_name | "
        "primary_location.source.display_name | biblio.volume | biblio.issue | biblio.first_page | biblio.last_page | "
        "abstract",
        f"https://openalex.org/W1 | https://doi.org/10.5555/fox.19 | {TITLE} | 2019 | 2019-03-05 | Marsh, Io|Otter, Bo"
        f" | Journal of Foxes | 3 | 2 | 17 | 29 | {ABSTRACT}",
    ),
    "Dimensions": '"About the data: Exported on Jun 24, 2019. Criteria: foxes"\n'
    + row_of(
        "Publication ID | DOI | PMID | Title | Abstract | Source title | PubYear | Publication date | Volume | Issue | "
        "Pagination | Authors",
        f"pub.1 | 10.5555/fox.19 | 31234567 | {TITLE} | {ABSTRACT} | Journal of Foxes | 2019 | 2019-03-05 | 3 | 2 | "
        "17-29 | Marsh, Io; Otter, Bo",
    ),
    "Lens": row_of(
        "Lens ID | Title | Date Published | Publication Year | Source Title | Author/s | Abstract | Volume | "
        "Issue Number | Start Page | End Page | PMID | DOI",
        f"001-1 | {TITLE} | 2019-03-05 | 2019 | Journal of Foxes | Marsh, Io; Otter, Bo | {ABSTRACT} | 3 | 2 | 17 | "
        "29 | 31234567 | 10.5555/fox.19",
    ),
    "pybliometrics": row_of(
        "eid | doi | pubmed_id | title | creator | author_names | coverDate | coverDisplayDate | publicationName | "
        "volume | issueIdentifier | pageRange | description",
        f"2-s2.0-1 | 10.5555/fox.19 | 31234567 | {TITLE} | Marsh I. | Marsh, Io;Otter, Bo | 2019-03-05 | "
        f"5 March 2019 | Journal of Foxes | 3 | 2 | 17-29 | {ABSTRACT}",
    ),
    "Rayyan": row_of(
        "key | title | year | month | day | journal | volume | issue | pages | authors | abstract | doi | pubmed_id",
        f"rayyan-1 | {TITLE} | 2019 | 3 | 5 | Journal of Foxes | 3 | 2 | 17-29 | Marsh, Io and Otter, Bo | "
        f"{ABSTRACT} | 10.5555/fox.19 | 31234567",
    ),
    "ASySD": row_of(
        "author | year | journal | doi | title | pages | volume | number | abstract | label | source | record_id",
        f"Marsh, Io and Otter, Bo | 2019 | Journal of Foxes | 10.5555/fox.19 | {TITLE} | 17-29 | 3 | 2 | {ABSTRACT} | "
        "new | PubMed | 7",
    ),
    "PubMed": row_of(
        "PMID | Title | Authors | Journal/Book | Publication Year | PMCID | DOI",
        f"31234567 | {TITLE} | Marsh I, Otter B | Journal of Foxes | 2019 | PMC7654321 | 10.5555/fox.19",
    ),
    "Europe PMC": row_of(
        "SOURCE | ID | PMID | DOI | TITLE | AUTHOR_STRING | JOURNAL_TITLE | ISSUE | JOURNAL_VOLUME | PUB_YEAR | "
        "PAGE_INFO | FIRST_PUBLICATION_DATE | ABSTRACT_TEXT",
        f"MED | 31234567 | 31234567 | 10.5555/fox.19 | {TITLE} | Marsh I, Otter B. | Journal of Foxes | 2 | 3 | 2019 | "
        f"17-29 | 2019-03-05 | {ABSTRACT}",
    ),
}


def probabilities(written):
    """The column of a table, as text."""
    return pd.read_csv(written, dtype=str)["duplicate_probability"].tolist()


@pytest.mark.parametrize("framed", [pd.DataFrame, pd.json_normalize])
@pytest.mark.parametrize("form", [form for form in OBJECTS if form != "CSL-JSON"])
def test_objects_of_interfaces_that_pandas_has_stored_are_read_as_they_are(opened, form, framed):
    """Hard because a table's columns say what they are, and nobody is an author by "authorships", nor by a dot.

    CSV has the objects in its cells as Python writes them, and those of HAL and NASA ADS hold nothing but texts.
    """
    one = OBJECTS[form]
    frame, stored = framed([one]), io.BytesIO()
    frame.to_parquet(stored)
    (told,) = opened(json.dumps([one]))[1]

    for content in (stored.getvalue(), frame.to_json(orient="records", lines=True), frame.to_csv(index=False)):
        _, (record,), _, notes = opened(content)
        assert {name: record.get(name) for name in RECORD_FIELDS} == {name: told.get(name) for name in RECORD_FIELDS}
        assert not notes


@pytest.mark.parametrize("form", [*OBJECTS, "mixed"])
def test_the_table_that_predict_writes_of_interfaces_it_reads_back(form, tmp_path):
    """Of the pairs of one interface, and of those of any two, in whose rows the columns of all others are empty.

    Hard for HAL, the names of which end in _s, as in title_s_1, and where a record stands in an object of another.
    """
    objects = list(OBJECTS.values()) if form == "mixed" else [OBJECTS[form]] * 2
    pairs = [{"doc_1": one, "doc_2": other} for one, other in itertools.pairwise(objects)]
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, pairs)))

    assert predict([str(tmp_path / "pairs.jsonl"), "-o", str(first), "--jobs", "1"]) == 0
    assert predict([str(first), "-o", str(second), "--jobs", "1"]) == 0

    assert len(probabilities(first)) == len(pairs)
    assert probabilities(second) == probabilities(first)


def test_the_names_of_hal_are_no_marks_of_pairs(tmp_path, capsys):
    """Of title_s_1 and title_s_2 the mark is _1 and _2, and all that HAL says is compared."""
    names = ("halId_s", "title_s", "authFullName_s", "producedDate_s", "doiId_s")
    cells = {name: HAL.get(name, "2019-03-05") for name in names}
    row = {
        f"{name}_{side}": cell[0] if isinstance(cell, list) else cell for side in (1, 2) for name, cell in cells.items()
    }
    pd.DataFrame([row]).to_csv(tmp_path / "wide.csv", index=False)

    assert predict([str(tmp_path / "wide.csv"), "-o", str(tmp_path / "out.csv"), "--jobs", "1"]) == 0

    assert "not compared" not in capsys.readouterr().err
    assert pd.read_csv(tmp_path / "out.csv")["predicted_decision"].tolist() == ["DUPLICATES"]


def test_rows_without_a_title_in_a_table_of_several_interfaces_are_each_its_own(opened):
    """HAL's have nothing but text in their cells, and its title is not under that name; others have one."""
    objects = [HAL, OPENALEX, OPENAIRE, KAGGLE]
    frame = pd.DataFrame([{key: json.dumps(value) if isinstance(value, (dict, list)) else value
                           for key, value in one.items()} for one in objects])  # fmt: skip

    _, records, rejects, _ = opened(frame.to_csv(index=False), "all.csv")

    assert rejects == []
    for record, one in zip(records, objects, strict=True):
        (told,) = opened(json.dumps([one]))[1]
        assert {name: record.get(name) for name in RECORD_FIELDS} == {name: told.get(name) for name in RECORD_FIELDS}


def test_objects_in_the_cells_of_a_table_are_read_as_json_too(opened):
    """Rows of several interfaces have empty cells for the keys of the others; a table that has none stays a table."""
    objects = [OPENALEX, S2, DBLP, CITATION]
    cells = [{key: json.dumps(value) if isinstance(value, (dict, list)) else value for key, value in one.items()}
             for one in objects]  # fmt: skip
    table = {"title": [TITLE], "authors": ['["Io Marsh", "Bo Otter"]'], "paperId": ["x1"], "Art. No.": ["e1"]}

    _, records, rejects, notes = opened(pd.DataFrame(cells).to_csv(index=False), "a.csv")
    _, (plain,), _, _ = opened(pd.DataFrame(table).to_csv(index=False), "b.csv")

    assert (rejects, notes) == ([], [])
    for read, one in zip(records, objects, strict=True):
        (told,) = opened(json.dumps([one]))[1]
        assert {name: read.get(name) for name in RECORD_FIELDS} == {name: told.get(name) for name in RECORD_FIELDS}
    assert (plain["authors"], plain["pages"], plain["paperId"]) == (["Io Marsh", "Bo Otter"], "e1", "x1")


def test_columns_of_other_names_beside_those_of_an_interface_are_read_too(opened):
    """Somebody's table may have a key of an interface, a column of objects, and for the rest names of its own."""
    table = pd.DataFrame(
        {"Title": [TITLE], "Authors": ["Io Marsh; Bo Otter"], "Journal": ["Journal of Foxes"], "Year": [2019],
         "bibcode": ["2019JFox....3...17M"], "topics": ['[{"name": "foxes"}]']},
    )  # fmt: skip
    _, (record,), _, notes = opened(table.to_csv(index=False), "a.csv")
    _, (other,), _, _ = opened(table.drop(columns="topics").to_csv(index=False), "b.csv")
    wide = pd.concat([table.add_suffix("_1"), table.add_suffix("_2")], axis=1)

    assert notes == []
    assert record["topics"] == [{"name": "foxes"}]
    for name in ("title", "authors", "journal", "publication_date"):
        assert record[name] == other[name]
    assert as_pairs(wide)[0][0]["title"] == TITLE


@pytest.mark.parametrize("names", [["source.title", "source"], ["source", "source.title"]])
def test_a_key_that_is_the_beginning_of_another_loses_neither(opened, names):
    """Somebody has added a column to a frame of json_normalize; in which order they stand changes nothing."""
    cells = {"source": "my search", "source.title": "Journal of Foxes"}
    row = {"lens_id": "1", "title": TITLE, "authors": LENS["authors"]} | {name: cells[name] for name in names}
    _, (record,), _, _ = opened(pd.DataFrame([row]).to_csv(index=False), "a.csv")
    _, (told,), _, _ = opened(json.dumps(row), "a.jsonl")

    assert (record["authors"], record["journal"]) == (["Marsh, Io", "Otter, Bo"], "Journal of Foxes")
    assert set(cells.values()) <= set(texts_in(told))


def test_a_key_of_many_dots_is_no_object(opened):
    """Thousands of objects in each other can be neither written nor compared."""
    row = OPENALEX | {"a" + ".a" * 5000: "1"}
    _, (record,), rejects, _ = opened(json.dumps(row), "a.jsonl")

    assert (record["title"], rejects) == (TITLE, [])


def test_a_title_that_begins_as_an_object_does_is_text(opened):
    """Chemists set clusters in such brackets; a key of an interface in the table makes no object of it."""
    table = pd.DataFrame({"title": ["[{Fe}] clusters"], "Journal": ["Journal of Foxes"], "paperId": ["x1"]})
    _, (record,), _, _ = opened(table.to_csv(index=False), "a.csv")

    assert record == {"title": "[{Fe}] clusters", "journal": "Journal of Foxes", "paperId": "x1"}


@pytest.mark.parametrize("source", TABLES)
def test_the_tables_of_databases_say_the_same_record(opened, source):
    """A date is as exact as the table says it: a year stays a year."""
    _, (record,), rejects, _ = opened(TABLES[source], "export.csv")

    assert rejects == []
    assert FOX["publication_date"].startswith(record["publication_date"])
    assert len(record["authors"]) == 2
    of_source = {"PubMed": {"abstract", "volume", "number", "pages"}, "pybliometrics": {"abstract"}}
    unsaid = {"publication_date", "authors"} | of_source.get(source, set())
    assert {name: record.get(name) for name in FOX if name not in unsaid} == {
        name: value for name, value in FOX.items() if name not in unsaid
    }


def test_the_tags_of_web_of_science_are_columns_of_its_table(opened):
    """Its tab-delimited export has PT, AU, TI in the header, and a byte-order mark before them."""
    form, (record,), _, _ = opened(b"\xef\xbb\xbf" + WOS_TABLE.encode(), "savedrecs.txt")

    assert form == "Web of Science"
    assert {name: record[name] for name in FOX} == FOX


def test_parquet_is_a_table_too(opened):
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"Article Title": TITLE, "Year": 2019, "Authors": ["Marsh, Io"]}]), sink)

    form, (record,), _, _ = opened(sink.getvalue())
    assert (form, record["title"], record["publication_date"]) == ("Parquet", TITLE, "2019")
    assert record["authors"] == ["Marsh, Io"]


@pytest.mark.parametrize("column", ["container-title", "coreId", "authorships", "citation-key", "doiId_s"])
def test_a_row_without_a_title_is_read_as_those_around_it(column, opened):
    """A table may have a column that is called as an interface's key is, and a row of it may lack its title."""
    rows = f"title,author,year,journal,{column}\nFoxes,Io Marsh,2019,Fox Journal,x\n,Bo Otter,2020,Fox Journal,x\n"
    form, (whole, untitled), _, _ = opened(rows, "table.csv")

    assert whole.keys() - untitled.keys() == {"title"}
    assert (untitled["authors"], untitled["publication_date"]) == (["Bo Otter"], "2020")
    assert (form, untitled["journal"]) == ("CSV", whole["journal"])


def test_a_table_below_the_name_of_its_database_is_no_text_of_ovid(opened):
    """Hard because a line within a cell may begin as a record of Ovid's text does."""
    table = 'Database: Fox Index\nid,title,authors,abstract\nf1,Foxes,"Marsh, Io","Mean:\n<5 foxes."\n'
    _, (record,), _, _ = opened(table, "table.csv")

    assert record["abstract"] == "Mean:\n<5 foxes."


def test_a_row_with_too_few_cells_is_set_aside(opened):
    _, records, rejects, _ = opened(TABLES["Scopus"] + '"only","two"\n' + TABLES["Scopus"].splitlines()[1], "a.csv")

    assert (titles(records), [reject.place for reject in rejects]) == ([TITLE, TITLE], [3])


FLOATS = """id,Title,Volume,Issue,Year,PMID,Start Page,Score
1.0,Foxes,109.0,3.0,2014.0,24890441.0,17.0,1.0
,Hares,,,,,,
2.0,Owls,12.0,,2015.0,,,2.0
"""


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_whole_numbers_that_pandas_wrote_as_floats_are_whole(form, opened, tmp_path):
    """It does where a column has gaps; columns that are no field stay as they are."""
    if form == "csv":
        _, records, _, _ = opened(FLOATS, "floats.csv")
    else:
        pd.read_csv(io.StringIO(FLOATS)).to_parquet(tmp_path / "made")
        _, records, _, _ = opened((tmp_path / "made").read_bytes(), "floats.parquet")
    fox = {name: str(records[0][name]) for name in ("id", "volume", "number", "publication_date", "pages", "Score")}

    assert fox == {
        "id": "1", "volume": "109", "number": "3", "publication_date": "2014", "pages": "17", "Score": "1.0"
    }  # fmt: skip
    assert records[0]["urls"] == ["https://pubmed.ncbi.nlm.nih.gov/24890441/"]
    assert str(records[2]["volume"]) == "12"
    assert not any("original" in record for record in records)


@pytest.mark.parametrize("ids", [["1.0", "1.1"], ["1.0", "1"], ["v1.0", "v2.0"]])
def test_an_id_with_a_point_is_no_float_where_others_in_its_column_are_none(ids, opened):
    _, records, _, _ = opened("id,title\n" + "".join(f"{name},Foxes {name}\n" for name in ids), "ids.csv")

    assert [record["id"] for record in records] == ids


def test_dates_that_a_spreadsheet_made_of_pages_are_told(opened):
    """The record keeps them, for they are compared as the pages that they were."""
    table = "title,authors,pages\nFoxes,Io Marsh,2024-10-14 00:00:00\nHares,Io Marsh,14-Oct\nOwls,Io Marsh,7-9\n"
    _, records, _, notes = opened(table, "excel.csv")

    assert records[0]["pages"] == "2024-10-14 00:00:00"
    assert [note.partition(": ")[2] for note in notes] == [
        "2 records have dates for pages, which a spreadsheet has made of them: RIS and BibTeX are written without"
    ]
