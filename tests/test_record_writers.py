"""Records written as RIS and BibTeX are read back as the same records, by us and by others."""

import csv
import io
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papertwin.data.errors import InputError
from papertwin.data.exports.dialects import RIS_DIALECT
from papertwin.data.exports.formats import BIBTEX
from papertwin.data.exports.kinds import KINDS
from papertwin.data.exports.writers import Bibtex, Ris
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.rows import Reject, decode, encode
from papertwin.data.files.writers import Target
from papertwin.data.output import RECORD_FORMS, RecordOutput
from papertwin.data.records import open_records
from papertwin.predict import main as predict
from papertwin.works.merging import Version, merged

pytest.importorskip("bibtexparser")

FOX = {
    "id": "f1",
    "authors": ["Marsh, Io", "Müller, J.", "Foxes and Hares Society"],
    "title": "50% of {red} foxes & $5: C:\\den_1 ~ #2 ^ x",
    "publication_date": "2019-03-05",
    "source": "PubMed",
    "journal": "Journal of Foxes",
    "volume": "3",
    "number": "2",
    "pages": "17-29",
    "doi": "10.5555/fox_19",
    "urls": ["https://fox.example/a_b%20c"],
    "abstract": "One.\n\nTwo.",
}
RIS = """TY  - CPAPER
A1  - Marsh, Io
A1  - Otter, Bo
T1  - Foxes: 50% of {all}
Y1  - 2019/03/05/Spring
JF  - Journal of Foxes
JO  - J Fox
SP  - 17
EP  - 29
UR  - https://fox.example/1
UR  - https://fox.example/2
N2  - One.
Two.
KW  - red
KW  - fur
AN  - 0042
ZZ  - a tag that nobody knows
ER  -"""
BIB = r"""@inproceedings{m19,
  author = {M{\"u}ller, J. and Otter, Bo and {Foxes and Hares Society}},
  title = {{T}he {DNA} of 50\% foxes \& $\alpha$},
  year = {2019},
  month = mar,
  booktitle = {Proc. Foxes},
  pages = {17--29},
  url = {https://fox.example/a_b%20c},
  eprint = {1903.00001},
  keywords = {red, fur},
  x-shelf = {d{\'e}p{\^o}t},
}"""


def written(form, records, plain=False):
    out = io.BytesIO()
    writer = {".ris": Ris, ".bib": Bibtex}[form](Target(out, plain=plain))
    writer.write(map(encode, records))
    writer.finish()
    return out.getvalue()


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The records in these bytes; all of them are records."""
    path = tmp_path_factory.mktemp("written") / "a.txt"

    def run(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        rows = list(open_records(path).rows)
        assert [row for row in rows if isinstance(row, Reject)] == []
        return [decode(row.raw) for row in rows]

    return run


@pytest.mark.parametrize("form", [".ris", ".bib"])
def test_a_plain_record_needs_no_field_of_ours(read, form):
    """All that reference managers know stands under their names, escaped where LaTeX wants it."""
    content = written(form, [FOX])
    (back,) = read(content)

    assert b"papertwin" not in content
    assert {name: back[name] for name in FOX} == FOX


def lines(text):
    return sorted(line.rstrip() for line in text.strip().splitlines() if line.strip())


def test_what_came_from_ris_goes_back_as_it_came(read):
    """Older tags, the publisher's date and abbreviation, unknown tags: the same lines, if in another order."""
    assert lines(written(".ris", read(RIS)).decode()) == lines(RIS)


def test_what_came_from_bibtex_goes_back_as_it_came(read):
    """Accents as commands, braces that keep capitals, macros of months, unknown fields."""
    assert lines(written(".bib", read(BIB)).decode()) == lines(BIB)


def test_a_field_that_was_changed_is_written_anew_and_the_others_as_they_came(read):
    (record,) = read(RIS)
    text = written(".ris", [record | {"title": "Hares", "journal": "Hare Letters"}]).decode()

    assert "TI  - Hares\n" in text
    assert "T2  - Hare Letters\n" in text
    assert not any(old in text for old in ("T1  -", "JF  -", "JO  -"))
    assert "Y1  - 2019/03/05/Spring\n" in text


def test_entries_say_what_a_record_is():
    """A thesis stays one between the formats; what has a journal is an article, what has nothing is anything."""
    for kind in KINDS:
        assert written(".bib", [{"title": "A", "TY": kind.ris}]).startswith(f"@{kind.bibtex}{{".encode())
        assert written(".ris", [{"title": "A", "ENTRYTYPE": kind.bibtex}]).startswith(f"TY  - {kind.ris}\n".encode())
        for other in kind.others:
            assert written(".ris", [{"title": "A", "type": other}]).startswith(f"TY  - {kind.ris}\n".encode())
    assert written(".ris", [{"title": "A", "journal": "B"}]).startswith(b"TY  - JOUR\n")
    assert written(".bib", [{"title": "A"}]).startswith(b"@misc{")


SCOPUS = {
    "title": "A",
    "journal": "Proceedings of Foxes",
    "Document Type": "Conference paper",
    "Author Keywords": "red; fur",
    "ISSN": "1234-5678",
    "Publisher": "Fox Press",
    "Language of Original Document": "English",
}


