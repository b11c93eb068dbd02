"""The edition that a record states in a field of its own counts as if its title said it, where the title names none."""

import json

import numpy as np
import pytest

import papertwin
from papertwin.data.fields import prepare, prepare_pairs
from papertwin.data.files.rows import Reject, decode, encode
from papertwin.data.identity import record_key
from papertwin.data.output import RecordOutput
from papertwin.data.pairs import open_pairs
from papertwin.data.records import open_records
from papertwin.data.values.editions import NAMES, read, told
from papertwin.features import FEATURES
from papertwin.features.vectors import vectors

BOOK = {"title": "Peat and its management", "authors": ["Marsh, Io", "Otter, Bo"], "publication_date": "2004"}
ARTICLE = BOOK | {"journal": "Journal of Bogs", "volume": "12", "number": "3", "pages": "101-118"}


def column(name, *records):
    """A prepared field of these records."""
    return prepare(records).columns[name].tolist()


def compared(first, second):
    """The vector of a pair."""
    return vectors(*prepare_pairs([first], [second]))[0]


def conflict(first, second):
    """What the pair's parts and editions say: 1 where they differ, 0.5 where one is silent."""
    return compared(first, second)[[feature.name for feature in FEATURES].index("part_conflict")]


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("2", "2"), ("02", "2"), ("99", "99"), ("2nd", "2"), ("3rd ed.", "3"), ("[4th edition]", "4"), ("Third", "3"),
        ("Second edition.", "2"), ("Thirteenth edition", "13"), ("2. Aufl.", "2"), ("2., überarb. Auflage", "2"),
        ("3e éd.", "3"), ("Deuxième édition revue et augmentée", "2"), ("2a edición", "2"), ("2.ª ed.", "2"),
        ("2-е изд., испр. и доп.", "2"), ("3e druk", "3"), ("第2版", "2"), ("2nd ed., rev. & enl.", "2"),
        ("International ed.", "international"), ("Asian", "asian"), ("Teacher’s edition", "teacher's"),
        ("Student's book", "student"), ("Teacher's book with key", "teacher's"),
        ("Third international edition", "3 international"), ("Revised and enlarged edition", "enlarged"),
        ("First international edition", "international"),
    ],
)  # fmt: skip
def test_numbers_ordinals_and_known_names_are_editions(text, edition):
    """In the languages of catalogues, with what they write beside; as `numbering.parts` has those of titles."""
    assert read(text) == edition


@pytest.mark.parametrize(
    "said",
    [
        "2019/05/12", "20190512", "Epub 2019/05/12", "2019", "12 May 2019", "May 12", "05/12", "2.5", "0", "100",
        "1", "1st", "First", "First edition", "1. Auflage", "Online", "Print", "North American Edition", "Rev. ed.",
        "2nd printing", "Two", "edition", "", "NA", None, True, 2.5, float("nan"), ["2", "3"], {"edition": "2"}, [None],
        "2nd " * 100,
    ],
)  # fmt: skip
def test_a_date_a_first_edition_and_any_other_word_change_nothing(said):
    """Reference managers have an article's date there, and most records of a first edition name none."""
    for name in ("edition", "ET"):
        assert np.array_equal(compared(BOOK | {name: said}, BOOK), compared(BOOK, BOOK), equal_nan=True)


@pytest.mark.parametrize("name", [*NAMES, "Edition", "edition_number", "editionNumber"])
@pytest.mark.parametrize("value", ["2nd", 2, 2.0, ["2"]])
def test_an_edition_counts_under_every_name_that_formats_have_for_it(name, value):
    """Case and signs do not count, and tables and JSON may have it as a number."""
    assert column("title_parts", BOOK | {name: value}, BOOK) == ["2", ""]


def test_an_edition_in_the_field_agrees_with_that_in_a_title():
    """Two that differ contradict each other; where one record is silent, it is as with titles."""
    second, third = BOOK | {"edition": "2nd"}, BOOK | {"ET": "3. Auflage"}
    titled = BOOK | {"title": f"{BOOK['title']}, 2nd edition"}
    assert (conflict(second, titled), conflict(third, titled), conflict(second, third)) == (0, 1, 1)
    assert (conflict(second, second | {"edition": "Second ed."}), conflict(second, BOOK)) == (0, 0.5)


@pytest.mark.parametrize("ending", [", 2nd edition", ". Part 2", ": volume II"])
def test_what_the_title_numbers_counts_alone(ending):
    """A volume of a second edition would else differ from the same where a catalogue leaves the edition out."""
    titled = {"title": f"{BOOK['title']}{ending}"}
    assert column("title_parts", titled | {"edition": "3"}) == column("title_parts", titled) == ["2"]


@pytest.mark.parametrize("place", ["volume", "journal"])
def test_an_edition_of_what_stands_in_a_volume_of_a_journal_says_nothing(place):
    """It is one of a newspaper or a mistake; a book has a publisher in the journal's place, or no volume."""
    stated = ARTICLE | {"edition": "2"}
    assert np.array_equal(compared(stated, ARTICLE), compared(ARTICLE, ARTICLE), equal_nan=True)
    without = {name: value for name, value in stated.items() if name != place}
    found = "2" if place == "volume" else "12"  # a volume of a set
    assert column("title_parts", stated, without, stated | {"journal": "Springer"}) == ["", found, "2"]


