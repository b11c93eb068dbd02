"""Record files of every form become the same records; what cannot be read is set aside with its place, and no more."""

import gzip
import io
import json
import re
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.data.errors import InputError
from papertwin.data.files.rows import Reject, RowError, decode
from papertwin.data.lookup import read_records
from papertwin.data.records import open_records
from papertwin.predict import main as predict
from samples import ABSTRACT, FOX, TITLE
from samples.files import NBIB, RIS
from samples.forms import FORMS
from samples.objects import OPENALEX, S2

PUBMED, PMC = "https://pubmed.ncbi.nlm.nih.gov/31234567/", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7654321/"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same_record(opened, form):
    content, unsaid = FORMS[form]
    found, records, rejects, _ = opened(content)

    assert (found, len(records), rejects) == (form, 1, [])
    assert {name: records[0].get(name) for name in FOX if name not in unsaid} == {
        name: value for name, value in FOX.items() if name not in unsaid
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_record_that_was_read_is_read_again_as_it_is(opened, form):
    """Works are read again by --against: what an interface says beside its fields must not make them look like its own.

    Hard for Crossref, whose records keep "indexed" under its name, while the DOI and the authors are under ours.
    """
    _, records, _, _ = opened(FORMS[form][0])
    merged = records[0] | {"sources": {}, "versions": [{"file": "a", "position": 1, "record": records[0]}]}
    _, again, _, _ = opened(json.dumps({"records": [*records, merged]}), "again.json")

    assert again == [records[0], merged]


@pytest.mark.parametrize("stored", ["parquet", "lines", "translated"])
def test_an_id_of_0_is_an_id(opened, stored):
    """A frame's records are numbered from 0, and stay so where a record is rewritten, for its year or its authors."""
    rows = [{"id": number, "title": f"{TITLE} {number}", "authors": "Io Marsh", "volume": 0} for number in range(2)]
    if stored == "parquet":
        content = io.BytesIO()
        pd.DataFrame(rows).to_parquet(content)
        content = content.getvalue()
    else:
        content = "\n".join(json.dumps(row | ({"year": 2019} if stored == "translated" else {})) for row in rows)
    _, records, _, _ = opened(content)

    assert [(record["id"], record["volume"]) for record in records] == [(0, 0), (1, 0)]


def test_our_own_records_are_taken_over_to_the_letter(opened):
    lines = ['{"id": 5,  "title": "A", "shelf": {"a": [1]}, "versions": [{"id": 4}]}', '{"title": null}']
    _, records, _, _ = opened("\n".join(lines), "own.jsonl")

    assert records == [json.loads(line) for line in lines]


def test_numbers_of_catalogues_become_addresses(opened):
    assert opened(NBIB)[1][0]["urls"] == [PUBMED, PMC]
    assert PMC in opened(json.dumps(S2))[1][0]["urls"]
    assert "https://pubmed.ncbi.nlm.nih.gov/31234567" in opened(json.dumps(OPENALEX))[1][0]["urls"]


def test_a_packed_file_and_standard_input_are_read_alike(opened, monkeypatch):
    expected = opened(RIS)[1]

    assert opened(gzip.compress(RIS.encode()), "a.ris.gz")[1] == expected
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(RIS.encode()))))
    assert [decode(row.raw) for row in open_records("-").rows] == expected


def test_id_pairs_are_answered_beside_an_export(opened, tmp_path, capsys):
    (tmp_path / "library.ris").write_text(RIS.replace("TY  - JOUR\n", "TY  - JOUR\nID  - f1\n") + RIS)
    (tmp_path / "ids.csv").write_text("id_1,id_2\nf1,library.ris:2\n")
    out = tmp_path / "out.jsonl"

    code = predict(
        [str(tmp_path / "ids.csv"), "--records", str(tmp_path / "library.ris"), "-o", str(out), "--jobs", "1"]
    )
    assert code == 0, capsys.readouterr().err
    assert json.loads(out.read_text())["predicted_decision"] == "DUPLICATES"


@pytest.mark.parametrize(
    "pair",
    [
        "title_1,title_2\na,b\n",
        "id,title_1,title_2\n1,a,b\n",
        '{"title_1": "a", "title_2": "b"}\n',
        '{"id": 1, "left": {"title": "a"}, "right": {"title": "b"}}\n',
    ],
)
def test_a_table_of_pairs_is_told_to_be_one(tmp_path, pair):
    """Also where the pairs have ids of their own, which would be those of records."""
    (tmp_path / "pairs").write_text(pair)

    with pytest.raises(InputError, match="these are pairs, where records are expected: papertwin predict scores them"):
        read_records([tmp_path / "pairs"])


def test_a_file_of_pairs_is_no_file_of_records(opened):
    with pytest.raises(InputError, match="this is a pair"):
        opened(json.dumps({"cases": [{"doc_1": FOX, "doc_2": FOX}]}))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("form", ["RIS", "NBIB", "Web of Science", "EndNote tagged", "BibTeX", "EndNote XML"])
def test_lines_end_as_on_any_system(opened, form, end):
    """A carriage return left on a line becomes part of a value, or hides the end of a record."""
    content = FORMS[form][0]
    _, (record,), rejects, _ = opened(content.replace("\n", end))

    assert (record["title"], record["abstract"], rejects) == (TITLE, ABSTRACT, [])