def test_what_tables_say_beside_the_fields_is_written_where_reference_managers_look(read):
    """Keywords, ISSN, publisher, language and kind of a table of Scopus; the columns themselves come back, too."""
    ris, bib = (written(form, [SCOPUS]).decode() for form in (".ris", ".bib"))

    assert ris.startswith("TY  - CONF\n")
    for line in ("KW  - red", "KW  - fur", "SN  - 1234-5678", "PB  - Fox Press", "LA  - English"):
        assert f"{line}\n" in ris
    assert bib.startswith("@inproceedings{")
    for line in ("keywords = {red, fur}", "issn = {1234-5678}", "publisher = {Fox Press}", "language = {English}"):
        assert f"  {line},\n" in bib
    for text in (ris, bib):
        (back,) = read(text)
        assert {name: back[name] for name in SCOPUS} == SCOPUS


ENDNOTE = {
    "id": "41",
    "title": "A",
    "notes": "Dose is\nunclear",
    "research-notes": "Ask Bo",
    "label": "included",
    "custom1": "AB",
}


def test_what_people_wrote_into_endnote_stands_where_endnote_looks(read):
    """Notes, labels and fields of their own; the names that its XML has for them come back, and no others."""
    content = written(".ris", [ENDNOTE])
    (back,) = read(content)

    for line in ("N1  - Dose is\nunclear", "RN  - Ask Bo", "LB  - included", "C1  - AB"):
        assert f"{line}\n" in content.decode()
    assert {name: value for name, value in back.items() if name not in {"TY", "original"}} == ENDNOTE


@pytest.mark.parametrize(("old", "new"), [("unclear\n", "unclear Seen.\n"), ("RN  - ", "N1  - Seen.\nRN  - ")])
@pytest.mark.parametrize("merged", [{}, {"versions": [{"file": "a", "position": 1, "record": ENDNOTE}] * 2}])
def test_a_remark_that_a_person_adds_to_notes_of_old_is_kept(read, old, new, merged):
    """Beside the note on the versions as well, and without what the record says already."""
    content = written(".ris", [ENDNOTE | merged]).decode()
    (back,) = read(content.replace(old, new, 1))

    assert (back["N1"], back["notes"]) == ("Seen.", ENDNOTE["notes"])


@pytest.mark.parametrize("remark", ["No abstract", "I would look again", "Not found", "no"])
def test_a_remark_in_a_note_of_its_own_loses_no_letters(read, remark):
    """Hard because a reviewer's short note, which is in RIS already, is a part of it."""
    content = written(".ris", [FOX | {"notes": ["No", "ok"]}]).decode()
    (back,) = read(content.replace("N1  - ", f"N1  - {remark}\nN1  - ", 1))

    assert (back["N1"], back["notes"]) == (remark, ["No", "ok"])


@pytest.mark.parametrize(("one", "left"), [("No ok Seen.", "Seen."), ("Not found", "Not found"), ("look", "look")])
def test_notes_that_a_program_has_made_one_lose_whole_notes_alone(read, one, left):
    """Some managers have a single note for each record, to which a person adds, or which is written anew."""
    content = written(".ris", [FOX | {"notes": ["No", "ok"]}]).decode()
    (back,) = read(content.replace("N1  - No\nN1  - ok", f"N1  - {one}"))

    assert (back["N1"], back["notes"]) == (left, ["No", "ok"])


def test_what_ris_says_beside_the_fields_is_written_in_bibtex():
    """A book keeps its editors and its publisher when a library goes from one reference manager to the other."""
    book = {"TY": "BOOK", "title": "A", "A2": ["Marsh, Io", "Otter, Bo"], "PB": "Fox Press", "ET": "2", "SN": "978-1"}
    text = written(".bib", [book]).decode()

    assert text.startswith("@book{")
    for line in ("editor = {Marsh, Io and Otter, Bo}", "publisher = {Fox Press}", "edition = {2}", "issn = {978-1}"):
        assert f"  {line},\n" in text


def test_editors_of_ris_are_those_of_bibtex(read):
    """RIS has them under ED, or under A2 where the book has authors; they go back under the tag that they had."""
    (record,) = read(b"TY  - BOOK\nTI  - Foxes\nED  - Marsh, Io\nED  - Otter, Bo\nER  - \n")

    assert b"  editor = {Marsh, Io and Otter, Bo},\n" in written(".bib", [record], plain=True)
    assert tags(record, "A2", "ED") == ["Marsh, Io", "Otter, Bo"]


def test_a_subtitle_of_bibtex_is_written_once(read):
    """A work has it in its title; a record that is none yet keeps both fields."""
    (record,) = read(b"@book{a, title = {Foxes}, subtitle = {A census}}")
    work = record | {"title": "Foxes: a census"}

    assert b"subtitle" not in written(".bib", [work], plain=True)
    assert b"  title = {Foxes},\n  subtitle = {A census},\n" in written(".bib", [record])
    (back,) = read(written(".bib", [work]))
    assert back.items() >= work.items()


@pytest.mark.parametrize(
    ("ris", "bibtex", "goes_as"),
    [("CPAPER", "inproceedings", "CONF"), ("ECHAP", "incollection", "CHAP"), ("EDBOOK", "book", "BOOK")],
)
def test_kinds_that_ris_has_twice_are_one_in_bibtex(ris, bibtex, goes_as):
    record = {"title": "A", "journal": "B", "TY": ris}

    assert written(".bib", [record]).startswith(f"@{bibtex}{{".encode())
    assert tags(record, "TY") == [ris]
    assert tags({"title": "A", "journal": "B", "ENTRYTYPE": bibtex}, "TY") == [goes_as]


@pytest.mark.parametrize(("entry", "kind"), [("conference", "CONF"), ("inbook", "CHAP")])
def test_kinds_that_bibtex_has_twice_are_one_in_ris(entry, kind):
    assert tags({"title": "A", "journal": "B", "ENTRYTYPE": entry}, "TY") == [kind]


