"""Whatever is wrong with the input: one clear sentence, nothing lost, the right exit code, no traceback."""

import errno
import gzip
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from papertwin import cli, predict, review
from papertwin.data.files import table_writers

EEL = {
    "id": "e1",
    "title": "Eels in brackish water",
    "authors": ["Lo Reed"],
    "publication_date": "2003",
    "abstract": "Eels swim.",
}
EEL_AGAIN = EEL | {"id": "e2", "title": "Eels in Brackish Water"}
CASE = {"doc_1": EEL, "doc_2": EEL_AGAIN, "id": 1}
LINE = json.dumps(CASE) + "\n"


@pytest.fixture
def fails(tmp_path, capsys):
    """Runs predict on a file of this content; gives the exit code, the last line on stderr, and the files after it."""

    def run(name, content, *more):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        before = sorted(os.listdir(tmp_path))
        output = [] if "-o" in more else ["-o", str(tmp_path / "out.csv")]
        code = predict.main([str(path), *output, *map(str, more)])
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "Traceback" not in captured.err
        assert before == sorted(os.listdir(tmp_path)), "a failure leaves no file behind"
        last = captured.err.splitlines()[-1]
        assert last.startswith("papertwin: ")
        return code, last

    return run


@pytest.fixture
def scored(tmp_path, capsys):
    """Runs predict on a file of this content; gives the exit code, the rows, the rejects, and the lines on stderr."""

    def run(name, content, *more):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        code = predict.main(
            [
                str(tmp_path / name),
                *(["-o", str(tmp_path / "out.jsonl")] if "-o" not in more else []),
                "--force",
                *map(str, more),
            ]
        )
        rejected = tmp_path / "out.jsonl.rejected.jsonl"
        return (
            code,
            [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()],
            [json.loads(line) for line in rejected.read_text().splitlines()] if rejected.exists() else [],
            capsys.readouterr().err.splitlines(),
        )

    return run


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.json", b"", "the file is empty"),
        ("a.csv", b" \n\n", "the file is empty"),
        ("a.json.gz", gzip.compress(b""), "the file is empty"),
        ("a.json", None, "there is no such file"),
        ("a.json", bytes(range(256)) * 9, "this is a binary file, not text"),
        ("a.csv", b"PK\x03\x04" + bytes(99), "a ZIP archive, not text: unpack it"),
        ("a.jsonl.gz", gzip.compress(os.urandom(9000).hex().encode())[:5000], "the gzip file is damaged or cut off"),
        ("a.json", "hello", "this is no JSON, it begins with 'hello'"),
        ("a.json", '{"title": "x"}', "these are records, one a row, and no pairs: papertwin dedupe finds"),
        ("a.csv", "Key,Article Title,Year\nk,a,1999\n", "these are records, one a row, and no pairs: papertwin dedupe"),
        (
            "a.csv",
            "title,year,title_2,year_2\na,1,b,2\n",
            "if title and title_2 are of two records, call them title_1 and title_2, and all other columns likewise",
        ),
        ("a.json", '{"cases": 5}', "no pairs in the columns cases"),
        ("a.json", "[1, 2]", "none of its first rows is an object with named fields"),
        ("a.json", '{"cases": [\n' + LINE + ",\n{broken\n]}", "line 5: not valid JSON"),
        ("a.json", '{"cases": [\n' + LINE, "line 3: not valid JSON"),
        ("a.json", '{"cases": [' + LINE + "] nonsense", "not valid JSON"),
        ("a.json", "TY  - JOUR\nTI  - Foxes\nER  - \n", "these are records, RIS, and no pairs: papertwin dedupe"),
        ("a.json", '"title_1": "a", "title_2": "b"}', 'this is no JSON, it begins with \'"title_1": '),
        ("a.jsonl", "one\ntwo\n", "none of its first rows is an object with named fields"),
        ("a.csv", "a,b\n1,2\n", "no pairs in the columns a, b: expected are doc_1 and doc_2, or title_1 and title_2"),
        ("a.csv", "title_1,abstract_2\n1,2\n", "no pairs in the columns title_1, abstract_2"),
        ("a.ris", "\nTY  - JOUR\nTI  - Foxes\nER  - \n", "these are records, RIS, and no pairs: papertwin dedupe"),
        ("a.nbib", "PMID- 123\nTI  - Foxes\n", "these are records, NBIB, and no pairs: papertwin dedupe"),
        ("a.enw", "%0 Journal Article\n%T Foxes\n", "these are records, EndNote tagged, and no pairs"),
        (
            "a.bib",
            "% mine\n\n@article{fox,\n title={Foxes}}\n",
            "these are records, BibTeX, and no pairs: papertwin dedupe",
        ),
        (
            "a.xml",
            "<?xml version='1.0'?><xml><records><record/></records></xml>",
            "these are records, EndNote XML, and",
        ),
        ("a.xml", "<?xml version='1.0'?><PubmedArticleSet/>", "these are records, PubMed XML, and no pairs"),
        ("a.csv", "title_1,title_2,title_1\n1,2,3\n", "the column title_1 appears twice in the header"),
        ("a.xyz", "whatever", "no pairs in the columns whatever"),
        ("a.csv", "id_1,id_2\n1,2\n", "the pairs are ids (id_1, id_2): add --records"),
        ("a.parquet", b"PAR1" + b"x" * 50, "the Parquet file is damaged"),
        (
            "a.html",
            "<html><p>Nothing here</p></html>",
            "this is a web page and no export (a login page, perhaps): download the export again",
        ),
        (
            "a.html",
            "<html><form><table><tr><td>User</td><td>Password</td></tr></table></form></html>",
            "this is a web page and no export (a login page, perhaps): download the export again",
        ),
        (
            "a.htm",
            '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>Werk</td></tr></table></html>',
            "this is a table that was saved as a web page: open it in a spreadsheet and save it as CSV",
        ),
        (
            "a.xls",
            "<table><tr><td>title_1</td><td>title_2</td></tr><tr><td>Eels</td><td>Eels</td></tr></table>",
            "this is a table that was saved as a web page: open it in a spreadsheet and save it as CSV",
        ),
        (
            "a.xls",
            "<table><thead><tr><th>Title</th><th>Authors</th></tr></thead><tr><td>Eels</td><td>Reed</td></tr></table>",
            "this is a table that was saved as a web page: open it in a spreadsheet and save it as CSV",
        ),
        (
            "a.xml",
            "<?xml version='1.0'?>\n<!-- JATS -->\n<article><front/></article>",
            "this is XML of a kind that is not read, its first element is article: export the records as RIS",
        ),
        (
            "a.xml",  # EBSCO's
            "<?xml version='1.0'?>\n<records>\n<rec resultID='6'><header/></rec></records>",
            "this is XML of a kind that is not read, its first element is records: export the records as RIS",
        ),
        (
            "a.txt",
            "1. J Fox. 2019 Mar;3(2):17-29. doi:\n10.5555/1.\n\nFoxes.\n\nMarsh I(1).\n\nWe.\n\nPMID: 31 [Indexed]\n",
            "this is PubMed's Abstract (text): export the records in the format PubMed, which is .nbib",
        ),
        (
            "a.txt",
            "1: Marsh I, Otter B. Foxes. J Fox. 2019 Mar;3(2):17-29. doi: 10.5555/1. PMID: 31.\n\n2: Marsh I.\n",
            "this is PubMed's Summary (text): export",
        ),
        ("a.txt", "RECORD 1\nTITLE\nFoxes\nAUTHOR NAMES\nMarsh I.\n", "this is the plain text of Embase: export"),
        (
            "a.txt",
            "Scopus\nEXPORT DATE: 05 March 2025\n\nMarsh I.; Otter B.\nFoxes\n(2019) J Fox, 3 (2), pp. 17-29.\n",
            "this is the plain text of Scopus: export the records as RIS or CSV",
        ),
        (
            "a.ris",
            "ty  - JOUR\nti  - Foxes\ner  - \n",
            "this is RIS with small letters in its tags: export the records",
        ),
        (
            "a.txt",
            "1. \nFoxes.\nMarsh I; Otter B.\nJ Fox. 3(2):17-29, 2019.\nUI: 312\n",
            "this is the text of Ovid, made",
        ),
        (
            "a.txt",
            f"{'_' * 60}\n\nDocument 1 of 2\n\nFoxes\n\nAuthor: Marsh, I\n",
            "this is the plain text of ProQuest",
        ),
        ("a.mrc", "00714cam a2200205 a 4500001001200000\x1e123\x1e10\x1faFoxes\x1e\x1d", "this is MARC: export"),
        ("a.mrk", "=LDR  00714cam\n=001  123\n=245  10$aFoxes\n", "this is the text of MARC, as MarcEdit writes it"),
        ("a.rdf", "<rdf:RDF xmlns:z='http://www.zotero.org/namespaces/export#'/>", "this is Zotero's RDF or the like"),
        ("a.ris", "{\\rtf1\\ansi TY  - JOUR}", "this is rich text (RTF): export the records as RIS"),
        ("a.txt", "RT Journal Article\nA1 Marsh,Io\nT1 Foxes\nYR 2019\n", "this is the tagged text of RefWorks"),
        ("a.txt", "{Reference Type}: Journal Article\n{Title}: Foxes\n", "this is the text of NoteExpress"),
        ("a.txt", "<1>\nUnique Identifier\n  31234567\nTitle\n  Foxes.\n", "this is the text of Ovid"),
        ("a.cgi", "VN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\n<1>\nUI  - 31234567\n", "this is the text of Ovid"),
        (
            "a.txt",
            "Database: Ovid MEDLINE(R) <1946 to 2024>\nSearch Strategy:\n-----\n1     foxes/ (23)\n\n"
            "***\n\n<1>\nUnique Identifier\n  31234567\nTitle\n  Foxes.\n",
            "this is the text of Ovid, whose records begin with <1>: export the records as RIS",
        ),
        (
            "a.txt",
            "Reference Type:  Journal Article\nRecord Number: 12\nAuthor: Marsh, Io\nYear: 2019\nTitle: Foxes\n",
            "this is EndNote's Show All Fields (text): export the records in the style RefMan (RIS) or as XML",
        ),
    ],
)
def test_a_file_without_pairs_is_refused(fails, name, content, sentence):
    """A file that cannot be read as pairs ends the run with 2 and a sentence that names the file and what is wrong."""
    code, told = fails(name, content)

    assert code == 2
    assert name in told
    assert sentence in told


