"""Books: an ISBN that two records share makes one book of them sooner; a review under the book's title is no copy."""

import numpy as np
import pytest

import papertwin
from papertwin.data.fields import prepare, prepare_pairs
from papertwin.data.files.rows import decode
from papertwin.data.lookup import read_records
from papertwin.data.values.isbns import NAMES, read
from papertwin.features import FEATURES, vectors

BOOK = {"title": "Peat bogs of the north: a handbook", "authors": ["Marsh, Io"], "publication_date": "2001"}
ISBN, OTHER = "978-3-16-148410-0", "0-306-40615-2"
FOUND, FRENCH = "978316148410", "979109063607"
NAMES_OF_FEATURES = [feature.name for feature in FEATURES]
SAME, PART = map(NAMES_OF_FEATURES.index, ("listing_shared", "part_conflict"))


def compared(first, second):
    """The vector of a pair."""
    return vectors(*prepare_pairs([first], [second]))[0]


@pytest.mark.parametrize(
    ("text", "isbns"),
    [
        ("9783161484100", [FOUND]), ("978-3-16-148410-0", [FOUND]), ("3-16-148410-X", [FOUND]),
        ("316148410x (pbk.) : $12.50", [FOUND]), ("9783161484100; 0306406152", [FOUND, "978030640615"]),
        ("978 3 16 148410 0 3 16 148410 X", [FOUND] * 2), ("http://id.crossref.org/isbn/9783161484100", [FOUND]),
        ("9783161484101", []), ("3161484101", []), ("1234-5678", []), ("12345678901", []), ("97831614841001", []),
        ("", []), ("9791090636071", [FRENCH]), ("978\u20113\u201116\u2011148410\u20110", [FOUND]),
        ("978\u20133\u201316\u2013148410\u20130", [FOUND]), ("978\xa03\xa016\xa0148410\xa00", [FOUND]),
        ("9.78316E+12", []),
    ],
)  # fmt: skip
def test_an_isbn_is_read_as_it_is_written_with_ten_or_thirteen_digits(text, isbns):
    """In one spelling; an ISSN, other numbers and one whose last digit tells of a slip are none."""
    assert list(read(text)) == isbns


@pytest.mark.parametrize("name", [*NAMES, "ISBN", "isbn_13", "E-ISBN"])
@pytest.mark.parametrize("value", [ISBN, 9783161484100, 9783161484100.0, ["no", ISBN], f"{OTHER} {ISBN}"])
def test_an_isbn_counts_under_every_name_that_formats_have_for_it(name, value):
    """Case and signs do not count, and tables and JSON may have it as a number or a list."""
    assert compared(BOOK | {name: value}, BOOK | {"isbn": "316148410X"})[SAME] == 1


@pytest.mark.parametrize("filled_in", ["0000000000", "9780000000002", "1111111111", "123456789X", "9781234567897"])
def test_a_number_that_is_filled_in_for_want_of_one_is_no_isbn(filled_in):
    """Its last digit is right, and books that have nothing in common share it."""
    assert list(read(f"{filled_in} {OTHER}")) == ["978030640615"]


def test_an_isbn_that_excel_has_rounded_is_none():
    """All books of a publisher have the same digits left, and of one in ten publishers the last one fits by chance."""
    rounded = BOOK | {"isbn": float("9.78017E+12")}
    assert prepare([rounded, BOOK | {"isbn": "9.78017E+12"}]).columns["isbns"].tolist() == [None, None]


def test_two_isbns_that_differ_say_nothing():
    """A book has one in each binding: the vector is that of two books without any but for what is missing."""
    apart = compared(BOOK | {"isbn": ISBN}, BOOK | {"isbn": OTHER})
    assert np.array_equal(apart, compared(BOOK, BOOK), equal_nan=True)


@pytest.mark.parametrize(
    "within",
    [
        {"journal": "Handbook of peat"},
        {"pages": "12-34"},
        {"pages": "12–34"},
        {"type": "book-chapter"},
        {"TY": "CHAP"},
        {"doi": "10.1007/978-3-16-148410-0_4"},
    ],
)
def test_the_isbn_of_a_chapter_is_its_books(within):
    """Chapters of one book share it: what stands in another work, or has pages of one, has none of its own."""
    chapter = BOOK | {"isbn": ISBN} | within
    assert prepare([chapter, BOOK | {"isbn": ISBN, "pages": "xii, 340 p."}]).columns["isbns"].tolist() == [
        None,
        FOUND,
    ]


def test_the_isbn_of_a_set_makes_no_one_book_of_its_volumes():
    """It may stand in the records of all of them; a volume's copies share it with the volume's number."""
    first, second = (BOOK | {"isbn": ISBN, "volume": number} for number in ("1", "2"))
    assert compared(first, first | {"volume": "vol. 1"})[SAME] == 1
    assert np.isnan(compared(first, second)[SAME])