@pytest.mark.parametrize("name", ["school", "institution"])
def test_where_a_thesis_or_a_report_was_written_is_its_publisher_in_ris(read, name):
    """BibTeX has a field of its own for each."""
    assert b"PB  - University of Foxes\n" in written(
        ".ris", read(f"@misc{{a, title = {{A}}, {name} = {{University of Foxes}}}}")
    )


@pytest.mark.parametrize("number", ["978-0-19-123456-7", "9780191234567", "0-19-852663-6", "ISBN 019852663X"])
def test_the_number_of_a_book_is_no_issn(read, number):
    """RIS has one tag for both kinds of number, BibTeX and its styles two fields; from one to the other and back."""
    bib = written(".bib", [{"TY": "BOOK", "title": "A", "SN": number}])
    ris = written(".ris", read(f"@book{{a, title = {{A}}, isbn = {{{number}}}}}"))

    assert f"isbn = {{{number}}}".encode() in bib
    assert f"SN  - {number}\n".encode() in ris
    for text in (bib, written(".bib", read(ris)), written(".bib", read(bib)), written(".bib", [{"ISBN": number}])):
        assert (text.count(b" isbn = "), text.count(b" issn = ")) == (1, 0)


@pytest.mark.parametrize("number", ["1056-4056", "10564056", "1056-405X (Print)", "1056-4056 1056-4064"])
def test_the_number_of_a_journal_is_no_isbn(read, number):
    """EndNote has both kinds under isbn; the record keeps that name when it is read again."""
    record = {"title": "A", "isbn": number}
    text = written(".bib", [record])

    assert f"  issn = {{{number}}},\n".encode() in text
    assert b" isbn = " not in text
    (back,) = read(text)
    assert (back["isbn"], "issn" in back) == (number, False)
    assert b"SN  - " + number.encode() in written(".ris", [record])
    both = written(".bib", [{"title": "A", "isbn": [number, "978-0-19-123456-7"]}])
    assert f"  issn = {{{number}}},\n".encode() in both
    assert b"  isbn = {978-0-19-123456-7}" in both


def test_a_chapter_has_the_number_of_its_book_and_of_its_series():
    """Web of Science has one under BN, the other under SN; RIS may have both under SN, Scopus's on one line."""
    for said in (
        {"SN": "0302-9743", "BN": "978-3-319-12345-6"},
        {"TY": "CHAP", "SN": ["0302-9743", "978-3-319-12345-6"]},
        {"TY": "CONF", "SN": "0302-9743 (ISSN); 978-3-319-12345-6 (ISBN)"},
    ):
        text = written(".bib", [{"title": "A"} | said])
        assert b" issn = {0302-9743}" in text
        assert b" isbn = {978-3-319-12345-6}" in text
    text = written(".bib", [{"title": "A", "SN": "0302-9743 1611-3349"}])  # on paper and on line
    assert b" issn = {0302-9743 1611-3349}" in text
    assert b" isbn = " not in text


def test_the_issn_of_pubmed_is_written(read):
    """Each number once, whatever PubMed has it for; hard because its tag is IS, under which RIS has the issue."""
    numbers = ("1532-1983 (Electronic)", "0261-5614 (Print)", "0261-5614 (Linking)")
    (record,) = read("\n".join(["PMID- 31", "TI  - Foxes", "IP  - 2", *(f"IS  - {number}" for number in numbers)]))

    for plain in (True, False):
        assert tags(record, "IS", "SN", plain=plain) == ["2", "1532-1983", "0261-5614"]
        assert b"  issn = {1532-1983, 0261-5614},\n" in written(".bib", [record], plain)
    assert read(written(".ris", [record]))[0]["IS"] == record["IS"]
    assert tags({"title": "Foxes", "IS": "2"}, "SN") == []


@pytest.mark.parametrize("rest", ["others", "et al.", "...", "and others", "[et al.]"])
def test_authors_that_are_not_named_are_no_author(read, rest):
    """Reference managers would cite a person called others; BibTeX says so in a word that its styles know."""
    record = {"id": "a", "title": "A", "authors": ["Marsh, Io", rest]}
    ris, bib = (written(form, [record]) for form in (".ris", ".bib"))

    assert [line for line in ris.decode().splitlines() if line.startswith("AU")] == ["AU  - Marsh, Io"]
    assert b"author = {Marsh, Io and others}" in bib
    for text in (ris, bib):
        assert read(text)[0]["authors"] == record["authors"]


@pytest.mark.parametrize("name", ["?", "—", "???"])
def test_signs_alone_do_not_stand_for_authors_that_are_not_named(name):
    """They are what a broken export has left of a name, and BibTeX would cite its author "and others"."""
    ris, bib = (written(form, [{"id": "a", "title": "A", "authors": [name]}]).decode() for form in (".ris", ".bib"))

    assert f"AU  - {name}\n" in ris
    assert "others" not in bib


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"OT": ["sleep", "nurses"], "MH": ["Sleep", "Humans", "Aged, 80 and over"]}, 4),
        ({"OT": ["sleep", "nurses", "humans"], "MH": "Aged, 80 and over"}, 4),
        ({"Author Keywords": "sleep; nurses", "Index Keywords": "human; Sleep; aged"}, 4),
    ],
)
def test_the_keywords_of_a_database_go_along_with_those_of_the_authors(said, expected):
    """Who searches a library by MeSH terms finds the record; what both say stands there once."""
    text = written(".ris", [{"id": "a", "title": "A"} | said]).decode()

    found = [line[6:].casefold() for line in text.splitlines() if line.startswith("KW")]
    assert found[:2] == ["sleep", "nurses"]
    assert len(found) == len(set(found)) == expected