def test_a_folder_is_refused(fails, tmp_path):
    """A folder where a file belongs is called one."""
    (tmp_path / "folder").mkdir()
    code, told = fails("folder", None)

    assert code == 2
    assert "folder: this is a folder" in told


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        ('[7, "eels"]', "record 1: this is no record with named fields: no record in the file can be read: repair it"),
        ('{"a": 1}\n', "no field of a record among a, its keys: JSON is read as a list of objects with keys such"),
        (",".join(f"c{n}" for n in range(40)) + "\n", "c10, c11 ..., its first line: put a header above it if it is"),
        ("Io Marsh,Foxes,2019\n", "Io Marsh, Foxes, 2019, its first line: put a header above it if it is a record"),
        ("Io Marsh|||Foxes\n", "the header is missing, or has no name that is known: put one above the first row"),
        ("id,title\n1\n2\n", "line 2: it has 1 cell, the header has 2: add those that are missing"),
        ("", "the file is empty"),
    ],
)
def test_a_records_file_without_records_is_refused(fails, tmp_path, records, sentence):
    """Of records that pairs of ids need at least one must be readable."""
    (tmp_path / "records.txt").write_text(records)
    code, told = fails("pairs.csv", "id_1,id_2\n1,1\n", "--records", tmp_path / "records.txt")

    assert code == 2
    assert "records.txt" in told
    assert sentence in told