@pytest.mark.parametrize("convention", ["work", "record"])
def test_volumes_of_a_set_are_told_by_their_numbers_and_not_by_their_editions(convention):
    """The third volume's second edition is no second volume's third, whichever of the numbers a title names."""
    model = papertwin.load(convention)
    third = BOOK | {"title": f"{BOOK['title']}. Volume 3: sedges and mosses", "edition": "2"}
    second, again = (BOOK | {"volume": volume, "edition": "3rd ed."} for volume in ("2", "Vol. 2"))
    assert compared(third, second)[PART] == 1
    assert compared(second, again)[PART] == 0
    assert model.predict([(third, second), (second, again)])[0] != "DUPLICATES"


def test_an_issn_in_the_same_place_is_no_isbn():
    """RIS and Web of Science have both under SN."""
    assert prepare([BOOK | {"SN": "1234-5679"}]).columns["isbns"].tolist() == [None]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ris", f"TY  - BOOK\nAU  - Marsh, Io\nTI  - Peat\nPY  - 2001\nSN  - {ISBN}\nER  - \n"),
        ("a.bib", "@book{x, author={Marsh, Io}, title={Peat}, year={2001}, isbn={978-3-16-148410-0 3161484100}}\n"),
        ("a.enw", f"%0 Book\n%A Marsh, Io\n%T Peat\n%@ {ISBN}\n%D 2001\n"),
        ("a.csv", f'Key,Item Type,Publication Year,Author,Title,ISBN\nAB12,book,2001,"Marsh, Io",Peat,{ISBN}\n'),
        (
            "a.json",
            '{"message": {"items": [{"DOI": "10.1/x", "title": ["Peat"], "type": "book", "indexed": {}, '
            '"ISBN": ["9783161484100"], "author": [{"family": "Marsh"}]}]}}',
        ),
    ],
)
def test_formats_bring_the_isbn_to_where_it_is_found(tmp_path, name, text):
    """RIS, BibTeX, EndNote, Zotero's table and Crossref's JSON, each under its own name."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    record = decode(read_records([tmp_path / name], print).raw[0])
    assert prepare([record]).columns["isbns"].tolist() == [FOUND]


@pytest.mark.parametrize("convention", ["work", "record"])
def test_a_shared_isbn_makes_one_book_of_two_titles_sooner(convention):
    """A library's short title and another's long one, two years apart; the number that is told is whole."""
    model, short = papertwin.load(convention), BOOK | {"title": "Peat bogs", "publication_date": "2003"}
    alone, shared = (
        model.predict_proba([(BOOK | {"isbn": isbn}, short | {"isbn": ISBN})])[0, 1] for isbn in (OTHER, ISBN)
    )
    assert shared > alone + 0.2
    explained = model.explain([(BOOK | {"isbn": ISBN}, short | {"isbn": ISBN})])
    assert "same ISBN 9783161484100" in explained.loc[0, ["reason_1", "reason_2", "reason_3"]].tolist()


@pytest.mark.parametrize(
    ("record", "book"),
    [
        ({"type": "book"}, 1),
        ({"TY": "BOOK", "journal": "Studies in Bogs"}, 1),
        ({"ENTRYTYPE": "book"}, 1),
        ({"journal": "Cambridge, Mass. : Harvard University Press"}, 1),
        ({"pages": "xii, 340 p."}, 1),
        ({"pages": "214 S."}, 1),
        ({"journal": "Journal of Bogs", "volume": "12", "pages": "340-342"}, 0),
        ({"journal": "Journal of Bogs", "number": "3"}, 0),
        ({"type": "Book chapter", "journal": "Bogs of Europe", "pages": "1-18"}, 0),
        ({"type": "CPAPER", "journal": "Proceedings of the Bog Conference"}, None),
        ({"type": "Edited book", "pages": "1-410"}, 1),
        ({"journal": "Polarforlag"}, None),  # a publisher in the journal's place
        ({"journal": "Proceedings of the Bog Conference", "volume": "12"}, None),
        ({"pages": "12 p."}, None),
        ({"pages": "p. 340"}, None),
        ({"type": "article"}, None),
        ({}, None),
    ],
)
def test_a_book_is_told_by_its_type_its_imprint_or_its_length(record, book):
    """A part of one, and what stands in a volume or an issue of a journal, is none; of all else nothing is known."""
    (found,) = prepare([BOOK | record]).columns["book"].tolist()
    assert found == book or (book is None and np.isnan(found))


@pytest.mark.parametrize("convention", ["work", "record"])
def test_a_review_under_the_title_and_the_author_of_the_book_is_not_merged(convention):
    """Indexes take the book's author for the review's: all that tells is that one is a book and the other is not."""
    model = papertwin.load(convention)
    book = BOOK | {"journal": "Oxford : Heron University Press", "pages": "xii, 340 p.", "type": "book"}
    review = BOOK | {"publication_date": "2002", "journal": "Journal of Bogs", "volume": "12", "number": "3"}
    copy = BOOK | {"authors": ["Io Marsh"], "journal": "Heron University Press", "pages": "340"}
    alike, apart = model.predict_proba([(book, copy), (book, review | {"pages": "340-342"})])[:, 1]
    assert alike > 0.8
    assert apart < 0.5
    assert model.predict([(book, review)]) != ["DUPLICATES"]