def test_several_keywords_and_editors_of_bibtex_are_several_in_ris():
    """BibTeX has commas between keywords, some programs semicolons, and "and" between persons."""
    for said, expected in [
        ("fur,red  , tails", ["fur", "red", "tails"]),
        ("Old, 80 and over; x", ["Old, 80 and over", "x"]),
    ]:
        record = {"id": "a", "title": "A", "keywords": said, "editor": "Marsh, Io and Otter, Bo"}
        text = written(".ris", [record]).decode().splitlines()
        assert [line[6:] for line in text if line.startswith("KW")] == expected
        assert [line[6:] for line in text if line.startswith("A2")] == ["Marsh, Io", "Otter, Bo"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"Item Type": "bookSection"}, "CHAP"),
        ({"ref-type[Thesis]": "32"}, "THES"),
        ({"DT": "Proceedings Paper"}, "CONF"),
    ],
)
def test_other_programs_say_what_a_record_is(said, kind):
    """Zotero's table, EndNote's XML, Web of Science; their words stand for ours whatever their case and spaces."""
    assert written(".ris", [{"title": "A", "journal": "B"} | said]).startswith(f"TY  - {kind}\n".encode())


@pytest.mark.parametrize("said", [["Journal Article", "Preprint"], ["Preprint", "Journal Article"]])
def test_a_record_is_an_article_only_where_it_says_nothing_else(said):
    """PubMed calls each preprint a journal article too; a merged article stays one beside its preprint."""
    preprint = {"title": "A", "journal": "medRxiv", "PT": said}
    article = {"title": "A", "journal": "B", "PT": ["Journal Article", "Review"], "type": "preprint"}

    assert written(".ris", [preprint]).startswith(b"TY  - UNPB\n")
    assert written(".bib", [preprint]).startswith(b"@unpublished{")
    assert written(".ris", [article | {"sources": {"PT": "1", "type": "2"}}]).startswith(b"TY  - JOUR\n")


def test_a_tag_that_means_another_thing_elsewhere_is_not_taken(read):
    """CY is the date of the conference in Web of Science, the place of the publisher in RIS."""
    assert b"CY  - " not in written(".ris", [{"title": "A", "PT": "S", "CY": "DEC 04, 2017", "LA": "English"}])


def test_keys_of_bibtex_are_used_once(read):
    """LaTeX takes the first of two; the ids stay what they were."""
    records = [{"id": name, "title": "A"} for name in ("a", "a", "a-2", "é, {}", "")]
    content = written(".bib", records)
    keys = [line.split("{")[1].rstrip(",") for line in content.decode().splitlines() if line.startswith("@")]

    assert len(set(keys)) == len(records)
    assert [record.get("id") for record in read(content)] == ["a", "a", "a-2", "é, {}", ""]


@pytest.mark.parametrize("kind", ["conference paper", "string", "Comment"])
def test_a_kind_that_cannot_begin_an_entry_of_bibtex_loses_no_record(read, kind):
    """An entry @string{...} is none, and @conference paper{...} is no BibTeX."""
    (record,) = read(written(".bib", [{"id": "a", "title": "A", "ENTRYTYPE": kind}]))

    assert (record["title"], record["ENTRYTYPE"]) == ("A", kind)


TEXT = st.text(max_size=30) | st.sampled_from([
    "TY  - JOUR", "ER  - \nTY  - X", "a\nER  - b", "50% & {x} \\alpha $y$ #~^_", "} {", "@article{x,\n@book{",
    "a  b \u00a0 c", "2019-03-05", "2019", "in press", "1-9", "1--9", "Müller, J. and B", "https://doi.org/10.1000/x_y",
    '"', 'papertwin {"a":1}', "\ufeffx", "NA", "None", "\x00\x0c", "\u2028", "\\", "mar",
])  # fmt: skip
FIELDS = {
    name: {"authors": st.lists(TEXT), "urls": st.lists(TEXT), "versions": st.lists(st.dictionaries(TEXT, TEXT))}.get(
        name, TEXT
    )
    for name in RECORD_FIELDS
}
VALUE = TEXT | st.lists(TEXT, max_size=3) | st.integers(-5, 3000) | st.dictionaries(TEXT, TEXT, max_size=2) | st.none()
NAME = st.sampled_from(
    [
        *RECORD_FIELDS,
        *RIS_DIALECT.names.parts,
        *BIBTEX.parts,
        "TY",
        "KW",
        "U5",
        "ENTRYTYPE",
        "papertwin",
        "notes",
        "custom7",
    ]
)
RECORD = st.fixed_dictionaries({}, optional=FIELDS) | st.dictionaries(NAME | TEXT, VALUE, max_size=8)


@pytest.mark.parametrize("form", [".ris", ".bib"])
@settings(max_examples=60)
@given(records=st.lists(RECORD, min_size=1, max_size=3))
def test_any_record_is_read_back_as_it_was(read, form, records):
    """Every field, known or not, whatever it holds; no field of a record comes that was not there; none is lost."""
    records = [decode(encode(record)) for record in records]
    back = read(written(form, records))

    assert len(back) == len(records)
    for old, new in zip(records, back, strict=True):
        assert {name: new.get(name) for name, value in old.items() if value is not None and name != "original"} == {
            name: value for name, value in old.items() if value is not None and name != "original"
        }
        assert {name for name in new if name in RECORD_FIELDS} <= old.keys()