def test_records_beside_whole_pairs_are_refused(fails, tmp_path):
    """--records means nothing beside pairs that bring their records."""
    (tmp_path / "records.csv").write_text("id,title\n1,a\n")
    code, told = fails("a.csv", "title_1,title_2\na,b\n", "--records", tmp_path / "records.csv")

    assert code == 2
    assert "the pairs bring their own records: leave out --records" in told


def test_a_folder_as_output_is_told_to_be_one(fails, tmp_path):
    """Not to have a wrong suffix."""
    code, told = fails("a.csv", "title_1,title_2\na,b\n", "-o", tmp_path)

    assert code == 2
    assert "this is a folder: name a file in it for the output" in told


def test_an_unknown_model_is_refused(fails):
    """A model that is not there is named."""
    code, told = fails("a.jsonl", LINE, "--model", "no/such/model")

    assert code in {1, 2}
    assert "no/such/model" in told


@pytest.mark.parametrize("target", ["out.doc", "out", "missing/out.csv", "a.jsonl"])
def test_an_impossible_output_is_refused_before_any_work(fails, tmp_path, target):
    """An unknown suffix, a missing folder and an existing file end the run at once."""
    code, told = fails("a.jsonl", LINE, "-o", tmp_path / target)

    assert code == 2
    assert target.partition("/")[0] in told


