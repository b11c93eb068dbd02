"""Rules for books: beside their reviews, and their chapters beside works under the same titles."""

from papertwin.data.labelled.variants.varied import (
    Pair,
    Record,
    Rng,
    arxiv_number,
    authors_of,
    copied,
    text_of,
    year_of,
)

# A part's DOI, made of nine digits for the book and the number of the part.
_BOOK_PARTS = (
    "10.1007/978-3-{0:.5}-{0:.3}-1_{1}", "10.1002/978{0}0.ch{1}", "10.1017/cbo978{0}0.0{1:02d}", "10.2307/j.ctv{0}.{1}",
    "10.1016/b978-0-{0:.2}-{0:.6}-3.000{1:02d}-x", "10.1515/978{0}0-0{1:02d}", "10.4324/978{0}0-{1}",
    "10.1093/oso/978{0}0.003.00{1:02d}", "10.1201/978{0}0-{1}", "10.1142/978{0}0_00{1:02d}",
)  # fmt: skip
_PLACES = ("Cambridge", "New York", "London", "Princeton, N.J.", "Berlin", "Chicago")
_PUBLISHERS = (
    "Cambridge University Press",
    "Oxford University Press",
    "Springer Verlag",
    "University of Chicago Press",
)


def book_parts(record: Record, other: Record, rng: Rng) -> Pair:
    """A chapter, whose record often names nobody, beside another's work under its general title; or its own copies."""
    words, year = text_of(record, "title").split(), year_of(record) or 2012
    abstract, authors = record.get("abstract"), authors_of(record)
    way = rng.random()
    title = " ".join(words[: int(rng.integers(2, 6))] if rng.random() < (0.4 if way < 0.5 else 0.8) else words)
    doi = str(rng.choice(_BOOK_PARTS)).format(str(rng.integers(10**8, 10**9)), int(rng.integers(1, 40)))
    first_page = int(rng.integers(1, 600))
    chapter: Record = {
        "title": title.upper() if rng.random() < 0.2 else title,
        "authors": authors if way < 0.5 or rng.random() < 0.3 else [],
        "publication_date": str(year) if rng.random() < 0.7 else None,
        "journal": f"{' '.join(text_of(other, 'title').split()[:4])} Handbook" if rng.random() < 0.4 else None,
        "pages": f"{first_page}-{first_page + int(rng.integers(5, 40))}" if rng.random() < 0.5 else None,
        "doi": doi,
        "abstract": abstract if rng.random() < 0.3 and way < 0.5 else None,
    }
    if way < 0.3:
        twin = copied(chapter, rng, keep=0.8)
        twin.update(title=title, authors=authors if rng.random() < 0.8 else twin["authors"])
        if rng.random() < 0.4:  # an entry of a reference work, which is dated anew with each of its issues
            twin.update(doi=doi, publication_date=str(year + int(rng.choice([1, 2, 2, 3, 5, 8]))))
        return chapter, twin, 1, 1
    before = year - int(rng.choice([0, 0, 1, 1, 2, 3]))
    preprint: Record = {
        "title": title,
        "authors": authors,
        "publication_date": f"{before}-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}",
        "urls": [f"http://arxiv.org/abs/{arxiv_number(before, rng)}v1"],
        "abstract": abstract,
    }
    if way < 0.5:
        return chapter, preprint, 1, 0
    theirs = year_of(other) or 2015
    if rng.random() < 0.6:
        urls = [f"http://arxiv.org/abs/{arxiv_number(theirs, rng)}v1"]
        sister = {**preprint, "authors": authors_of(other), "publication_date": str(theirs), "urls": urls}
    else:
        sister = {**copied(other, rng, keep=0.8), "authors": authors_of(other), "title": title}
    return chapter, {**sister, "abstract": other.get("abstract")}, 0, 0


def book_reviews(record: Record, other: Record, rng: Rng) -> Pair:
    """A book beside its review, of which an index takes the book's title and often its author; or beside a copy."""
    year = year_of(record) or 2005
    title, authors = text_of(record, "title").rstrip("."), authors_of(record)
    imprint = f"{rng.choice(_PLACES)} : {rng.choice(_PUBLISHERS)}"
    length = int(rng.integers(120, 700))
    book: Record = {
        "title": title,
        "authors": authors,
        "publication_date": str(year),
        "journal": imprint if rng.random() < 0.5 else None,
        "pages": str(rng.choice([f"xii, {length} p.", f"{length} p.", f"{length} S.", f"{length} pages"])),
        "type": str(rng.choice(["book", "Book", "monograph", ""])) or None,
    }
    if rng.random() < 0.4:
        book["pages"] = None
        book["type"] = "book"
    if rng.random() < 0.45:
        copy = {**copied({**book, "journal": None}, rng, keep=0.9), "authors": authors, "title": title}
        way = rng.random()
        if way < 0.3:  # of a series
            copy["journal"] = " ".join(["Studies in", *text_of(other, "title").split()[:2]])
        elif way < 0.5:
            copy["journal"] = str(rng.choice(_PUBLISHERS))
        copy["type"] = str(rng.choice(["book", "Book", ""])) or None
        return book, copy, 1, 1
    reviewer, page, way = authors_of(other)[:1], int(rng.integers(1, 900)), rng.random()
    review: Record = {
        "title": title if rng.random() < 0.8 else title.partition(":")[0],
        "authors": authors if way < 0.45 else [*authors, *reviewer] if way < 0.8 else reviewer,
        "publication_date": str(year + int(rng.integers(0, 4))),
        "journal": text_of(other, "journal") or f"Journal of {title.split()[0]} Studies",
        "type": str(rng.choice(["article", "journal-article", "review", ""])) or None,
    }
    if rng.random() < 0.8:
        review.update(volume=str(rng.integers(2, 120)), number=str(rng.integers(1, 7)))
    if rng.random() < 0.6:
        review["pages"] = f"{page}-{page + int(rng.integers(0, 4))}" if rng.random() < 0.6 else str(page)
    return book, review, 0, 0