@pytest.mark.parametrize("form", [".ris", ".bib"])
@settings(max_examples=50)
@given(originals=st.dictionaries(NAME | TEXT, VALUE, max_size=5), title=TEXT)
def test_damaged_texts_of_old_spoil_no_entry(read, form, originals, title):
    """Whoever edits the JSON between reading and writing cannot break the file."""
    names = {".ris": "RIS", ".bib": "BibTeX"}[form]
    (back,) = read(written(form, [{"title": title, "original": {names: originals}}]))

    assert back["title"] == title


@pytest.mark.parametrize("source", [FOX, RIS])
def test_another_reader_of_ris_reads_the_same(read, source):
    rispy = pytest.importorskip("rispy")
    record = source if isinstance(source, dict) else read(source)[0]
    (entry,) = rispy.loads(written(".ris", [record]).decode())

    assert (entry.get("title") or entry.get("primary_title")) == record["title"]
    assert (entry.get("authors") or entry.get("first_authors")) == record["authors"]
    assert f"{entry['start_page']}-{entry['end_page']}" == record["pages"]


@pytest.mark.parametrize("suffix", RECORD_FORMS)
def test_every_form_of_records_is_read_back(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    with RecordOutput(path) as output:
        output.write([encode(FOX), encode(FOX | {"id": "f2"})])
        output.finish()

    assert [decode(row.raw)["id"] for row in open_records(path).rows] == ["f1", "f2"]
    assert all(decode(row.raw)["title"] == FOX["title"] for row in open_records(path).rows)


@pytest.mark.parametrize("suffix", [".ris", ".bib", ".ris.gz"])
def test_pairs_are_not_written_as_references(tmp_path, capsys, suffix):
    """RIS has no place for two records in one."""
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps({"cases": [{"doc_1": FOX, "doc_2": FOX}]}))

    assert predict([str(cases), "-o", str(tmp_path / f"out{suffix}")]) == 2
    assert "of records, not of pairs: use .json" in capsys.readouterr().err