def test_a_read_only_folder_is_refused(fails):
    """An output folder that cannot be written to is named with the way out."""
    code, told = fails("a.jsonl", LINE, "-o", "/proc/out.csv")

    assert code == 2
    assert "/proc/out.csv: cannot be written there" in told


@pytest.mark.parametrize("step", ["write", "keep", "fsync"])
def test_a_disk_that_fills_leaves_nothing(fails, tmp_path, monkeypatch, step):
    """When the disk fills while rows are written, kept or finished, the old output stays and no new file is left."""

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    elif step == "keep":
        monkeypatch.setattr(table_writers.Delimited, "write", full)
    else:
        monkeypatch.setattr(table_writers.Delimited, "finish", full)
    (tmp_path / "out.csv").write_text("before")
    code, told = fails("a.jsonl", LINE + "{oops\n", "--force")

    assert code == 1
    assert "the disk is full, nothing was written" in told
    assert "out.csv" in told
    assert (tmp_path / "out.csv").read_text() == "before"


def test_rows_that_cannot_be_read_are_kept_and_the_rest_is_scored(scored):
    """An empty record, a broken line and a half pair are rejected with place, reason and text: none is lost."""
    lines = [
        LINE,
        "{broken\n",
        json.dumps({"doc_1": EEL}) + "\n",
        json.dumps({"doc_1": EEL, "doc_2": {"id": "x", "title": "None", "authors": [""]}}) + "\n",
        LINE,
    ]
    code, rows, rejects, told = scored("a.jsonl", "".join(lines))

    assert code == cli.REJECTS
    assert len(rows) == 2
    assert [reject["line"] for reject in rejects] == [2, 3, 4]
    assert [line.strip() for line in lines[1:4]] == [reject["text"] for reject in rejects]
    assert "2 pairs scored" in told[-1]
    assert "3 rejected" in told[-1]


def test_an_unknown_id_is_rejected(scored, tmp_path):
    """A pair that names a record which is not there is rejected with the id."""
    (tmp_path / "records.jsonl").write_text(json.dumps(EEL) + "\n" + json.dumps(EEL_AGAIN) + '\n{"id": "void"}\n')
    code, rows, rejects, _ = scored(
        "p.csv", "id_1,id_2\ne1,e2\ne1,nobody\ne1,void\n", "--records", tmp_path / "records.jsonl"
    )

    assert code == cli.REJECTS
    assert [(row["id_1"], row["id_2"]) for row in rows] == [("e1", "e2")]
    assert [reject["reason"][:30].strip().removesuffix(" /") for reject in rejects] == [
        "the id nobody is not in",
        "the record void has no content",
    ] or "nobody" in rejects[0]["reason"]
    assert rejects[1]["reason"] == "the record void has no content"


DAMAGED = '{"id": "e3", "title": "Eels'
REPLY = json.dumps(EEL_AGAIN | {"id": "e1", "title": "Eels in Brackish Water: A Reply"})


@pytest.mark.parametrize(
    ("third", "bad", "reason"),
    [
        (DAMAGED, "e3", "line 3: not valid JSON"),
        ("7", "r.jsonl:3", "line 3: this is no record with named fields"),
        ("7", "e3", "is not in {0}, unless it is that of a record that cannot be read ({0}, line 3: this is no record"),
        (REPLY, "e1", "line 3: the id e1 appears twice in the file, and the records are unlike: make the ids unique"),
    ],
)
def test_a_bad_record_rejects_only_the_pairs_that_name_it(scored, fails, tmp_path, third, bad, reason):
    """Each with the record's place and what is wrong; a bad record is told whoever names it, and --strict stops."""
    records = tmp_path / "r.jsonl"
    records.write_text("\n".join([json.dumps(EEL), json.dumps(EEL_AGAIN), third, json.dumps(EEL | {"id": "e4"})]))
    pairs = f"id_1,id_2\n{bad},e2\ne2,e4\n"
    code, rows, rejects, told = scored("p.csv", pairs, "--records", records)

    assert code == cli.REJECTS
    assert [(row["id_1"], row["id_2"]) for row in rows] == [("e2", "e4")]
    assert [reject["line"] for reject in rejects] == [2]
    assert reason.format(records) in rejects[0]["reason"]
    assert any(line.endswith(": pairs that name it are rejected") for line in told)
    assert scored("q.csv", "id_1,id_2\ne2,e4\n", "--records", records)[0] == 0

    code, last = fails("p.csv", pairs, "--records", records, "--strict", "-o", tmp_path / "strict.csv")
    assert code == 1
    assert "p.csv, line 2: " in last
    assert last.endswith("nothing was written, because of --strict")