@pytest.mark.parametrize("convention", ["work", "record"])
def test_two_editions_of_a_book_are_distinct_by_their_fields(convention):
    """And one edition in two catalogues is a duplicate, however each writes it."""
    model = papertwin.load(convention)
    second, third = BOOK | {"edition": "2nd", "publication_date": "2003"}, BOOK | {"ET": "3"}
    same = BOOK | {"edition": "Third edition"}
    apart, turned, alike = model.predict_proba([(second, third), (third, second), (third, same)])[:, 1]
    assert apart == turned < 0.5 < alike


def test_preparing_is_the_same_beside_whatever_records():
    """In either order, and beside records that have the edition under another name or none."""
    records = [BOOK, BOOK | {"ET": "2"}, BOOK | {"Edition": "3rd"}, ARTICLE | {"ET": "2019/05/12"}, {"edition": "2"}]
    alone = [column("title_parts", record)[0] for record in records]
    assert column("title_parts", *records) == alone == ["", "2", "3", "", None]
    assert column("title_parts", *records[::-1]) == alone[::-1]
    for one in records:
        for other in records:
            assert np.array_equal(compared(one, other), compared(other, one), equal_nan=True)


EXPORTS = {
    "RIS": "TY  - BOOK\nTI  - A\nET  - 2nd\nER  - \n",
    "BibTeX": "@book{a, title = {A}, edition = {Second}}",
    "EndNote tagged": "%0 Book\n%T A\n%7 2nd ed.\n",
    "EndNote XML": (
        '<?xml version="1.0"?><xml><records><record><ref-type name="Book">6</ref-type><titles><title>A</title></titles>'
        "<edition>2</edition></record></records></xml>"
    ),
    "PubMed XML": (
        '<?xml version="1.0"?><PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>1</PMID><Book><BookTitle>A'
        "</BookTitle><Edition>2nd</Edition></Book></BookDocument></PubmedBookArticle></PubmedArticleSet>"
    ),
    "Crossref": {"DOI": "10.5555/1", "indexed": {}, "title": ["A"], "edition-number": "2"},
    "CSL-JSON": {"title": "A", "container-title": "B", "type": "book", "edition": 2},
    "Zotero JSON": {"title": "A", "itemType": "book", "edition": "2nd"},
    "Zotero's table": "Key,Item Type,Title,Edition\n1,book,A,2\n",
}


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_that_states_an_edition_is_understood(form, tmp_path):
    """As it is read from a file, where it is kept under the format's own name."""
    if form == "BibTeX":
        pytest.importorskip("bibtexparser")
    content = EXPORTS[form]
    path = tmp_path / ("export.jsonl" if isinstance(content, dict) else "export.txt")
    path.write_text(json.dumps(content) if isinstance(content, dict) else content, encoding="utf-8")
    (row,) = open_records(path).rows
    assert not isinstance(row, Reject)
    assert read(told(decode(row.raw))) == "2"


@pytest.mark.parametrize(
    ("suffix", "line"), [("ris", "ET  - 2nd ed."), ("bib", "edition = {2nd ed.}"), ("jsonl", '"2nd ed."')]
)
def test_the_field_passes_through_dedupe(suffix, line, tmp_path):
    """As it stands, under the name that RIS and BibTeX have for it, and is read back; two editions stay two works."""
    if suffix == "bib":
        pytest.importorskip("bibtexparser")
    records = [
        BOOK | {"id": "a", "edition": "2nd ed.", "publication_date": "1999"},
        BOOK | {"id": "b", "edition": "3rd"},
        BOOK | {"id": "c", "edition": "Third edition"},
    ]
    path = tmp_path / f"works.{suffix}"
    with RecordOutput(path) as output:
        output.write(list(map(encode, papertwin.dedupe(records))))
        output.finish()
    assert line in path.read_text(encoding="utf-8")
    found = [decode(row.raw) for row in open_records(path).rows]
    assert sorted(map(told, found)) == ["2nd ed.", "Third edition"]


def test_editions_in_a_table_of_pairs_are_not_told_as_what_is_not_compared(tmp_path):
    """The columns edition_1 and edition_2 are compared, and a remark is not."""
    notes = []
    (tmp_path / "a.csv").write_text("title_1,title_2,Edition_1,Edition_2,remark_1,remark_2\na,a,2,3,,\n")
    file = open_pairs(tmp_path / "a.csv", note=notes.append)
    (pair,) = [file.shape.pair(row.raw) for row in file.rows if not isinstance(row, Reject)]
    assert "Edition" not in notes[0].partition(";")[0]
    assert conflict(*pair[:2]) == 1


def test_records_of_two_editions_are_not_the_same():
    """Two decisions on them do not contradict each other; how the edition is written makes no difference."""
    assert record_key(BOOK | {"ET": "2"}) != record_key(BOOK | {"ET": "3"})
    assert record_key(BOOK | {"ET": "2"}) == record_key(BOOK | {"edition": "2nd ed."})
    assert record_key(BOOK) == record_key(BOOK | {"ET": "2019/05/12"})