def test_without_bibtexparser_no_bibtex_is_begun(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "bibtexparser", None)

    with pytest.raises(InputError, match=r"\[formats\]"), RecordOutput(tmp_path / "a.bib"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_field_of_another_format_is_not_written_under_a_tag_that_means_something_else(read):
    """Hard because a merged record has RIS's kind and PubMed's IS, which is an ISSN there and the issue in RIS."""
    merged = FOX | {"TY": "JOUR", "IS": "1550-9389 (Print)"}
    content = written(".ris", [merged])

    assert b"IS  - 2\n" in content
    assert b"IS  - 1550" not in content
    (back,) = read(content)
    assert {name: back[name] for name in merged} == merged


def test_two_databases_may_call_a_record_the_same(read):
    """Ovid's RIS has PubMed's number as the id: what PubMed's own record says under SB or PT is still no tag of RIS."""
    pubmed = {"id": "31", "title": "A", "SB": "IM", "PT": "Journal Article"}
    ovid = {"id": "31", "title": "A", "TY": "JOUR", "CY": "US"}
    merged = {**ovid, "SB": "IM", "PT": "Journal Article", "sources": dict.fromkeys([*ovid, *pubmed], "31")}
    merged["versions"] = [{"file": "a.ris", "position": 1, "record": ovid}]
    merged["versions"] += [{"file": "a.nbib", "position": 1, "record": pubmed}]
    content = written(".ris", [merged])

    assert b"CY  - US\n" in content
    assert not any(tag in content for tag in (b"SB  - ", b"PT  - "))
    (back,) = read(content)
    assert {name: back[name] for name in merged} == merged
    # The same as a work of one version, which is that work: read again and deduplicated once more.
    again = merged | {
        "sources": dict.fromkeys(merged, "31"),
        "versions": [{"file": "w.ris", "position": 1, "record": merged}],
    }
    assert not any(tag in written(".ris", [again]) for tag in (b"SB  - ", b"PT  - "))


PUBMED = {"id": "31", "title": "A", "source": "PubMed", "doi": "10.5555/a", "OWN": "NLM", "LR": "2020", "SO": "J. 2019"}
MERGED = {
    **PUBMED,
    "TY": "JOUR",
    "N1": "Read this",
    "annote": "Read that",
    "KW": ["red"],
    "sources": dict.fromkeys(PUBMED, "31") | {"TY": "b.ris:2", "N1": "b.ris:2", "annote": "b.ris:2", "KW": "b.ris:2"},
    "versions": [
        {"file": "a.nbib", "position": 1, "record": PUBMED},
        {
            "file": "lib/b.ris",
            "position": 2,
            "record": {"TY": "JOUR", "title": "A\nER  - ", "N1": "Read this", "annote": "Read that", "KW": ["red"]},
        },
    ],
}


@pytest.mark.parametrize("form", [".ris", ".bib"])
@pytest.mark.parametrize("left_out", [{"N1", "annote"}, set()])
def test_a_merged_record_tells_people_what_it_was_made_of(read, form, left_out):
    """A reference manager shows the note, a line a version; read again the record is what it was, without it."""
    record = {name: value for name, value in MERGED.items() if name not in left_out}
    content = written(form, [record])
    (back,) = read(content)

    assert {name: value for name, value in back.items() if name not in {"original", "ENTRYTYPE"}} == record
    assert b"Merged by Papertwin from 2 records:" in content
    assert b"(1) PubMed, 31, 10.5555/a, a.nbib:1" in content
    assert b"(2) b.ris:2" in content


def of_notes(*versions):
    """A work of versions that have nothing but these fields beside their titles, the first of each kept."""
    held = [Version("a.ris", place, encode(FOX | one | {"id": str(place)})) for place, one in enumerate(versions)]
    return decode(merged(held, [None] * len(held), {}))


IN_RIS, IN_BIBTEX = {"TY": "JOUR"}, {"ENTRYTYPE": "article"}


@pytest.mark.parametrize("plain", [True, False])
def test_the_notes_of_all_versions_are_written(plain, read):
    """What a reviewer said of the copy that was removed, above all; hard because the kept one has notes of its own."""
    versions = [
        IN_RIS | {"N1": ["Accession Number: 1", "In print"]},
        {"Notes": "Exclusion reason: wrong population", "Tags": "To discuss"},
        {"notes": 'RAYYAN-INCLUSION: {"Maria"=>"Included"}'},
        IN_RIS | {"N1": "In print"},
        IN_BIBTEX | {"annote": "Ask Bo"},
    ]
    notes = ["Accession Number: 1", "In print", *versions[1].values(), versions[2]["notes"], "Ask Bo"]
    work = of_notes(*versions)
    ris, bib = (written(form, [work], plain=plain) for form in (".ris", ".bib"))

    lines = [line[6:] for line in ris.decode().splitlines() if line.startswith("N1  - ")]
    assert lines[: len(notes)] == notes
    assert lines[len(notes) :] == [] if plain else lines[-1].startswith("Merged by Papertwin")
    (annote,) = (line for line in bib.decode().splitlines() if line.startswith("  annote = "))
    said = ["Ask Bo", *notes[:4], 'RAYYAN-INCLUSION: \\textbraceleft{}"Maria"=>"Included"\\textbraceright{}']
    assert annote.startswith(f"  annote = {{{' '.join(said)}{'},' if plain else ' Merged by Papertwin'}")
    if not plain:
        backs = (read(text)[0] for text in (ris, bib))
        assert all({name: back.get(name) for name in work} == work for back in backs)


@example([(IN_RIS, {"notes": ["a"], "N1": ["a", "b"]})])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([{}, IN_RIS, IN_BIBTEX]),
            st.dictionaries(st.sampled_from(["N1", "annote", "notes"]), st.lists(st.text("ab ", max_size=4))),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_records_and_works_are_read_again_with_the_notes_that_they_had(read, versions):
    """Whatever these are: some begin as others do, or are the same."""
    versions = [kind | notes for kind, notes in versions]
    for record in (FOX | versions[0], of_notes(*versions)):
        for form in (".ris", ".bib"):
            (back,) = read(written(form, [record]))
            assert {name: back.get(name) for name in record} == record
            assert back.keys() - record.keys() <= {"original", "TY", "ENTRYTYPE"}


@pytest.mark.parametrize(("form", "name"), [(".ris", "N1"), (".bib", "annote")])
@pytest.mark.parametrize("before", ["", "Seen. "])
def test_a_remark_that_a_person_adds_to_the_note_is_kept(read, form, name, before):
    """Behind the lines on the versions only the remark is left, before them at least what the person wrote."""
    record = {field: value for field, value in MERGED.items() if field not in {"N1", "annote"}}
    content = written(form, [record]).decode()
    noted = content.replace("Merged by", f"{before}Merged by").replace(
        "(2) b.ris:2", "(2) b.ris:2 Left out at full text."
    )
    (back,) = read(noted.encode())

    assert str(back[name]).startswith(before)
    assert str(back[name]).endswith("Left out at full text.")
    assert before or "Merged by" not in str(back[name])


def test_a_merged_record_is_written_with_the_texts_of_that_version_that_came_from_the_format():
    """The kept record's fields, as the other version wrote them where both say the same."""
    old = {
        "TY": "JOUR",
        "title": "Moss",
        "publication_date": "2020",
        "original": {"RIS": {"T1": "Moss", "Y1": "2020//"}},
    }
    versions = [{"file": "a", "position": place, "record": one} for place, one in enumerate([FOX, old])]
    work = {"title": "Moss", "publication_date": "2021", "sources": {"title": "a:0"}, "versions": versions}

    assert tags(work, "T1", "TI", "Y1", "PY") == ["Moss", "2021"]


def test_sources_that_are_no_ids_say_nothing():
    """A field of that name may hold anything in a record of somebody else's."""
    assert written(".ris", [MERGED | {"sources": {"title": ["a1"], "KW": {"b": 1}}}])


def test_tags_are_those_of_the_versions_that_came_from_ris():
    """PubMed's LR and SO mean nothing in RIS, where a reference manager makes a note of each."""
    tags = {line[:2] for line in written(".ris", [MERGED]).decode().splitlines() if line[2:6] == "  - "}

    assert {"TY", "KW", "N1", "U5"} <= tags
    assert {"LR", "SO"}.isdisjoint(tags)


def test_other_readers_read_a_merged_record():
    """What is ours stands in a note and in one field more, and all else where everybody looks for it."""
    rispy = pytest.importorskip("rispy")
    (entry,) = rispy.loads(written(".ris", [MERGED]).decode())
    assert (entry["title"], entry["doi"], entry["keywords"]) == ("A", "10.5555/a", ["red"])
    assert any("b.ris:2" in note for note in entry["notes"])

    from bibtexparser.entrypoint import parse_string

    library = parse_string(written(".bib", [MERGED | {"annote": None}]).decode())
    assert (len(library.entries), library.failed_blocks) == (1, [])
    assert library.entries[0].fields_dict["doi"].value == "10.5555/a"


def tags(record, *wanted, plain=False):
    """The texts under some tags of the record as RIS."""
    lines = written(".ris", [record], plain).decode().splitlines()
    return [line[6:] for tag in wanted for line in lines if line.startswith(f"{tag}  - ")]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Okonkwo E", "van der Berg AB", "O'Brien J.-P."], ["Okonkwo, E", "van der Berg, AB", "O'Brien, J.-P."]),
        (["Okonkwo E", "Garcia Lopez M", "Smith MA"], ["Okonkwo, E", "Garcia Lopez, M", "Smith, MA"]),
        (["OKONKWO E", "Marsh, Io"], ["OKONKWO, E", "Marsh, Io"]),
        (["Okonkwo E", "WHO Study Group", "Team A"], ["Okonkwo, E", "WHO Study Group", "Team A"]),
        (["Io Marsh", "J Smith", "Wei LI", "Anna LEE"], ["Io Marsh", "J Smith", "Wei LI", "Anna LEE"]),
        (["Cancer UK"], ["Cancer UK"]),
        (["Maria Garcia MD", "Io Marsh"], ["Maria Garcia MD", "Io Marsh"]),
        ("Okonkwo E; Marsh I", ["Okonkwo, E", "Marsh, I"]),
    ],
)
def test_initials_stand_behind_a_comma_where_they_are_surely_initials(names, expected, read):
    """Without the comma reference managers take all for the surname; hard because "Wei LI" has a surname last."""
    assert tags(FOX | {"authors": names}, "AU") == expected
    bib = written(".bib", [FOX | {"authors": names}])
    assert all(name in bib.decode().split("abstract")[0] for name in expected)
    for content in (written(".ris", [FOX | {"authors": names}]), bib):
        assert read(content)[0]["authors"] == names


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("960-72", ["960", "972"]),
        ("571\u2010576", ["571", "576"]),
        ("S12\u20139", ["S12", "S19"]),
        ("e101--12", ["e101", "e112"]),
        ("571-6; discussion 577", ["571", "576; discussion 577"]),
        ("998-12", ["998", "12"]),
        ("17-29", ["17", "29"]),
        ("e101", ["e101"]),
        ("CD000123", ["CD000123"]),
    ],
)
def test_both_pages_are_written_whole(pages, expected, read):
    """As PubMed shortens them, and with whatever dash; they are read again as they were."""
    assert tags(FOX | {"pages": pages}, "SP", "EP") == expected
    assert read(written(".ris", [FOX | {"pages": pages}]))[0]["pages"] == pages