def test_two_identical_records_are_one(scored, tmp_path):
    """Under one id, however it is written, the fields in any order, in one file or in two."""
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(one) + "\n" for one in (EEL, EEL_AGAIN, EEL)))
    (tmp_path / "s.jsonl").write_text(json.dumps(dict(reversed(EEL.items()))) + "\n")
    code, rows, rejects, _ = scored(
        "p.csv", "id_1,id_2\ne1,e2\n", "--records", tmp_path / "r.jsonl", "--records", tmp_path / "s.jsonl"
    )

    assert (code, len(rows), rejects) == (0, 1, [])


@pytest.mark.parametrize(
    "date", ["2021-13-45", "in press", "", None, 2021, 20.5, ["2021"], {"year": 2021}, "0000", "9" * 400]
)
def test_any_date_is_scored(scored, date):
    """A date that is none never rejects its row."""
    code, rows, rejects, _ = scored("a.jsonl", json.dumps({"doc_1": EEL | {"publication_date": date}, "doc_2": EEL}))

    assert (code, len(rows), rejects) == (0, 1, [])


@pytest.mark.parametrize(
    "value", [7, 1.5, True, [], {}, ["a", None, 3], {"a": {"b": []}}, [["x"]], "x" * 100_000, "\ud800", "\x00"]
)
@pytest.mark.parametrize(
    "field", ["title", "authors", "abstract", "doi", "urls", "journal", "volume", "pages", "id", "source", "versions"]
)
def test_any_value_of_any_field_is_scored(scored, field, value):
    """Numbers, nested values and texts of 100,000 characters where something else belongs never reject their row."""
    code, rows, rejects, _ = scored("a.jsonl", json.dumps({"doc_1": EEL | {field: value, "number": "1"}, "doc_2": EEL}))

    assert (code, len(rows), rejects) == (0, 1, [])
    assert 0 <= rows[0]["duplicate_probability"] <= 1


def test_values_that_cannot_be_read_are_counted(scored):
    """What was read as text or as missing is counted by field on standard error."""
    records = [EEL | {"publication_date": "in press"}, EEL | {"publication_date": "2021-13-45", "title": {"en": "x"}}]
    told = scored("a.jsonl", json.dumps({"doc_1": records[0], "doc_2": records[1]}))[3]

    assert any("could not be read" in line and "title 1" in line for line in told)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json"])
def test_a_byte_order_mark_is_no_part_of_the_text(scored, name):
    """A byte-order mark costs neither the first column nor the first case."""
    content = {"a.csv": "title_1,title_2\na,b\n", "a.jsonl": LINE, "a.json": json.dumps({"cases": [CASE]})}[name]
    code, rows, _, _ = scored(name, b"\xef\xbb\xbf" + content.encode())

    assert (code, len(rows)) == (0, 1)
    assert not next(iter(rows[0])).startswith("\ufeff")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_latin_1_text_is_read_and_told(scored, name):
    """Text in Latin-1 is read as meant, written as UTF-8, and the user is told."""
    text = (
        "title_1,title_2\nÖlpreis,Ölpreise\n"
        if name == "a.csv"
        else json.dumps({"doc_1": {"title": "Ölpreis"}, "doc_2": EEL}, ensure_ascii=False)
    )
    code, rows, _, told = scored(name, text.encode("latin-1"))

    assert code == 0
    assert "Ölpreis" in json.dumps(rows[0], ensure_ascii=False)
    assert any("Windows-1252" in line for line in told)


def test_a_cell_of_a_megabyte_is_read(scored):
    """Cells may be longer than the csv module allows by default."""
    code, rows, _, _ = scored("a.csv", f"title_1,title_2\nx,{'y ' * 500_000}\n")

    assert (code, len(rows[0]["title_2"])) == (0, 1_000_000)