@pytest.mark.parametrize("form", FORMS)
def test_a_byte_order_mark_hides_no_first_record(opened, form):
    """It stands before the first tag, which then begins with another character; libraries read nothing at all then."""
    found, (record,), rejects, _ = opened(b"\xef\xbb\xbf" + FORMS[form][0].encode())

    assert (found, record["title"], rejects) == (form, TITLE, [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_its_mark(opened, encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    _, (record,), _, _ = opened(mark + RIS.replace("Marsh", "Márquez").encode(encoding))

    assert record["authors"][0] == "Márquez, Io"


def test_two_encodings_in_one_file(opened):
    """Two databases, one library: what is no UTF-8 is Windows-1252, a character at a time."""
    windows = RIS.replace("Marsh", "Márquez").encode("cp1252")
    _, records, _, notes = opened(windows + RIS.replace("Otter", "Őrsi").encode())

    assert [record["authors"] for record in records] == [["Márquez, Io", "Otter, Bo"], ["Marsh, Io", "Őrsi, Bo"]]
    assert len(notes) == 1


# Whatever comes: no crash, no loss, order kept


LINE = st.sampled_from([
    "TY  - JOUR", "ER  - ", "ER  -", "ER  - {}", "TI  - {}", "TI - {}", "AB  - {}", "AU  - {}", "T1  - {}", "ZZ  - {}",
    "", "{}", "   {}", "PY  - {}", "KW  - {}", "\ufeffTY  - CONF", "PMID- 123", "FAU - {}", "LID - {} [doi]",
    "PG  - {}", "PT J", "ER", "AF {}", "%0 Book", "%T {}", "%A {}", "U5  - papertwin {}", "@article{{k,",
    "title = {{{}}},", "}}", "@x{{", "  url = \"{}\",", "<record>", "</record>", "<title>{}</title>", "<author>{}",
    "</entry>", "\x85{}", "\u2028{}", "é{}",
])  # fmt: skip
HEADS = ["TY  - JOUR\n", "PMID- 1\n", "PT J\n", "%0 Book\n", "@article{{k,\n", "<xml><records>\n", "title,authors\n"]


@settings(max_examples=150)
@given(st.sampled_from(HEADS), st.lists(LINE, max_size=25))
def test_every_word_is_in_a_record_in_a_reject_or_in_a_note(tmp_path_factory, head, lines):
    """Each line holds a word of its own, and every word turns up again, whatever the lines make of each other."""
    pytest.importorskip("bibtexparser")
    numbered = [line.format(f"word{number}x") for number, line in enumerate(lines)]
    path = tmp_path_factory.mktemp("fuzz") / "a.txt"
    path.write_text(head.format() + "\n".join(numbered), encoding="utf-8", newline="")
    told = []
    try:
        rows = open_records(path, told.append).rows
        told.extend(row.text if isinstance(row, Reject) else row.raw.decode() for row in rows)
    except InputError:
        return
    words = {word for line in numbered for word in re.findall(r"word\d+x", line)}
    assert {word for word in words if word not in "".join(told)} == set()


@settings(max_examples=100)
@given(
    st.sampled_from([b"", *(head.format().encode() for head in HEADS), b'{"title": ', b"[{"]), st.binary(max_size=300)
)
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path_factory, head, content):
    pytest.importorskip("bibtexparser")
    path = tmp_path_factory.mktemp("fuzz") / "a.txt"
    path.write_bytes(head + content)
    refused = ""
    try:
        list(open_records(path).rows)
    except InputError as error:
        refused = str(error)
    assert refused == "" or refused.startswith(str(path))


@pytest.mark.parametrize(
    "form", ["RIS", "NBIB", "Web of Science", "EndNote tagged", "BibTeX", "EndNote XML", "PubMed XML"]
)
def test_order_and_count_are_kept_in_a_file_of_many_pieces(opened, form):
    """More than a chunk: a record that is cut by the end of a chunk is whole."""
    content = FORMS[form][0]
    begin, end = {"EndNote XML": ("<record>", "</record>"), "PubMed XML": ("<PubmedArticle>", "</PubmedArticle>")}.get(
        form, ("", "")
    )
    head, tail = (content.index(begin), content.index(end) + len(end)) if begin else (0, len(content))
    one = content[head:tail] + "\n"
    many = "".join(one.replace("We count", f"We count {n}:{' long' * 500}") for n in range(600))
    _, records, rejects, _ = opened(content[:head] + many + content[tail:])

    assert rejects == []
    assert [int(re.search(r"count (\d+):", record["abstract"])[1]) for record in records] == list(range(600))


def test_read_records_names_the_place_of_what_it_leaves_out(tmp_path):
    """So that whoever misses the record finds it; numbers count it, so that those behind it keep theirs."""
    path = tmp_path / "a.ris"
    path.write_text(RIS + "lost text\n" + RIS)
    notes = []
    records = read_records([path], notes.append)

    assert notes == [f"{path}, line 16: the text stands outside of a record: pairs that name it are rejected"]
    assert (records.row("a.ris:1"), records.row("a.ris:3")) == (0, 1)
    with pytest.raises(RowError, match=r"a\.ris, line 16: the text stands outside of a record"):
        records.row("a.ris:2")