@pytest.mark.parametrize(
    ("name", "ris", "bib"),
    [
        ("King, Martin Luther, Jr.", "King, Martin Luther, Jr.", "King, Jr., Martin Luther"),
        ("King, Jr., Martin Luther", "King, Martin Luther, Jr.", "King, Jr., Martin Luther"),
        ("Ito, Kenji IV", "Ito, Kenji, IV", "Ito, IV, Kenji"),
        ("Berg, Anna, MD", "Berg, Anna, MD", "Berg, Anna, MD"),
        ("Li, II", "Li, II", "Li, II"),
        ("Kim, Ii Joon", "Kim, Ii Joon", "Kim, Ii Joon"),
        ("Petrov, N. Iv", "Petrov, N. Iv", "Petrov, N. Iv"),
        ("King Jr., Martin Luther", "King Jr., Martin Luther", "King Jr., Martin Luther"),
    ],
)
def test_what_tells_generations_apart_stands_where_the_format_has_it(name, ris, bib, read):
    """In RIS last, in BibTeX behind the surname: elsewhere it is taken for given names, and these for it."""
    record = FOX | {"authors": [name, "Marsh, Io"]}

    assert tags(record, "AU") == [ris, "Marsh, Io"]
    assert f"author = {{{bib} and Marsh, Io}}," in written(".bib", [record]).decode()
    for form in (".ris", ".bib"):
        assert read(written(form, [record]))[0]["authors"] == record["authors"]


def test_the_suffix_of_a_crossref_author_goes_with_the_name(tmp_path):
    path = tmp_path / "works.json"
    author = {"given": "Martin Luther", "family": "King", "suffix": "Jr."}
    path.write_text(json.dumps({"DOI": "10.5555/1", "title": ["Letter"], "author": [author], "issued": {}}))
    (row,) = open_records(path).rows

    assert tags(decode(row.raw), "AU") == ["King, Martin Luther, Jr."]
    assert "author = {King, Jr., Martin Luther}," in written(".bib", [decode(row.raw)]).decode()


MARKUP = [
    ("Effect of <i>E. coli</i> on CO<sub>2</sub>", "Effect of E. coli on CO2"),
    ("Foxes &amp; hares: p &lt; 0.05", "Foxes & hares: p < 0.05"),
    ("If a<b then c>d, n < 3", "If a<b then c>d, n < 3"),
    ("Foxes of the lower\n  valley", "Foxes of the lower valley"),
    ("$5 for <b>foxes</b>? {Red} ~ a_b \\alpha", "$5 for foxes? {Red} ~ a_b \\alpha"),
    ("<p>Fox\u00e9s</p>", "Fox\u00e9s"),
    ("Mean <k> of <b>foxes</b>, Vec<T> &amp; &lt;E&gt;", "Mean <k> of foxes, Vec<T> & <E>"),
    ("Role of &#945; and &beta; in &amp;lt;i&amp;gt;foxes&amp;lt;/i&amp;gt;", "Role of \u03b1 and \u03b2 in foxes"),
    ("See &amp; cite https://fox.example/?a=1&sect=2", "See & cite https://fox.example/?a=1&sect=2"),
]