def test_json_that_is_nested_without_end_is_rejected(scored):
    """A row nested 100,000 deep costs that row alone."""
    deep = '{"doc_1": {"title": ' + "[" * 100_000 + "]" * 100_000 + '}, "doc_2": {}}\n'
    code, rows, rejects, _ = scored("a.jsonl", LINE + deep)

    assert (code, len(rows), len(rejects)) == (cli.REJECTS, 1, 1)
    assert "nested too deeply" in rejects[0]["reason"]


def test_an_export_in_place_of_pairs_is_told_of_in_one_sentence(tmp_path, capsys):
    """Its second "TY  - JOUR" would be a repeated header if it were a table."""
    (tmp_path / "a.ris").write_text("TY  - JOUR\nTI  - Foxes\nER  - \n" * 2)
    code = review.main([str(tmp_path / "a.ris")])

    assert code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_pairs_whose_text_looks_like_an_export_are_pairs(scored):
    """Hard because a cell of several lines may quote any form of records: only what holds no pairs is told so."""
    quoted = '"TY  - JOUR\nER  - \n@article{fox,\nPMID- 123"'
    code, rows, _, _ = scored("a.csv", f"title_1,title_2,abstract_1\nFoxes,Foxes,{quoted}\n")

    assert (code, len(rows)) == (0, 1)


def test_the_name_of_a_file_may_be_no_utf8(tmp_path, capsys):
    """Archives of other systems unpack to such names; what is written has a sign in the place of each such byte."""
    records, pairs = (os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/R\xfccken.ris", b"/P\xfc.csv"))
    try:
        Path(records).write_text("TY  - JOUR\nTI  - Eels\nER  - \nTY  - JOUR\nER  - \n", encoding="utf-8")
    except OSError:
        pytest.skip("the disk takes no such name")
    Path(pairs).write_text("title_1,title_2\nEels,Eels\nEels\n", encoding="utf-8")

    assert cli.main(["dedupe", records, "-o", str(tmp_path / "works.jsonl"), "--jobs", "1"]) == cli.REJECTS
    assert predict.main([pairs, "-o", str(tmp_path / "out.csv"), "--jobs", "1"]) == cli.REJECTS
    assert "Traceback" not in capsys.readouterr().err
    (work,) = (tmp_path / "works.jsonl").read_text(encoding="utf-8").splitlines()
    assert Path(json.loads(work)["versions"][0]["file"]).name == "R\ufffdcken.ris"
    rejected = (tmp_path / "out.csv.rejected.jsonl").read_text(encoding="utf-8")
    assert Path(json.loads(rejected)["file"]).name == "P\ufffd.csv"


FULL_DISK = "ulimit -f 1; trap '' XFSZ; "  # a file may have a block or two, then writing to it fails


@pytest.mark.parametrize("output", [("-o", "works.jsonl"), ()])
def test_a_disk_that_is_full_while_a_run_works_is_named(tmp_path, output):
    """Notes of gigabytes lie in a folder that the user has not named, and may know how to move."""
    text = "".join(f"TY  - JOUR\nTI  - Eels in the lake of {n} isles\nER  - \n" for n in range(300))
    (tmp_path / "a.ris").write_text(text, encoding="utf-8")
    command = shlex.join([sys.executable, "-m", "papertwin.cli", "dedupe", "a.ris", *output, "--jobs", "1", "--quiet"])
    done = subprocess.run(
        ["sh", "-c", FULL_DISK + command], cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, b"")
    folder = "works.jsonl.work" if output else f"{tmp_path}/papertwin-"
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"papertwin: {folder}")
    assert line.endswith("or name another disk by -o, or TMPDIR where the works go to standard output")
    assert os.listdir(tmp_path) == ["a.ris"]


def test_so_it_is_where_records_wait_for_the_pairs_that_name_them(tmp_path):
    text = "".join(f"TY  - JOUR\nTI  - Eels in the lake of {n} isles\nER  - \n" for n in range(300))
    (tmp_path / "a.ris").write_text(text, encoding="utf-8")
    (tmp_path / "pairs.csv").write_text("id_1,id_2\na.ris:1,a.ris:2\n", encoding="utf-8")
    command = shlex.join([sys.executable, "-m", "papertwin.cli", "predict", "pairs.csv", "--records", "a.ris"])
    done = subprocess.run(
        ["sh", "-c", FULL_DISK + command], cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"papertwin: {tmp_path}, where the run works: ")
    assert line.endswith("or name another disk by TMPDIR")