@pytest.mark.parametrize(("given", "expected"), MARKUP)
def test_titles_are_written_without_markup(given, expected, read, tmp_path):
    """Reference managers and people show tags as they are; the record that is read again is the same."""
    record = FOX | {"title": given, "journal": given}

    assert tags(record, "TI", "T2") == [expected, expected]
    for form in (".ris", ".bib"):
        assert read(written(form, [record]))[0].items() >= record.items()
        assert read(written(form, [record], plain=True))[0]["title"] == expected
    with RecordOutput(tmp_path / "works.csv") as output:
        output.write([encode(record | {"kept_title": given, "versions": [{"record": record}]})])
        output.finish()
    (row,) = csv.DictReader(io.StringIO((tmp_path / "works.csv").read_text("utf-8")))
    assert (row["title"], row["kept_title"], row["journal"]) == (expected, expected, expected)
    assert json.loads(row["versions"])[0]["record"]["title"] == given


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<jats:title>Abstract</jats:title><jats:p>We study x.</jats:p>", "Abstract We study x."),
        ("<h4>Background</h4>Foxes.<h4>Methods</h4>We count: n&gt;3.", "Background Foxes. Methods We count: n>3."),
        ("Aims: foxes &amp; hares.\nResults: p<0.05.", "Aims: foxes & hares.\nResults: p<0.05."),
        ("One.\n\n  Two, a < b.", "One.\n\n  Two, a < b."),
    ],
)
def test_abstracts_are_written_without_markup(given, expected, read):
    """What had none keeps its lines."""
    record = FOX | {"abstract": given}

    assert read(written(".ris", [record], plain=True))[0]["abstract"] == expected
    assert "<h4>" not in written(".bib", [record], plain=True).decode()
    for form in (".ris", ".bib"):
        assert read(written(form, [record]))[0].items() >= record.items()


@pytest.mark.parametrize("date", ["2024-10-14 00:00:00", "2024-10-14", "14-Oct", "Oct-14", "10/14/2024", "14. Oct"])
def test_a_date_that_a_spreadsheet_made_of_pages_is_no_page(date, read):
    record = FOX | {"pages": date}

    assert tags(record, "SP", "EP") == []
    assert "pages = " not in written(".bib", [record], plain=True).decode()
    assert read(written(".ris", [record]))[0].items() >= record.items()


@pytest.mark.parametrize("pages", ["2003-2012", "2024-10", "12.1.15", "1-10"])
def test_pages_that_look_like_a_date_are_written(pages):
    assert tags(FOX | {"pages": pages}, "SP")


@pytest.mark.parametrize("nought", ["0", 0, "0-0", "00", "-"])
def test_noughts_are_no_volume_issue_or_page(nought, read):
    """Reference managers would cite them; what a file of RIS had itself is no exception."""
    noughts = dict.fromkeys(("volume", "number", "pages"), nought)
    (of_ris,) = read(b"TY  - JOUR\nTI  - Foxes\nVL  - 0\nCP  - 0\nSP  - 0\nEP  - 0\nER  - \n")

    for record in (FOX | noughts, of_ris):
        assert tags(record, "VL", "IS", "CP", "SP", "EP") == []
        bib = written(".bib", [record], plain=True).decode()
        assert not any(f"{name} = " in bib for name in noughts)
        (back,) = read(written(".ris", [record]))
        assert {name: back[name] for name in noughts} == {name: record[name] for name in noughts}
    assert tags(FOX | {"pages": "0-7"}, "SP", "EP") == ["0", "7"]


def test_whole_numbers_of_json_are_written_without_a_point():
    record = {"id": 1.0, "title": "Foxes", "volume": 109.0, "number": 3.0, "pages": 12.0}
    assert tags(record, "ID", "VL", "IS", "SP") == ["1", "109", "3", "12"]


@pytest.mark.parametrize("plain", [True, False])
def test_the_title_of_a_special_issue_stays_beside_its_journal(plain, read):
    """Hard because only the address tells that the journal is in JO, and it is no part of what is kept of the file."""
    lines = ["TI  - Foxes", "JO  - Journal of Foxes", "T2  - Small mammals", "UR  - https://www.sciencedirect.com/fox"]
    (record,) = read("\n".join(["TY  - JOUR", *lines, "ER  - "]).encode())
    text = written(".ris", [record], plain=plain).decode()

    assert set(lines) <= set(text.splitlines())
    assert read(text.encode()) == [record]


def test_what_a_file_of_ris_had_untidy_is_written_tidy(read):
    """Hard because what a record had in the format is otherwise written as it was."""
    (record,) = read(b"TY  - JOUR\nTI  - Foxes\nA1  - Okonkwo E\nSP  - 960-72\nER  - \n")

    assert tags(record, "AU", "A1", "SP", "EP") == ["Okonkwo, E", "960", "972"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"PT": "J", "DT": "Letter"}, ["Letter"]),  # Web of Science
        ({"PT": ["Journal Article", "Published Erratum"]}, ["Journal Article; Published Erratum"]),  # PubMed
        ({"Document Type": "Editorial"}, ["Editorial"]),  # Scopus
        ({"PT": ["Trial registry record"]}, ["Trial registry record"]),  # the Cochrane Library
        ({"TY": "JOUR", "M3": "Letter"}, ["Letter"]),
        ({"PT": "J"}, []),
        ({}, []),
    ],
)
def test_what_kind_of_article_it_is_stands_where_reference_managers_filter_by_it(given, expected, read):
    content = written(".ris", [FOX | given])

    assert tags(FOX | given, "M3") == expected
    assert tags(FOX | given, "TY") == ["JOUR"]
    (back,) = read(content)
    assert {name: back.get(name) for name in ("PT", "DT", "M3") if name in back} == {
        name: value for name, value in given.items() if name in {"PT", "DT", "M3"}
    }
